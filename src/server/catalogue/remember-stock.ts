import {stockLevel, type Stock} from '../../domain/stock.ts';
import type {ListingRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {sourceOf, withOffers} from './join-sources.ts';

/** What a platform said of one SKU of a listing. */
export interface SeenStock {
  readonly skuId: string;
  readonly connectionId: string;
  readonly stock: Stock;
}

/** What was seen so recently is not written again while shelves would say the same. */
const saidAgainMs = 5_000;

/** Where buyers' questions leave what they showed of stock. */
export interface StockNotes {
  /**
   * Writes it down if it is news. Resolves when shelves say something else by it; what only shows that they are right is
   * written later, one listing after the other, and keeps nobody waiting.
   */
  note(listing: ListingRecord, seen: readonly SeenStock[]): Promise<void>;
}

/**
 * Every change of a listing changes the version of the catalogue, which only one transaction at a time can do: the
 * buyers of many goods would wait for each other, each with a connection of its own.
 */
export function createStockNotes(ports: ServerPorts): StockNotes {
  const waiting = new Map<string, readonly SeenStock[]>();
  let writing: Promise<void> | undefined;
  return {
    async note(listing, seen) {
      if (seen.some(each => isOtherwise(listing, each))) {
        return ports.store.transaction(tx => writeStock(ports, tx, listing.id, seen));
      }
      if (!seen.some(each => isNews(listing, each))) return;
      waiting.set(listing.id, seen);
      writing ??= writeAll().finally(() => (writing = undefined));
    },
  };

  async function writeAll(): Promise<void> {
    for (const [listingId, seen] of waiting) {
      waiting.delete(listingId);
      await ports.store
        .transaction(tx => writeStock(ports, tx, listingId, seen))
        .catch((error: unknown) => ports.log.warn('stock was not written down', {listingId, error: String(error)}));
    }
  }
}

/** Writes down what platforms said of SKUs of one listing, as it was read before, so that every shelf says it from now on. */
export async function rememberStock(
  ports: ServerPorts,
  listing: ListingRecord,
  seen: readonly SeenStock[],
): Promise<void> {
  if (!seen.some(each => isNews(listing, each))) return;
  await ports.store.transaction(tx => writeStock(ports, tx, listing.id, seen));
}

function isNews(listing: ListingRecord, seen: SeenStock): boolean {
  if (isOtherwise(listing, seen)) return true;
  const {stock} = seen;
  const known = knownStock(listing, seen);
  return stock.kind !== 'unknown' && known?.kind !== 'unknown' && stock.at - known!.at >= saidAgainMs;
}

/** Whether shelves say something else by it. */
function isOtherwise(listing: ListingRecord, seen: SeenStock): boolean {
  if (seen.stock.kind === 'unknown') return false;
  const known = knownStock(listing, seen);
  return !known || stockLevel(known) !== stockLevel(seen.stock);
}

function knownStock(listing: ListingRecord, {skuId, connectionId}: SeenStock): Stock | undefined {
  const offer = listing.offers.find(
    each => each.skuId === skuId && sourceOf(listing, each).connectionId === connectionId,
  );
  return offer && sourceOf(listing, offer).stock;
}

/** The same within a transaction. */
export async function writeStock(
  ports: Pick<ServerPorts, 'config' | 'clock'>,
  tx: Transaction,
  listingId: string,
  seen: readonly SeenStock[],
): Promise<void> {
  const listing = await tx.listing(listingId);
  if (!listing) return;
  const after = withStock(ports, listing, seen);
  await tx.saveListing(isSameStock(listing, after) ? after : outOfStep(after));
}

function isSameStock(left: ListingRecord, right: ListingRecord): boolean {
  return left.offers.every((offer, index) => {
    const [before, after] = [sourceOf(left, offer).stock, sourceOf(right, right.offers[index]!).stock];
    return isSameCount(before, after);
  });
}

function isSameCount(left: Stock, right: Stock): boolean {
  return (
    left.kind === right.kind && (left.kind !== 'counted' || right.kind !== 'counted' || left.count === right.count)
  );
}

/** What it was made of is not what it says any more: the next sync has to look at it, though nothing has changed there. */
function outOfStep({contentHash: _, ...listing}: ListingRecord): ListingRecord {
  return listing;
}

function withStock(
  {config, clock}: Pick<ServerPorts, 'config' | 'clock'>,
  listing: ListingRecord,
  seen: readonly SeenStock[],
): ListingRecord {
  const updatedAt = clock.now();
  const known = (skuId: string, connectionId: string) =>
    seen.find(each => each.skuId === skuId && each.connectionId === connectionId && each.stock.kind !== 'unknown')
      ?.stock;
  if (!listing.routing) {
    const skus = listing.product.skus.map(sku => ({...sku, stock: known(sku.id, listing.connectionId) ?? sku.stock}));
    return {...listing, product: {...listing.product, skus}, updatedAt};
  }
  const offers = listing.offers.map(offer => {
    const source = sourceOf(listing, offer);
    return {...offer, source: {...source, stock: known(offer.skuId, source.connectionId) ?? source.stock}};
  });
  return withOffers(config, {...listing, offers, updatedAt});
}
