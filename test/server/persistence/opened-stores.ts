import type {OrderRecord} from '../../../src/server/persistence/records.ts';
import type {Store, Transaction} from '../../../src/server/persistence/store.ts';
import {anOrder} from './record-builders.ts';

export interface OpenedStores {
  readonly store: Store;
  /** The same data through another process's eyes; the store itself where only one process can have it. */
  readonly rival: Store;
}

/** Ways to write to the store under test, once it is open. */
export function writersOf(opened: () => OpenedStores) {
  const write = <Answer>(work: (tx: Transaction) => Promise<Answer>) => opened().store.transaction(work);
  return {
    write,
    async storedOrder(overrides: Partial<OrderRecord> = {}) {
      const order = anOrder(overrides);
      await write(tx => tx.insertOrder(order));
      return order;
    },
  };
}
