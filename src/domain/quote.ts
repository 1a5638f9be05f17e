import type {Money} from './money.ts';

/** Why a line of a quote cannot be bought as asked. */
export type QuoteProblem =
  | 'unknown_product'
  | 'not_for_sale'
  | 'sold_out'
  /** The chosen card was sold meanwhile; others may be there. */
  | 'card_gone'
  | 'insufficient_stock'
  | 'stock_unknown'
  | 'below_minimum'
  | 'above_maximum';

/** One cart line as asked for. `quantity` is a whole number from 1. */
export interface LineRequest {
  readonly skuId: string;
  readonly quantity: number;
}

/** One cart line, priced and stock-checked by the server. */
export interface QuoteLine {
  readonly skuId: string;
  readonly productId: string;
  readonly title: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly total: Money;
  readonly problem?: QuoteProblem;
  /** Most pieces that could be bought now, when the problem is one of quantity. */
  readonly available?: number;
}

/** A priced cart. Only a quote without problems carries a signed `token` and an intent. */
export interface Quote {
  readonly lines: readonly QuoteLine[];
  readonly total: Money;
}

/** Whether every line can be bought as asked. */
export function isBuyable(quote: Quote): boolean {
  return quote.lines.length > 0 && quote.lines.every(line => line.problem === undefined);
}
