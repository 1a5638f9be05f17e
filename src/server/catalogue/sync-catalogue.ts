import type {ListingRecord} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {askStock} from './ask-stock.ts';
import {joinCatalogue, rejoinLeaders} from './join-sources.ts';
import type {LiveOffers} from './live-offers.ts';
import {listCatalogue} from './listing.ts';
import {rememberStock} from './remember-stock.ts';
import type {Speller} from './speller.ts';

const patienceMs = 120_000;

/**
 * Reads a connection's whole catalogue and lists it by its rule; then asks singly for stock that the list could not tell.
 * A platform that does not answer leaves the shelves as they are.
 * @throws {UpstreamError} when the platform cannot be read
 */
export async function syncCatalogue(
  ports: ServerPorts,
  {live, speller}: {readonly live: LiveOffers; readonly speller: Speller},
  connectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const {config, upstream} = connectionOf(ports, connectionId);
  const catalogue = await upstream.catalogue(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
  const {currency} = ports.config.shop;
  const at = ports.clock.now();
  const {categories, listings: unspelled, left} = listCatalogue(connectionId, catalogue, config.listing, currency, at);
  const listings = await speller.spell(unspelled, signal);
  await ports.store.transaction(async tx => {
    await tx.putCatalogue(connectionId, categories, await joinCatalogue(ports, tx, connectionId, listings));
    await rejoinLeaders(ports, tx, connectionId);
  });
  ports.log.info('catalogue listed', {connectionId, listings: listings.length, leftOut: left.length});
  for (const {code, reason} of left) ports.log.warn('good left out', {connectionId, code, reason});
  for (const listing of listings) {
    if (signal.aborted) return;
    await askUnknownStock(ports, live, listing);
  }
}

/** One good after the other: politeness before speed, since buyers are asked about first anyway. */
async function askUnknownStock(ports: ServerPorts, live: LiveOffers, listing: ListingRecord): Promise<void> {
  const unknown = listing.product.skus.filter(({stock}) => stock.kind === 'unknown').map(({id}) => id);
  if (unknown.length === 0) return;
  await rememberStock(ports, listing.id, await askStock(live, listing, new Set(unknown)));
}
