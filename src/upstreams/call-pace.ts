import {AbortedError} from './deadline.ts';

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

/** Waits until one more call is within an allowance. @throws {AbortedError} */
export type Pace = (signal: AbortSignal) => Promise<void>;

/** Calls may take different times on their way: this much later than allowed is never too early. */
const marginMs = 100;

/** Keeps calls, in the order they came, within an allowance. */
export function createPace({calls, perMs}: Allowance, clock: PaceClock): Pace {
  const spanMs = perMs + marginMs;
  /** When the last calls went out, or will; the oldest first. */
  const times: number[] = [];
  return async signal => {
    const now = clock.now();
    const oldest = times.length < calls ? undefined : times.shift();
    const time = oldest === undefined ? now : Math.max(now, oldest + spanMs);
    times.push(time);
    if (time > now) await clock.pause(time - now, signal);
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
