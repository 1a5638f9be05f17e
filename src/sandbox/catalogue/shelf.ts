import type {CardForm, GoodField, OptionGroup} from '../platform/good.ts';

/** A category and what stands in it, in as few words as say it. */
export interface Shelf {
  readonly id: number;
  readonly parentId: number;
  readonly name: string;
  readonly nameEn: string;
  readonly form: CardForm;
  /** What a buyer has to know, one sentence each. */
  readonly notices: readonly string[];
  readonly sketches: readonly Sketch[];
}

/** One good before prices, stock and cards are worked out. */
export interface Sketch extends Traits {
  readonly title: string;
  readonly titleEn: string;
  /** Decimal text in CNY, the price without a group. */
  readonly price: string;
}

/** What a good has beyond a title and a price. */
export interface Traits {
  readonly form?: CardForm;
  /** Handed over by a person. */
  readonly manual?: boolean;
  readonly fields?: readonly GoodField[];
  readonly races?: Readonly<Record<string, string>>;
  readonly optionGroups?: readonly OptionGroup[];
  readonly pickable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly perBuyerLimit?: number;
  /** The lowest tier that sees it: 2 gold, 3 diamond. */
  readonly exclusiveTo?: number;
}

/** One good. */
export function single(title: string, titleEn: string, price: string, traits: Traits = {}): readonly Sketch[] {
  return [{title, titleEn, price, ...traits}];
}

/** One good per face value: `{n}` in the titles becomes the value, `percent` of it the price. */
export function series(
  title: string,
  titleEn: string,
  percent: string,
  values: readonly number[],
  traits: Traits = {},
): readonly Sketch[] {
  return values.map(value => ({
    title: title.replace('{n}', String(value)),
    titleEn: titleEn.replace('{n}', String(value)),
    price: share(value, percent),
    ...traits,
  }));
}

const periodsEn: Readonly<Record<string, string>> = {
  周卡: '1 week',
  月卡: '1 month',
  季卡: '3 months',
  半年卡: '6 months',
  年卡: '12 months',
  两年卡: '24 months',
  永久: 'lifetime',
};

/** One good per period of a membership. */
export function periods(
  title: string,
  titleEn: string,
  prices: Readonly<Record<string, string>>,
  traits: Traits = {},
): readonly Sketch[] {
  return Object.entries(prices).map(([period, price]) => ({
    title: `${title}${/[\w)]$/.test(title) ? ' ' : ''}${period}`,
    titleEn: `${titleEn}, ${periodsEn[period] ?? period}`,
    price,
    ...traits,
  }));
}

/** One good with a race per period; its own price is that of the first. */
export function kinds(
  title: string,
  titleEn: string,
  races: Readonly<Record<string, string>>,
  traits: Traits = {},
): readonly Sketch[] {
  return [{title, titleEn, price: Object.values(races)[0] ?? '1.00', races, ...traits}];
}

/** `percent` (at most three decimals) of a whole face value, rounded up to the cent. */
function share(value: number, percent: string): string {
  const [whole = '0', fraction = ''] = percent.split('.');
  const thousandths = BigInt(whole + fraction.padEnd(3, '0')) * BigInt(value);
  const fen = (thousandths + 999n) / 1000n;
  return `${fen / 100n}.${(fen % 100n).toString().padStart(2, '0')}`;
}
