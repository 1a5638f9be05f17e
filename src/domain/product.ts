import type {FormField} from './form-field.ts';
import type {Money} from './money.ts';
import type {RichText} from './rich-text.ts';
import type {Stock} from './stock.ts';

/** Who hands the goods over: the platform at once, or a person behind it, later. */
export type DeliveryKind = 'automatic' | 'manual';

/** What kind of contact a good asks for (its platform may check it). */
export type ContactKind = 'any' | 'email' | 'phone' | 'qq';

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
