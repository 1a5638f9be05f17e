import type {Clock} from '../../src/sandbox/clock.ts';

/** Time that passes only when something waits for it. */
export interface VirtualClock extends Clock {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Never backwards; what was planned until then happens on the way. */
  advanceTo(moment: number): void;
}

/**
 * A wait does not let others go first: whoever pauses moves the time on and goes on at once. So one call after the other
 * is finished before the next thing happens, and the same seed gives the same run. Only what a platform has planned for
 * later happens meanwhile.
 */
export function virtualClock(start: number): VirtualClock {
  let now = start;
  let planned: readonly {readonly at: number; readonly task: () => void}[] = [];
  const advanceTo = (moment: number): void => {
    for (let next = planned[0]; next && next.at <= moment; next = planned[0]) {
      planned = planned.slice(1);
      now = Math.max(now, next.at);
      next.task();
    }
    now = Math.max(now, moment);
  };
  return {
    now: () => now,
    after(milliseconds, task) {
      const plan = {at: now + milliseconds, task};
      const place = planned.findLastIndex(({at}) => at <= plan.at) + 1;
      planned = planned.toSpliced(place, 0, plan);
      return () => {
        planned = planned.filter(each => each !== plan);
      };
    },
    pause: async milliseconds => advanceTo(now + milliseconds),
    advanceTo,
  };
}
