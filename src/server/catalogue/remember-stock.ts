import type {Stock} from '../../domain/stock.ts';
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

/** What was seen so recently is not written again while a platform says the same. */
const saidAgainMs = 5_000;

/** Writes down what platforms said of SKUs of one listing, as it was read before, so that every shelf says it from now on. */
export async function rememberStock(
  ports: ServerPorts,
  listing: ListingRecord,
  seen: readonly SeenStock[],
): Promise<void> {
  if (!seen.some(each => isNews(listing, each))) return;
  await ports.store.transaction(tx => writeStock(ports, tx, listing.id, seen));
}

function isNews(listing: ListingRecord, {skuId, connectionId, stock}: SeenStock): boolean {
  if (stock.kind === 'unknown') return false;
  const offer = listing.offers.find(
    each => each.skuId === skuId && sourceOf(listing, each).connectionId === connectionId,
  );
  const known = offer && sourceOf(listing, offer).stock;
  return !known || known.kind === 'unknown' || !isSameCount(known, stock) || stock.at - known.at >= saidAgainMs;
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
