import type {CatalogueSyncRecord, LeftGood, SyncCounts, SyncRun} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';
import {can} from '../../upstreams/optional-calls.ts';
import type {UpstreamError} from '../../upstreams/port.ts';
import {nextSync, pauseAfter, spreadOf, type SyncPace} from './sync-plan.ts';

/** Longer than one batch may take: a process that is silent for so long is not at work any more. */
export const leaseMs = 150_000;
/** Goods that were left out, with their reasons, that are kept for people to read; all of them are counted. */
const mostLeft = 50;

/** Another process has taken the reading over. */
export class RunTakenError extends Error {
  override readonly name = 'RunTakenError';
}

/** Claims what is to be done for a connection now: nothing, a new reading, or the rest of one that was cut off. */
export async function claimRun(ports: ServerPorts, connectionId: string): Promise<SyncRun | undefined> {
  const pace = paceOf(ports, connectionId);
  return ports.store.transaction(async tx => {
    const now = ports.clock.now();
    const record = await tx.lockCatalogueSync(connectionId);
    const step = nextSync(record, pace, now, ownSpread(ports, record));
    if (step.kind === 'rest') {
      // Somebody is at work. Should they be cut off, it is gone on with.
      if (record.run) await tx.enqueue({type: 'sync_catalogue', connectionId}, {startAt: step.until});
      return undefined;
    }
    const claim = {worker: newId('syn'), leaseUntil: now + leaseMs};
    if (step.kind === 'go_on') {
      const run = {...step.run, ...claim};
      await tx.saveCatalogueSync({...record, run});
      return run;
    }
    await tx.forgetSeen(connectionId);
    const run: SyncRun = {
      ...claim,
      id: newId('syn'),
      reading: step.reading,
      startedAt: now,
      ...(step.reading === 'changes' && {since: step.since}),
      turns: {},
      counts: {pages: 0, goods: 0, nested: 0, written: 0, paused: 0, left: 0},
      left: [],
    };
    const {isWanted, ...rest} = record;
    await tx.saveCatalogueSync({...rest, ...(step.reading === 'changes' && isWanted && {isWanted}), run});
    return run;
  });
}

/** The run after one more step, with its lease renewed. */
export function advanced(
  run: SyncRun,
  now: number,
  counts: Partial<SyncCounts>,
  left: readonly LeftGood[] = [],
): SyncRun {
  return {
    ...run,
    leaseUntil: now + leaseMs,
    counts: {
      pages: run.counts.pages + (counts.pages ?? 0),
      goods: run.counts.goods + (counts.goods ?? 0),
      nested: run.counts.nested + (counts.nested ?? 0),
      written: run.counts.written + (counts.written ?? 0),
      paused: run.counts.paused + (counts.paused ?? 0),
      left: run.counts.left + left.length,
    },
    left: [...run.left, ...left].slice(0, mostLeft),
  };
}

/**
 * The connection's record, locked, as long as the run is still ours.
 * @throws {RunTakenError}
 */
export async function ownRecord(tx: Transaction, connectionId: string, run: SyncRun): Promise<CatalogueSyncRecord> {
  const record = await tx.lockCatalogueSync(connectionId);
  if (record.run?.worker !== run.worker) throw new RunTakenError('Another process reads this catalogue now.');
  return record;
}

/**
 * Writes down that a run has come to its end.
 * @param record as {@link ownRecord} gave it in the same transaction
 */
export async function endRun(
  ports: ServerPorts,
  tx: Transaction,
  record: CatalogueSyncRecord,
  run: SyncRun,
): Promise<void> {
  const {run: _, lastFailure: __, notBefore: ___, ...rest} = record;
  const {startedAt, counts, left} = run;
  const summary = {startedAt, endedAt: ports.clock.now(), counts, left};
  // A reading of changes notes nothing, and what one of everything had noted was forgotten at its beginning.
  if (run.reading === 'full') await tx.forgetSeen(record.connectionId);
  await tx.saveCatalogueSync({
    ...rest,
    failures: 0,
    ...(run.reading === 'full' ? {lastFull: summary} : {lastChanges: summary}),
  });
}

/** Writes down that the platform could not be read, and when it is asked again: the run goes on there. */
export async function recordFailure(
  ports: ServerPorts,
  connectionId: string,
  run: SyncRun,
  error: UpstreamError,
): Promise<void> {
  await ports.store.transaction(async tx => {
    const record = await ownRecord(tx, connectionId, run);
    const now = ports.clock.now();
    const failures = record.failures + 1;
    const notBefore = now + pauseAfter(failures, error.retryAfterMs, ownSpread(ports, record));
    await tx.saveCatalogueSync({
      ...record,
      run: {...record.run!, leaseUntil: now},
      failures,
      lastFailure: {at: now, text: error.message},
      notBefore,
    });
    await tx.enqueue({type: 'sync_catalogue', connectionId}, {startAt: notBefore});
  });
}

/** Lets go of a run that this process does not bring to its end. */
export async function releaseRun(ports: ServerPorts, connectionId: string, run: SyncRun): Promise<void> {
  await ports.store.transaction(async tx => {
    const record = await ownRecord(tx, connectionId, run);
    await tx.saveCatalogueSync({...record, run: {...record.run!, leaseUntil: ports.clock.now()}});
  });
}

/**
 * Declares every reading abandoned, so that it is gone on with at once. Only for a process that knows that no other one
 * shares its store.
 */
export async function releaseSyncs({config, store, clock}: ServerPorts): Promise<void> {
  for (const {id} of config.connections) {
    await store.transaction(async tx => {
      const {run, ...record} = await tx.lockCatalogueSync(id);
      if (run) await tx.saveCatalogueSync({...record, run: {...run, leaseUntil: clock.now()}});
    });
  }
}

/** Has the whole catalogue read anew, whether it is time to or not. */
export async function askForSync(tx: Transaction, connectionId: string): Promise<void> {
  const record = await tx.lockCatalogueSync(connectionId);
  await tx.saveCatalogueSync({...record, isWanted: true});
}

function paceOf(ports: ServerPorts, connectionId: string): SyncPace {
  const {config, upstream} = connectionOf(ports, connectionId);
  return {
    fullEveryMs: config.syncEverySeconds * 1000,
    ...(can(upstream, 'delta') && {changesEveryMs: config.changesEverySeconds * 1000}),
  };
}

function ownSpread({config}: ServerPorts, {connectionId, lastFull}: CatalogueSyncRecord): number {
  return spreadOf(`${config.address} ${connectionId} ${lastFull?.startedAt ?? ''}`);
}
