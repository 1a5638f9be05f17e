import type {ListingRecord} from '../persistence/records.ts';

/**
 * The order a shop shows its goods in unless somebody asks for another: the categories take turns, each giving its goods
 * in the platform's order. A platform lists category after category; shown like that, a first page would hold a dozen
 * denominations of one card.
 */
export function inFeaturedOrder(listings: readonly ListingRecord[]): readonly ListingRecord[] {
  const turnOf = new Map<string, number>();
  const turns = listings.map(listing => {
    const turn = turnOf.get(listing.categoryId) ?? 0;
    turnOf.set(listing.categoryId, turn + 1);
    return {listing, turn};
  });
  return turns.toSorted((left, right) => left.turn - right.turn).map(({listing}, position) => ({...listing, position}));
}
