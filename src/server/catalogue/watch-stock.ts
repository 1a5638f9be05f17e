import {LRUCache} from 'lru-cache';
import type {ListingRecord} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {askStock} from './ask-stock.ts';
import type {LiveOffers} from './live-offers.ts';
import {rememberStock} from './remember-stock.ts';

/** How long a good counts as looked at, and how often that is written down. */
const watchedMs = 15 * 60_000;
const notedEveryMs = 5 * 60_000;
const remembered = 5_000;

/** Notes that buyers look at a good, or have it in a cart: its stock is asked for again and again for a while. */
export interface WatchList {
  note(listing: Pick<ListingRecord, 'id' | 'connectionId'>): void;
}

export function createWatchList({store, clock, log}: ServerPorts): WatchList {
  const notedAt = new LRUCache<string, number>({max: remembered});
  return {
    note({id, connectionId}) {
      const now = clock.now();
      if (now - (notedAt.get(id) ?? -Infinity) < notedEveryMs) return;
      notedAt.set(id, now);
      // No buyer waits for it, and no answer depends on it.
      store
        .transaction(tx => tx.noteWatched(connectionId, id, now + watchedMs))
        .catch(error => log.warn('watched good not noted', {productId: id, error: String(error)}));
    },
  };
}

/** Asks a platform for the stock of the goods that buyers look at most, one after the other. */
export async function watchStock(
  ports: ServerPorts,
  live: LiveOffers,
  connectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const {mostGoods, everySeconds} = connectionOf(ports, connectionId).config.watch;
  const now = ports.clock.now();
  const ids = await ports.store.watchedListingIds(connectionId, now, mostGoods);
  for (const listing of await ports.store.listingsById(ids)) {
    if (signal.aborted) return;
    if (listing.pausedFor !== undefined) continue;
    const old = listing.product.skus.filter(
      ({stock}) => stock.kind === 'unknown' || now - stock.at >= everySeconds * 1000,
    );
    if (old.length === 0) continue;
    const skuIds = new Set(old.map(({id}) => id));
    await rememberStock(ports, listing, await askStock(live, listing, skuIds));
  }
}
