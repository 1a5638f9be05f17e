/*
 * A lost answer is looked into until somebody knows what became of the purchase. Processes are killed meanwhile, so all that
 * a look has to know of those before it is kept where the next process finds it.
 */

/** The looks into a lost answer so far. Times in epoch milliseconds. */
export interface Looks {
  /** Looks that were begun, whether they came to an end or not. */
  readonly reconciliations: number;
  /** Those that came to an end, in vain. Absent: none. */
  readonly endedLooks?: number;
  /** When the first was begun. */
  readonly firstLookAt?: number;
  /** Since when the platform says that it has no such order. Absent: it did not, since the purchase was sent last. */
  readonly absentSince?: number;
}

/** Pauses before a lost answer is looked into; after the last, a person has to. */
const pausesMs: readonly number[] = [1000, 5000, 20_000, 60_000, 300_000];
/** So many looks that were cut off, for so long, and a person has to: each of them may be what kills its process. */
const mostCutOff = 5;
const cutOffPatienceMs = 15 * 60_000;

/** Whether no further look is made, because too many of those before were cut off for too long. */
export function isLookedAtInVain({reconciliations, endedLooks = 0, firstLookAt}: Looks, now: number): boolean {
  const cutOff = reconciliations - endedLooks;
  return firstLookAt !== undefined && cutOff >= mostCutOff && now - firstLookAt >= cutOffPatienceMs;
}

/**
 * The looks when one more is begun.
 * @param absentAfterMs how long an order must have been missing before this look may send the purchase again; absent: none does
 */
export function beginLook(before: Looks, now: number, absentAfterMs: number | undefined): BegunLook {
  const {reconciliations, endedLooks, firstLookAt = now, absentSince} = before;
  const isLongAbsent = absentSince !== undefined && absentAfterMs !== undefined && now - absentSince >= absentAfterMs;
  return {
    isLongAbsent,
    looks: {
      reconciliations: reconciliations + 1,
      ...(endedLooks !== undefined && {endedLooks}),
      firstLookAt,
      // What may be sent again is on its way from now on, also when nobody lives to tell: its absence begins anew.
      ...(absentSince !== undefined && !isLongAbsent && {absentSince}),
    },
  };
}

export interface BegunLook {
  readonly looks: Looks;
  /** Whether the order has been missing for so long that its purchase may be sent again. */
  readonly isLongAbsent: boolean;
}

/**
 * The looks when one came to an end and has not found the purchase.
 * @param before those when it was begun
 * @param isAbsent whether the platform said that it has no such order, and nothing was sent
 */
export function endLook(looks: Looks, before: Looks, isAbsent: boolean, now: number): Looks {
  const {reconciliations, endedLooks = 0, firstLookAt = now} = looks;
  const absentSince = isAbsent ? (before.absentSince ?? now) : looks.absentSince;
  return {
    reconciliations,
    endedLooks: endedLooks + 1,
    firstLookAt,
    ...(absentSince !== undefined && {absentSince}),
  };
}

/**
 * When a lost answer is looked into next; nothing where that is left to a person.
 * @param absentAfterMs as for {@link beginLook}
 */
export function nextLookAt(looks: Looks, now: number, absentAfterMs: number | undefined): number | undefined {
  const pausedUntil = now + (pausesMs[looks.endedLooks ?? 0] ?? Infinity);
  // When it will be sure that nothing was bought: no buyer waits for longer, and no person is called before.
  const sureAt = (looks.absentSince ?? Infinity) + (absentAfterMs ?? Infinity);
  const next = sureAt > now ? Math.min(pausedUntil, sureAt) : pausedUntil;
  return next === Infinity || isLookedAtInVain(looks, now) ? undefined : next;
}
