import {isUpstreamError, type Good} from '../../upstreams/port.ts';
import type {ConnectionGuards} from '../connection-guards.ts';
import {pausedForAbsence} from '../persistence/catalogue-changes.ts';
import type {ListingRecord} from '../persistence/records.ts';
import type {Store} from '../persistence/store.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {stableId} from '../security/ids.ts';
import {whenFree} from '../security/scarce-uses.ts';
import {joinListings, lockListings, rejoinListings} from './join-sources.ts';
import {createShelf} from './shelf.ts';
import type {Speller} from './speller.ts';

const readPatienceMs = 10_000;
/** One good is looked at so often at the most: platforms tell of every piece that is sold. */
const goodEveryMs = 10_000;
/** Beyond so many looks a minute the next reading has to do. */
const mostLooks = 60;
const windowMs = 60_000;
/** More than any platform tells of at once. */
const mostGoods = 100;

/**
 * Has goods looked at that a platform says have changed: those that the shop lists, each now, or when it was last looked
 * at too short a while ago.
 */
export async function noteChangedGoods(
  ports: ServerPorts,
  connectionId: string,
  codes: readonly string[],
): Promise<void> {
  const {store, clock, log} = ports;
  for (const code of codes.slice(0, mostGoods)) {
    if (!(await isListed(store, connectionId, code))) continue;
    const now = clock.now();
    const most = {kind: 'look at connection', value: connectionId, most: mostLooks, windowMs};
    if ((await whenFree(ports, [most], now)) > now) {
      log.warn('too many goods changed to look at each', {connectionId});
      return;
    }
    const good = {kind: 'look at good', value: `${connectionId} ${code}`, most: 1, windowMs: goodEveryMs};
    const startAt = await whenFree(ports, [good], now);
    await store.transaction(tx => tx.enqueue({type: 'look_at_good', connectionId, code}, {startAt}));
  }
}

/** What is not in the catalogue as the shop reads it is for the next reading to find. */
async function isListed(store: Pick<Store, 'knownListings'>, connectionId: string, code: string): Promise<boolean> {
  const [listing] = await store.knownListings([stableId('prd', connectionId, code)]);
  return listing !== undefined && listing.pausedFor !== pausedForAbsence;
}

/** Reads one good and puts it down as a reading of the catalogue would. A platform that does not answer changes nothing. */
export async function lookAtGood(
  ports: ServerPorts,
  guards: ConnectionGuards,
  speller: Speller,
  {connectionId, code}: {readonly connectionId: string; readonly code: string},
  signal: AbortSignal,
): Promise<void> {
  const id = stableId('prd', connectionId, code);
  const good = await readGood(ports, guards, connectionId, code);
  if (good === undefined || !(await isListed(ports.store, connectionId, code))) return;
  const shelf = createShelf(ports, connectionId, speller, undefined);
  const {listings, pauses, left} = await shelf.prepare(good === 'gone' ? [] : [good], [], signal, 'known_only');
  for (const {reason} of left) ports.log.warn('good left out', {connectionId, code, reason});
  const pausedFor = good === 'gone' ? pausedForAbsence : pauses.get(id);
  if (listings.length === 0 && pausedFor === undefined) return;
  await ports.store.transaction(async tx => {
    await lockListings(ports, tx, connectionId, [id]);
    const before = await tx.listing(id);
    if (before && listings.length > 0) {
      const placed = listings.map(listing => inCategoryOf(before, listing));
      await tx.putListings(connectionId, [], await joinListings(ports, tx, connectionId, placed));
    }
    if (pausedFor !== undefined) await tx.pauseListings(connectionId, [id], pausedFor);
    await rejoinListings(ports, tx, connectionId, [id]);
  });
}

/** A good that is read alone may not tell where it stands; the catalogue does. */
function inCategoryOf({categoryId}: ListingRecord, listing: ListingRecord): ListingRecord {
  return {...listing, categoryId, product: {...listing.product, categoryId}};
}

async function readGood(
  ports: ServerPorts,
  guards: ConnectionGuards,
  connectionId: string,
  code: string,
): Promise<Good | 'gone' | undefined> {
  const {upstream} = connectionOf(ports, connectionId);
  try {
    const good = await guards.ask(connectionId, readPatienceMs, signal => upstream.good(code, signal));
    return good.code === code ? good : undefined;
  } catch (error) {
    if (isUpstreamError(error) && error.reason === 'absent') return 'gone';
    ports.log.warn('good could not be looked at', {connectionId, code, error: String(error)});
    return undefined;
  }
}
