import {percentile} from '../report.ts';

export interface Pace {
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds that half of all, and 99 of 100, took at most. */
  readonly p50: number;
  readonly p99: number;
}

/** Does so many pieces of work, some at once, each begun as soon as the one before has ended. */
export async function inParallel(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<Pace> {
  const times: number[] = [];
  let next = 0;
  const from = performance.now();
  await Promise.all(
    Array.from({length: Math.min(atOnce, count)}, async () => {
      while (next < count) {
        const began = performance.now();
        await work(next++);
        times.push(performance.now() - began);
      }
    }),
  );
  return paceOf(times, performance.now() - from);
}

export function paceOf(times: readonly number[], elapsed: number): Pace {
  return {
    count: times.length,
    perSecond: (times.length / elapsed) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}
