import type {ListingRecord} from '../persistence/records.ts';
import type {LiveOffers} from './live-offers.ts';
import {sourceOf} from './join-sources.ts';
import type {SeenStock} from './remember-stock.ts';

/** Asks every source of these SKUs how many can be had now. */
export async function askStock(
  live: LiveOffers,
  listing: ListingRecord,
  skuIds: ReadonlySet<string>,
): Promise<readonly SeenStock[]> {
  return Promise.all(
    listing.offers
      .filter(({skuId}) => skuIds.has(skuId))
      .map(async listed => {
        const {connectionId} = sourceOf(listing, listed);
        return {skuId: listed.skuId, connectionId, stock: await live.stock(connectionId, listed.offer)};
      }),
  );
}
