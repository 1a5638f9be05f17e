import type {Stock} from '../../domain/stock.ts';
import type {ListingRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {askStock} from './ask-stock.ts';
import type {LiveOffers} from './live-offers.ts';
import {rememberStock} from './remember-stock.ts';
import type {WatchList} from './watch-stock.ts';

/** Listings with stock that is fresh enough to choose by. */
export interface Shelves {
  /** A listing that is for sale, with every SKU's stock asked for again where it is old or was never known. */
  fresh(productId: string): Promise<ListingRecord | undefined>;
}

const freshMs = 15_000;
const mostQuestions = 24;

export function createShelves(ports: ServerPorts, live: LiveOffers, watched: WatchList): Shelves {
  const underWay = new Map<string, Promise<void>>();
  return {
    async fresh(productId) {
      const listing = await ports.store.listing(productId);
      if (!listing || listing.pausedFor !== undefined) return undefined;
      watched.note(listing);
      const stale = listing.product.skus.filter(({stock}) => isOld(stock)).slice(0, mostQuestions);
      if (stale.length === 0) return listing;
      let refresh = underWay.get(productId);
      if (!refresh) {
        refresh = ask(
          listing,
          stale.map(({id}) => id),
        ).finally(() => underWay.delete(productId));
        underWay.set(productId, refresh);
      }
      await refresh;
      return ports.store.listing(productId);
    },
  };

  async function ask(listing: ListingRecord, skuIds: readonly string[]): Promise<void> {
    await rememberStock(ports, listing, await askStock(live, listing, new Set(skuIds)));
  }

  function isOld(stock: Stock): boolean {
    return stock.kind === 'unknown' || ports.clock.now() - stock.at > freshMs;
  }
}
