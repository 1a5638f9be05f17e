import {
  array,
  exactOptional,
  integer,
  literal,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  object,
  pipe,
  safeParse,
  string,
} from 'valibot';
import {moneySchema} from '../contract/money.ts';
import {choicesSchema} from '../contract/product.ts';
import {maximumQuantity} from '../contract/quote.ts';
import type {StoredLine} from './cart-reducer.ts';
import type {Environment} from './environment.ts';

const storedLineSchema = object({
  skuId: pipe(string(), minLength(1), maxLength(64)),
  productId: string(),
  title: string(),
  choices: choicesSchema,
  quantity: pipe(number(), integer(), minValue(1), maxValue(maximumQuantity)),
  price: moneySchema,
  cover: exactOptional(string()),
  categoryName: string(),
  unconfirmed: exactOptional(literal(true)),
});
const storedCartSchema = object({
  version: literal(1),
  id: pipe(string(), minLength(1), maxLength(64)),
  lines: array(storedLineSchema),
  coupon: exactOptional(string()),
});

export interface StoredCart {
  readonly id: string;
  readonly lines: readonly StoredLine[];
  /** A code the buyer wants to use. */
  readonly coupon?: string | undefined;
}

/** The cart in `localStorage`, a text per shop. A storage that fails once is left alone from then on. */
export interface CartStorage {
  /** Undefined when nothing readable is there: a wrong or newer shape counts as nothing. */
  read(): StoredCart | undefined;
  write(cart: StoredCart): void;
}

export function createCartStorage(environment: Environment, address: string): CartStorage {
  const key = `keystall:cart:${address}`;
  let works = true;

  return {
    read() {
      const text = attempt(() => environment.storage?.getItem(key));
      const parsed = typeof text === 'string' ? safeParse(storedCartSchema, parseJson(text)) : undefined;
      if (!parsed?.success) return undefined;
      const {id, lines, coupon} = parsed.output;
      return {id, lines: uniqueLines(lines), coupon};
    },
    write({id, lines, coupon}) {
      const stored = lines.map(
        ({skuId, productId, title, choices, quantity, price, cover, categoryName, unconfirmed}) => ({
          skuId,
          productId,
          title,
          choices,
          quantity,
          price,
          ...(cover !== undefined && {cover}),
          categoryName,
          ...(unconfirmed && {unconfirmed}),
        }),
      );
      const text = JSON.stringify({version: 1, id, lines: stored, coupon});
      attempt(() => {
        const {storage} = environment;
        // What says nothing new must not replace what another page has stored and this one does not see yet.
        if (storage?.getItem(key) !== text) storage?.setItem(key, text);
      });
    },
  };

  function attempt<T>(use: () => T): T | undefined {
    if (!works) return undefined;
    try {
      return use();
    } catch {
      works = false;
      return undefined;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line per SKU and one currency for all, whatever was written there. */
function uniqueLines(lines: readonly StoredLine[]): readonly StoredLine[] {
  const currency = lines[0]?.price.currency;
  return lines.filter(
    (line, index) => line.price.currency === currency && lines.findIndex(other => other.skuId === line.skuId) === index,
  );
}
