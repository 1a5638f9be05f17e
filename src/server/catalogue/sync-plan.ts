import type {CatalogueSyncRecord, SyncRun} from '../persistence/records.ts';

/** How often a connection is read. */
export interface SyncPace {
  readonly fullEveryMs: number;
  /** Absent where the platform cannot tell what changed. */
  readonly changesEveryMs?: number;
}

export type SyncStep =
  | {readonly kind: 'rest'; readonly until: number}
  | {readonly kind: 'go_on'; readonly run: SyncRun}
  | {readonly kind: 'begin'; readonly reading: 'full'}
  | {readonly kind: 'begin'; readonly reading: 'changes'; readonly since: number};

/** A reading that was cut off so long ago is begun anew: its pages are not the catalogue's any more. */
const longestRunMs = 3_600_000;
/** Our clock and the platform's may differ, and a change may be dated before it can be read. */
const overlapMs = 120_000;

/**
 * What a connection's sync does now: one reading at a time, never before the platform wants it, and a reading that was
 * cut off goes on where it was.
 * @param spread 0 to 1, the connection's own: readings of many connections and shops do not meet
 */
export function nextSync(record: CatalogueSyncRecord, pace: SyncPace, now: number, spread: number): SyncStep {
  const {run, lastFull, isWanted} = record;
  if (run && run.leaseUntil > now) return {kind: 'rest', until: run.leaseUntil};
  if (record.notBefore !== undefined && record.notBefore > now) return {kind: 'rest', until: record.notBefore};
  if (isWanted) return {kind: 'begin', reading: 'full'};
  if (run && now - run.startedAt < longestRunMs) return {kind: 'go_on', run};
  if (!lastFull || run?.reading === 'full') return {kind: 'begin', reading: 'full'};
  const slower = (interval: number) => Math.round(interval * (1 + spread / 10));
  const fullAt = lastFull.startedAt + slower(pace.fullEveryMs);
  if (now >= fullAt) return {kind: 'begin', reading: 'full'};
  if (pace.changesEveryMs === undefined) return {kind: 'rest', until: fullAt};
  const read = Math.max(lastFull.startedAt, record.lastChanges?.startedAt ?? -Infinity);
  const changesAt = read + slower(pace.changesEveryMs);
  if (now >= changesAt) return {kind: 'begin', reading: 'changes', since: read - overlapMs};
  return {kind: 'rest', until: Math.min(fullAt, changesAt)};
}

const firstPauseMs = 30_000;
const longestPauseMs = 30 * 60_000;
const longestWishMs = 24 * 3_600_000;

/**
 * How long a platform is left alone that could not be read: longer with every failure in a row, and as long as it
 * asks for, within a day.
 * @param failures with this one
 */
export function pauseAfter(failures: number, retryAfterMs: number | undefined, spread: number): number {
  const grown = Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), longestPauseMs);
  return Math.round(Math.max(grown, Math.min(retryAfterMs ?? 0, longestWishMs)) * (1 + spread / 10));
}

/** 0 to 1: the same for the same text, and spread evenly over texts. */
export function spreadOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  // The upper bits of FNV-1a move little between texts that end differently.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
