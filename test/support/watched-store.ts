import {createMemoryStore, type MemoryStoreOptions} from '../../src/server/persistence/memory-store.ts';
import type {Queries, Store, Transaction} from '../../src/server/persistence/store.ts';

export interface Write {
  readonly method: string;
  readonly arguments: readonly unknown[];
}

/** A store in memory that remembers what was written, and like PostgreSQL takes no NUL in a text it looks up. */
export interface WatchedStore extends Store {
  /** Everything that committed transactions wrote, oldest first. */
  readonly writes: readonly Write[];
  /** How many are told of an order's changes. */
  readonly listeners: number;
}

const writeMethods = /^(claim|insert|save|record|put|enqueue)/;

export function createWatchedStore(options: MemoryStoreOptions): WatchedStore {
  const store = createMemoryStore(options);
  const writes: Write[] = [];
  let listeners = 0;
  const watched: Store = {
    ...refusingNul(store),
    async transaction(work) {
      const pending: Write[] = [];
      const answer = await store.transaction(tx => work(recording(tx, pending)));
      writes.push(...pending);
      return answer;
    },
    onOrderChanged(orderId, changed) {
      const unsubscribe = store.onOrderChanged(orderId, changed);
      listeners++;
      return () => {
        listeners--;
        unsubscribe();
      };
    },
  };
  return Object.defineProperties(watched as WatchedStore, {
    writes: {get: () => writes},
    listeners: {get: () => listeners},
  });
}

function recording(tx: Transaction, pending: Write[]): Transaction {
  return each(tx, (method, call) => (...given) => {
    if (writeMethods.test(method)) pending.push({method, arguments: given});
    return call(...given);
  });
}

function refusingNul<Reads extends Queries>(queries: Reads): Reads {
  return each(queries, (method, call) => (...given) => {
    // A search text is the one thing a store looks up without the letters that no database holds.
    const text = JSON.stringify(given, (key, value: unknown) => (key === 'q' ? undefined : value));
    if (text.includes('\\u0000')) {
      throw new Error(`invalid byte sequence for encoding "UTF8": 0x00 (${method})`);
    }
    return call(...given);
  });
}

type Call = (...given: readonly unknown[]) => unknown;

function each<Methods extends object>(methods: Methods, wrap: (name: string, call: Call) => Call): Methods {
  const entries = Object.entries(methods).map(([name, method]) => [name, wrap(name, method as Call)] as const);
  return Object.fromEntries(entries) as Methods;
}
