import type {Money} from './money.ts';
import type {RichText} from './rich-text.ts';
import type {Stock} from './stock.ts';

/** Who hands the goods over: the platform at once, or a person behind it, later. */
export type DeliveryKind = 'automatic' | 'manual';

/** What kind of contact a good asks for (its platform may check it). */
export type ContactKind = 'any' | 'email' | 'phone' | 'qq';

/** A field of a direct top-up that the buyer fills in, such as an account or a game area. */
export interface FormField {
  /** Name the platform knows the field by. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password' | 'number' | 'select' | 'radio' | 'checkbox' | 'textarea';
  readonly placeholder?: string;
  readonly required: boolean;
  /** Pattern the whole value is tested with; never trusted to be safe or even valid. */
  readonly pattern?: string;
  /** The platform's own words when the value does not fit. */
  readonly error?: string;
  readonly options?: readonly {readonly label: string; readonly value: string}[];
}

/** One dimension a buyer chooses along, such as 商品种类 or 区服. */
export interface OptionGroup {
  readonly name: string;
  readonly values: readonly string[];
}

/** A price that applies from a number of pieces on. Ascending by `from`; the first is always from 1 or the minimum. */
export interface PriceTier {
  readonly from: number;
  readonly price: Money;
}

/** One buyable variant of a product. */
export interface Sku {
  readonly id: string;
  /** Chosen value per option group, in the order of the product's groups; empty for a single-SKU product. */
  readonly choices: Readonly<Record<string, string>>;
  readonly prices: readonly PriceTier[];
  readonly stock: Stock;
}

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
}

/** The buyer's view of a listing. */
export interface Product {
  readonly id: string;
  readonly title: string;
  readonly categoryId: string;
  readonly description: RichText;
  /** What a buyer has to know before buying (购买须知). */
  readonly notice?: RichText;
  /** Path of the picture on the shop server, absent when there is none and a cover should be drawn. */
  readonly cover?: string;
  /** Paths of further pictures on the shop server. */
  readonly pictures?: readonly string[];
  /** Words the platform pins to the good; the shop has no evidence for them. */
  readonly tags?: readonly string[];
  readonly delivery: DeliveryKind;
  readonly contact: ContactKind;
  readonly minimum: number;
  /** Most pieces in one order; absent when unlimited. */
  readonly maximum?: number;
  readonly fields: readonly FormField[];
  readonly options: readonly OptionGroup[];
  readonly skus: readonly Sku[];
  /** A buyer may choose their card, one piece at a time. */
  readonly cards?: true;
}

/** The unit price that applies to a quantity: the highest tier not above it. */
export function tierFor(prices: readonly PriceTier[], quantity: number): PriceTier | undefined {
  return prices.findLast(tier => tier.from <= quantity) ?? prices[0];
}

/** Longest value of one form field, in UTF-16 units. */
export const maximumFieldLength = 256;

/**
 * What is wrong with a value, if anything.
 * @param matches tests the platform's pattern; the pattern may be hostile or invalid, so the caller picks the engine.
 */
export function fieldError(
  field: FormField,
  value: string,
  matches: (pattern: string, value: string) => boolean,
): 'required' | 'mismatch' | undefined {
  if (value === '') return field.required ? 'required' : undefined;
  if (value.length > maximumFieldLength) return 'mismatch';
  if (field.options && !field.options.some(option => option.value === value)) return 'mismatch';
  return field.pattern === undefined || matches(field.pattern, value) ? undefined : 'mismatch';
}
