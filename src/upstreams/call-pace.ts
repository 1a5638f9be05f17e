import {AbortedError} from './deadline.ts';
import {createSerialQueue} from './serial-queue.ts';

/** How often a platform lets itself be asked something. */
export interface Allowance {
  readonly calls: number;
  readonly perMs: number;
}

/** Time, and waiting for it. */
export interface PaceClock {
  now(): number;
  /** @throws {AbortedError} */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Makes a call once it is within an allowance. @throws {AbortedError} or whatever the call throws. */
export type Pace = <T>(signal: AbortSignal, call: () => Promise<T>) => Promise<T>;

/** Timers may ring a little early. */
const marginMs = 20;

/**
 * Keeps calls, in the order they came, within an allowance. How long a call is on its way, nobody knows: the time of one
 * is counted from its answer, so that the platform never sees the next too early.
 */
export function createPace({calls, perMs}: Allowance, clock: PaceClock): Pace {
  // A lane makes one call in the time; the lanes take turns.
  const lanes = Array.from({length: calls}, () => ({queue: createSerialQueue(), freeAt: -Infinity}));
  let turn = 0;
  return (signal, call) => {
    const lane = lanes[turn]!;
    turn = (turn + 1) % lanes.length;
    return lane.queue(signal, async () => {
      const wait = lane.freeAt - clock.now();
      // A clock that was put back must not hold anybody up for longer than the time.
      if (wait > 0) await clock.pause(Math.min(wait, perMs + marginMs), signal);
      try {
        return await call();
      } finally {
        lane.freeAt = clock.now() + perMs + marginMs;
      }
    });
  };
}

/** Waits by the machine's own time. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new AbortedError(signal));
    const stop = () => {
      clearTimeout(timer);
      reject(new AbortedError(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, {once: true});
  });
}
