/**
 * A price as somebody types it (`¥12.5`, `１２`, `1,200`), as an exact decimal; nothing if it is none, or has more digits
 * than a price can have.
 */
export function decimalPrice(typed: string): string | undefined {
  const text = typed.normalize('NFKC').replaceAll(/[\s,]|^[¥$€£]/gu, '');
  if (!/^\d{1,15}(\.\d{0,4})?$/.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  const shortest = fraction.replace(/0+$/, '');
  return whole.replace(/^0+(?=\d)/, '') + (shortest === '' ? '' : `.${shortest}`);
}

/** What two fields say: the ends of a range, or what is wrong with them. */
export type PriceRange =
  | {readonly kind: 'range'; readonly minPrice: string | undefined; readonly maxPrice: string | undefined}
  | {readonly kind: 'unreadable'; readonly field: 'minPrice' | 'maxPrice'}
  | {readonly kind: 'reversed'};

export function readPriceRange(lowest: string, highest: string): PriceRange {
  const [minPrice, maxPrice] = [lowest, highest].map(decimalPrice);
  if (minPrice === undefined && lowest.trim() !== '') return {kind: 'unreadable', field: 'minPrice'};
  if (maxPrice === undefined && highest.trim() !== '') return {kind: 'unreadable', field: 'maxPrice'};
  if (minPrice !== undefined && maxPrice !== undefined && isLess(maxPrice, minPrice)) return {kind: 'reversed'};
  return {kind: 'range', minPrice, maxPrice};
}

/** Both in the shape of `decimalPrice`. */
function isLess(left: string, right: string): boolean {
  const units = (price: string) => {
    const [whole = '', fraction = ''] = price.split('.');
    return BigInt(whole + fraction.padEnd(4, '0'));
  };
  return units(left) < units(right);
}
