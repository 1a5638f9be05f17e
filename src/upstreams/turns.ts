import {createSerialQueue, type SerialQueue} from './serial-queue.ts';

/** Runs tasks of the same key one after the other; those of different keys do not wait for each other. */
export type Turns = <T>(key: string, signal: AbortSignal, task: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  const queues = new Map<string, {readonly queue: SerialQueue; users: number}>();
  return async (key, signal, task) => {
    const entry = queues.get(key) ?? {queue: createSerialQueue(), users: 0};
    queues.set(key, entry);
    entry.users += 1;
    try {
      return await entry.queue(signal, task);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) queues.delete(key);
    }
  };
}
