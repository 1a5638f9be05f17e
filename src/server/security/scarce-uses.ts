import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';

/** Something that may be done so often within a window of time: by somebody, or to something. */
export interface ScarceUse {
  /** What is counted: `lookup by caller`. */
  readonly kind: string;
  readonly value: string;
  readonly most: number;
  readonly windowMs: number;
}

/** The longest window; older counts can be dropped. */
export const longestWindowMs = 60 * 60_000;

/**
 * Counts the uses in the database, so that the limit holds for all processes together, and refuses when one of them is
 * used up. Who or what is counted is stored as a keyed hash only.
 * @throws {ProblemError} `too_many_attempts`
 */
export async function useScarcely(ports: ServerPorts, uses: readonly ScarceUse[]): Promise<void> {
  const now = ports.clock.now();
  const freeAt = await whenFree(ports, uses, now);
  if (freeAt > now) throw tooManyAttempts(now, freeAt);
}

/**
 * The same for a deed that is sent again until it is answered, or twice at once: what it uses is counted with its first
 * try, and each further one is only counted as a try of it. A try that is refused has used nothing.
 * @throws {ProblemError} `too_many_attempts`
 */
export async function useScarcelyOnce(ports: ServerPorts, deed: ScarceUse, uses: readonly ScarceUse[]): Promise<void> {
  const now = ports.clock.now();
  const subject = await subjectOf(ports, deed);
  const counted = await toBeCounted(ports, uses);
  await ports.store.transaction(async tx => {
    const {count: tries, since} = await tx.recordUse(subject, now, deed.windowMs);
    if (tries > deed.most) throw tooManyAttempts(now, since + deed.windowMs);
    const freeAt = tries > 1 ? now : await count(tx, counted, now);
    if (freeAt > now) throw tooManyAttempts(now, freeAt);
  });
}

/** Counts the uses, and answers when none of them is used up any more: now, if none is. */
export async function whenFree(
  ports: ServerPorts,
  uses: readonly ScarceUse[],
  now = ports.clock.now(),
): Promise<number> {
  if (uses.length === 0) return now;
  const counted = await toBeCounted(ports, uses);
  return ports.store.transaction(tx => count(tx, counted, now));
}

type CountedUse = ScarceUse & {readonly subject: string};

/** In one order for everybody, or two callers would wait for each other. */
async function toBeCounted(ports: ServerPorts, uses: readonly ScarceUse[]): Promise<readonly CountedUse[]> {
  const counted = await Promise.all(uses.map(async use => ({...use, subject: await subjectOf(ports, use)})));
  return counted.sort((left, right) => (left.subject < right.subject ? -1 : 1));
}

async function count(tx: Transaction, uses: readonly CountedUse[], now: number): Promise<number> {
  let latest = now;
  for (const {subject, most, windowMs} of uses) {
    const {count, since} = await tx.recordUse(subject, now, windowMs);
    if (count > most) latest = Math.max(latest, since + windowMs);
  }
  return latest;
}

function tooManyAttempts(now: number, freeAt: number): ProblemError {
  const retryAfter = Math.ceil((freeAt - now) / 1000);
  return new ProblemError('too_many_attempts', `Try again in ${retryAfter} seconds.`, {retryAfter});
}

/** Counts a use of something that works once; answers whether this was it. Repeats are known for `windowMs`. */
export async function isFirstUse(ports: ServerPorts, kind: string, value: string, windowMs: number): Promise<boolean> {
  const subject = await subjectOf(ports, {kind, value});
  const {count} = await ports.store.transaction(tx => tx.recordUse(subject, ports.clock.now(), windowMs));
  return count === 1;
}

/** Whether something may still be used; does not use it. */
export async function isLeft(ports: ServerPorts, use: ScarceUse): Promise<boolean> {
  const subject = await subjectOf(ports, use);
  let used = 0;
  const looked = new Error('Looked at only: nothing is to be written.');
  try {
    await ports.store.transaction(async tx => {
      used = (await tx.recordUse(subject, ports.clock.now(), use.windowMs)).count - 1;
      throw looked;
    });
  } catch (error) {
    if (error !== looked) throw error;
  }
  return used < use.most;
}

/** Uses something, be it that nothing of it is left. */
export async function spend(ports: ServerPorts, use: ScarceUse): Promise<void> {
  const subject = await subjectOf(ports, use);
  await ports.store.transaction(tx => tx.recordUse(subject, ports.clock.now(), use.windowMs));
}

async function subjectOf({keys}: ServerPorts, {kind, value}: Pick<ScarceUse, 'kind' | 'value'>): Promise<string> {
  const [subject] = await keys.hashes('scarce-use', JSON.stringify([kind, value]));
  return subject;
}
