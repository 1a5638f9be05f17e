import {lostAnswer} from './lost-answer.ts';
import type {BuyOutcome, BuyRequest} from './port.ts';
import {createSerialQueue, type SerialQueue} from './serial-queue.ts';

/** Runs what concerns one reference one after the other; those of different references do not wait for each other. */
export type PurchaseTurns = (
  request: Pick<BuyRequest, 'reference'>,
  signal: AbortSignal,
  task: () => Promise<BuyOutcome>,
) => Promise<BuyOutcome>;

/** @param call what the task sends: where it throws, an answer to that was lost */
export function createPurchaseTurns(call: string): PurchaseTurns {
  const queues = new Map<string, {readonly queue: SerialQueue; users: number}>();
  return async ({reference}, signal, task) => {
    const entry = queues.get(reference) ?? {queue: createSerialQueue(), users: 0};
    queues.set(reference, entry);
    entry.users += 1;
    try {
      return await entry.queue(signal, task);
    } catch (error) {
      return lostAnswer(call, error);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) queues.delete(reference);
    }
  };
}
