import type {Clock} from '../../src/sandbox/clock.ts';

/** Time that passes only when something waits for it. */
export interface VirtualClock extends Clock {
  /** Never backwards. */
  advanceTo(moment: number): void;
}

/**
 * A wait does not let others go first: whoever sleeps moves the time on and goes on at once. So one call after the other is
 * finished before the next thing happens, and the same seed gives the same run.
 */
export function virtualClock(start: number): VirtualClock {
  let now = start;
  return {
    now: () => now,
    after(milliseconds, task) {
      now += milliseconds;
      task();
      return () => {};
    },
    advanceTo(moment) {
      now = Math.max(now, moment);
    },
  };
}
