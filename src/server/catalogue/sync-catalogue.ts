import {readAhead, readPages, type CataloguePage} from '../../upstreams/catalogue-pages.ts';
import {isUpstreamError, type Good, type Upstream} from '../../upstreams/port.ts';
import {pausedForAbsence} from '../persistence/catalogue-changes.ts';
import type {CategoryRecord, ListingRecord, SyncRun} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {stableId} from '../security/ids.ts';
import {askStock} from './ask-stock.ts';
import {isOthersOnly, joinListings, lockListings, rejoinListings} from './join-sources.ts';
import type {LiveOffers} from './live-offers.ts';
import {rememberStock} from './remember-stock.ts';
import {createShelf, type PreparedGoods, type Shelf} from './shelf.ts';
import type {Speller} from './speller.ts';
import {advanced, claimRun, endRun, ownRecord, recordFailure, releaseRun, RunTakenError} from './sync-run.ts';

/** For a catalogue that comes at once; the pages of others are bounded by their adapters. */
const patienceMs = 120_000;
/**
 * So many goods, or what came within so long, is put down at once: few of a catalogue differ from what is there, and of
 * what has changed, all. While those are written, the next are read.
 */
const goodsAtOnce = {full: 500, changes: 100} as const;
const batchMs = 30_000;
/** So many goods that are missing from a catalogue in pages are asked for singly: one may have slipped between two. */
const mostAskedMissing = 25;
const pausedAtOnce = 500;
/** Goods whose stock the catalogue does not tell that are asked for singly after a reading; those seen longest ago first. */
const mostAskedUnknown = 300;
const mostUnknown = 2000;

/**
 * Reads a connection's catalogue, or what changed in it, when it is time to, and lists it by its rule, a batch of pages
 * at a time: what has been put down stays, and a reading that is cut off goes on behind it. Then asks singly for stock
 * that the list could not tell. A platform that does not answer leaves the shelves as they are.
 */
export async function syncCatalogue(
  ports: ServerPorts,
  {live, speller}: {readonly live: LiveOffers; readonly speller: Speller},
  connectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const run = await claimRun(ports, connectionId);
  if (!run) return;
  let unknown: readonly string[];
  try {
    unknown = await read(ports, speller, connectionId, run, signal);
  } catch (error) {
    if (error instanceof RunTakenError) return;
    return leave(ports, connectionId, run, error, signal);
  }
  await askUnknownStock(ports, live, unknown, signal);
}

async function leave(
  ports: ServerPorts,
  connectionId: string,
  run: SyncRun,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (signal.aborted || !isUpstreamError(error)) await releaseRun(ports, connectionId, run);
    else await recordFailure(ports, connectionId, run, error);
  } catch (taken) {
    if (taken instanceof RunTakenError) return;
    throw taken;
  }
  if (signal.aborted || !isUpstreamError(error)) throw error;
  ports.log.warn('catalogue could not be read', {connectionId, reading: run.reading, error: error.message});
}

/** @returns ids of listings whose stock the catalogue did not tell */
async function read(
  ports: ServerPorts,
  speller: Speller,
  connectionId: string,
  claimed: SyncRun,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const {upstream} = connectionOf(ports, connectionId);
  const isFull = claimed.reading === 'full';
  const shelf = createShelf(ports, connectionId, speller, isFull ? claimed.turns : undefined);
  const bounded = upstream.pages ? signal : AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const unknown: string[] = [];
  let putDown: readonly CategoryRecord[] = [];
  let run = claimed;
  // While a batch is put down, the next one is read.
  const pages = readAhead(readPages(upstream, {from: run.from, since: run.since}, bounded));
  for await (const batch of claimed.isRead ? [] : readAhead(batches(pages, goodsAtOnce[claimed.reading]))) {
    const categories = shelf.categories(batch.categories);
    const prepared = await shelf.prepare(batch.goods, batch.rejected, signal);
    run = await putDownBatch(categories === putDown ? [] : categories, prepared, batch);
    putDown = categories;
    unknown.push(...prepared.unknown.slice(0, mostUnknown - unknown.length));
    report(ports, connectionId, prepared);
  }
  if (isFull) run = await clearShelf(ports, connectionId, upstream, shelf, run, signal, putDownBatch);
  await ports.store.transaction(async tx => {
    const record = await ownRecord(tx, connectionId, run);
    await rejoinListings(ports, tx, connectionId);
    await endRun(ports, tx, record, run);
  });
  ports.log.info('catalogue listed', {connectionId, reading: run.reading, ...run.counts});
  return unknown;

  async function putDownBatch(
    categories: readonly CategoryRecord[],
    prepared: PreparedGoods,
    {goods, gone, next, pages}: Pick<Batch, 'goods' | 'gone' | 'next' | 'pages'>,
  ): Promise<SyncRun> {
    const {listings, pauses, seen, left} = prepared;
    const goneIds = gone.map(code => stableId('prd', connectionId, code));
    return ports.store.transaction(async tx => {
      const record = await ownRecord(tx, connectionId, run);
      const others = [...pauses.keys(), ...goneIds];
      // What is put down is locked in the same order by being put down; only what comes after it must be locked before.
      if (others.length > 0 || ports.config.listings.length > 0) {
        await lockListings(ports, tx, connectionId, [...listings.map(({id}) => id), ...others]);
      }
      if (categories.length > 0 || listings.length > 0) {
        await tx.putListings(connectionId, categories, await joinListings(ports, tx, connectionId, listings));
      }
      for (const reason of new Set(pauses.values())) {
        const ids = [...pauses].filter(([, pausedFor]) => pausedFor === reason).map(([id]) => id);
        await tx.pauseListings(connectionId, ids, reason);
      }
      if (goneIds.length > 0) await tx.pauseListings(connectionId, goneIds, pausedForAbsence);
      if (isFull && seen.length > 0) await tx.noteSeen(connectionId, run.id, seen);
      const counts = {
        pages,
        goods: goods.length,
        nested: goods.filter(({nested}) => nested).length,
        written: listings.length,
        paused: pauses.size + goneIds.length,
      };
      const {from: _, ...step} = advanced(run, ports.clock.now(), counts, left);
      const after = {...step, turns: shelf.turns(), ...(next === undefined ? {isRead: true as const} : {from: next})};
      await tx.saveCatalogueSync({...record, run: after});
      return after;
    });
  }
}

interface Batch extends CataloguePage {
  readonly pages: number;
}

async function* batches(pages: AsyncIterable<CataloguePage>, most: number): AsyncGenerator<Batch> {
  let batch: Batch | undefined;
  let until = performance.now() + batchMs;
  try {
    for await (const page of pages) {
      batch = batch ? joined(batch, page) : {...page, pages: 1};
      const isFull = batch.goods.length + batch.gone.length >= most || performance.now() > until;
      if (!isFull && page.next !== undefined) continue;
      yield batch;
      batch = undefined;
      until = performance.now() + batchMs;
    }
  } catch (error) {
    // What came before the page that could not be read is not lost.
    if (batch) yield batch;
    throw error;
  }
}

function joined(batch: Batch, {next, ...page}: CataloguePage): Batch {
  const {next: _, ...before} = batch;
  // A good that moved to another page meanwhile is taken once.
  const codes = new Set(before.goods.map(({code}) => code));
  return {
    ...before,
    categories: page.categories,
    goods: [...before.goods, ...page.goods.filter(({code}) => !codes.has(code))],
    rejected: [...before.rejected, ...page.rejected],
    gone: [...before.gone, ...page.gone],
    pages: before.pages + 1,
    ...(next !== undefined && {next}),
  };
}

/** Takes off the shelf what a reading of everything has not seen. */
async function clearShelf(
  ports: ServerPorts,
  connectionId: string,
  upstream: Upstream,
  shelf: Shelf,
  run: SyncRun,
  signal: AbortSignal,
  putDown: (
    categories: [],
    prepared: PreparedGoods,
    batch: Pick<Batch, 'goods' | 'gone' | 'pages'>,
  ) => Promise<SyncRun>,
): Promise<SyncRun> {
  const unseen = (limit: number) => ports.store.unseenListings(connectionId, run.id, limit);
  if (upstream.capabilities.pages) {
    const missing = await unseen(mostAskedMissing + 1);
    if (missing.length === 0) return run;
    const found = missing.length > mostAskedMissing ? [] : await askForGoods(upstream, missing, signal);
    if (found.length > 0) {
      const prepared = await shelf.prepare(found, [], signal, 'singly');
      run = await putDown([], prepared, {goods: found, gone: [], pages: 0});
    }
  }
  for (;;) {
    const missing = await unseen(pausedAtOnce);
    if (missing.length === 0) return run;
    signal.throwIfAborted();
    const ids = missing.filter(listing => !isOthersOnly(listing)).map(({id}) => id);
    run = await ports.store.transaction(async tx => {
      const record = await ownRecord(tx, connectionId, run);
      await lockListings(ports, tx, connectionId, ids);
      await tx.pauseListings(connectionId, ids, pausedForAbsence);
      await tx.noteSeen(
        connectionId,
        run.id,
        missing.map(({id}) => id),
      );
      const after = advanced(run, ports.clock.now(), {paused: ids.length});
      await tx.saveCatalogueSync({...record, run: after});
      return after;
    });
  }
}

/** Those of the goods that the platform still has; of which it does not say so, it has none. */
async function askForGoods(
  upstream: Upstream,
  listings: readonly ListingRecord[],
  signal: AbortSignal,
): Promise<readonly Good[]> {
  const found: Good[] = [];
  for (const {goodCode} of listings) {
    signal.throwIfAborted();
    try {
      found.push(await upstream.good(goodCode, signal));
    } catch (error) {
      if (!isUpstreamError(error)) throw error;
    }
  }
  return found;
}

function report({log}: ServerPorts, connectionId: string, {left}: PreparedGoods): void {
  for (const {code, reason} of left) log.warn('good left out', {connectionId, code, reason});
}

/** One good after the other: politeness before speed, since buyers are asked about first anyway. */
async function askUnknownStock(
  ports: ServerPorts,
  live: LiveOffers,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (ids.length === 0) return;
  const listings = (await ports.store.listingsById(ids))
    .filter(({pausedFor}) => pausedFor === undefined)
    .toSorted((left, right) => seenAt(left) - seenAt(right));
  for (const listing of listings.slice(0, mostAskedUnknown)) {
    if (signal.aborted) return;
    const skuIds = new Set(listing.product.skus.map(({id}) => id));
    await rememberStock(ports, listing, await askStock(live, listing, skuIds));
  }
}

/** When the stock was seen of that SKU of which it was seen longest ago. */
function seenAt({product}: ListingRecord): number {
  return Math.min(...product.skus.map(({stock}) => (stock.kind === 'unknown' ? 0 : stock.at)));
}
