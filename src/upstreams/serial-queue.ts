import {AbortedError} from './deadline.ts';

/** Runs a task when all tasks given before it have ended; one that is aborted while it waits never starts. */
export type SerialQueue = <T>(signal: AbortSignal, task: () => Promise<T>) => Promise<T>;

/** Makes a queue that runs one task at a time, in the order given. A failing task does not hold up the next. */
export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (signal, task) => {
    const turn = last.then(() => {
      if (signal.aborted) throw new AbortedError(signal);
      return task();
    });
    last = turn.catch(() => undefined);
    return untilAborted(signal, turn);
  };
}

async function untilAborted<T>(signal: AbortSignal, turn: Promise<T>): Promise<T> {
  if (signal.aborted) {
    turn.catch(() => undefined);
    throw new AbortedError(signal);
  }
  let onAbort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new AbortedError(signal));
  });
  signal.addEventListener('abort', onAbort, {once: true});
  try {
    return await Promise.race([turn, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
