/**
 * How many pieces of an offer can be had, and when that was seen.
 * `at` is epoch milliseconds. "unknown" means nobody could say: it is neither sold out nor available.
 */
export type Stock =
  | {readonly kind: 'unknown'}
  | {readonly kind: 'unlimited'; readonly at: number}
  | {readonly kind: 'counted'; readonly count: number; readonly at: number};

/** Whether `quantity` pieces may be promised to a buyer. An unknown stock promises nothing. */
export function covers(stock: Stock, quantity: number): boolean {
  return stock.kind === 'unlimited' || (stock.kind === 'counted' && stock.count >= quantity);
}

/** Words for a shelf: the buyer is told a level, not the platform's exact figure. */
export type StockLevel = 'in_stock' | 'low' | 'sold_out' | 'unknown';

const lowCount = 5;

export function stockLevel(stock: Stock): StockLevel {
  if (stock.kind === 'unknown') return 'unknown';
  if (stock.kind === 'unlimited') return 'in_stock';
  if (stock.count <= 0) return 'sold_out';
  return stock.count <= lowCount ? 'low' : 'in_stock';
}
