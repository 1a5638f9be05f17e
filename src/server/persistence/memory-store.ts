import type {Clock} from '../clock.ts';
import type {JobQueue} from '../jobs/queued-job.ts';
import {memoryQueries} from './memory-queries.ts';
import {createMemoryTables, type MemoryTables} from './memory-tables.ts';
import {memoryTransaction, type MemoryEffects} from './memory-transaction.ts';
import {createOrderListeners} from './order-listeners.ts';
import type {Store} from './store.ts';

export interface MemoryStoreOptions {
  readonly clock: Clock;
  /** Takes the jobs of a transaction after it has committed. Absent: nobody does them. */
  readonly queue?: JobQueue;
}

/**
 * A {@link Store} in memory, for tests and for the shop that runs inside a page. Transactions run one after the other;
 * starting one inside another, or reading from the store instead of the transaction, waits or sees the past.
 */
export function createMemoryStore({clock, queue}: MemoryStoreOptions): Store {
  const tables = createMemoryTables();
  const listeners = createOrderListeners();
  let last: Promise<unknown> = Promise.resolve();

  return {
    ...memoryQueries(tables),
    transaction(work) {
      const result = last.then(async () => {
        const {drafts, commit} = draftsOf(tables);
        const effects: MemoryEffects = {changedOrders: new Set(), enqueued: []};
        const answer = await work(memoryTransaction(drafts, effects, {clock, queue}));
        if (effects.broken) throw effects.broken;
        commit();
        listeners.announce(effects.changedOrders);
        if (effects.enqueued.length > 0) queue?.accept(effects.enqueued);
        return answer;
      });
      last = result.catch(() => undefined);
      return result;
    },
    onOrderChanged: (orderId, changed) => listeners.add(orderId, changed),
    async close() {
      await last;
    },
  };
}

/** A draft of each table, made when it is first looked at: a transaction touches few of them. */
function draftsOf(tables: MemoryTables): {readonly drafts: MemoryTables; readonly commit: () => void} {
  const made = new Map<string, MemoryTables[keyof MemoryTables]>();
  const drafts = new Proxy(tables, {
    get(target, name: keyof MemoryTables) {
      const draft = made.get(name) ?? target[name].draft();
      made.set(name, draft);
      return draft;
    },
  });
  return {
    drafts,
    commit() {
      for (const draft of made.values()) draft.commit();
    },
  };
}
