import {literal, object, safeParse, string, type InferOutput} from 'valibot';
import type {Environment} from './environment.ts';
import {rememberPaid, type PaidCart} from './paid-cart.ts';
import {emptyRecord, readRecord, storedRecord, type PurchaseRecord} from './purchase-record.ts';
import type {Purchase} from './purchase.ts';
import {createTabSignal} from './tab-signal.ts';

const orderAccessSchema = object({
  version: literal(1),
  address: string(),
  id: string(),
  number: string(),
  createdAt: string(),
  token: string(),
});

/** What opens an order that was placed on this device. */
export type OrderAccess = Omit<InferOutput<typeof orderAccessSchema>, 'version' | 'address'>;

/** What is written along with a purchase. */
export interface Keepsakes {
  readonly access?: OrderAccess;
  readonly paid?: PaidCart;
}

export interface Vault {
  record(): Promise<PurchaseRecord>;
  /**
   * Reads, decides and writes in one transaction, which no other tab's can come between; resolves to what is there then,
   * durably. `decide` answers what it was given to leave it as it is, and runs again if storage fails meanwhile.
   */
  update(
    decide: (purchase: Purchase | undefined, paid: readonly PaidCart[]) => Purchase | undefined,
    keepsakes?: Keepsakes,
  ): Promise<Purchase | undefined>;
  /** Keeps what opens an order that was placed elsewhere. */
  keepOrder(access: OrderAccess): Promise<void>;
  forgetOrder(id: string): Promise<void>;
  /** Newest first. */
  orders(): Promise<readonly OrderAccess[]>;
  /** Another tab has written. */
  onChange(listener: () => void): () => void;
  dispose(): void;
}

const databaseName = 'keystall';

/**
 * IndexedDB, because a purchase must survive a crash: `durability: 'strict'` waits for the disk. Where it is blocked or
 * breaks, memory takes over, for this tab and as long as the page lives.
 */
export function createVault(environment: Environment, address: string): Vault {
  const otherTabs = createTabSignal(environment, `keystall:purchase:${address}`);
  const fallback = {record: emptyRecord, orders: new Map<string, OrderAccess>()};
  let opening: Promise<IDBDatabase> | undefined;
  let isBlocked = false;

  return {
    record: () =>
      transact(
        'readonly',
        (transaction, answer) => {
          read(transaction, record => {
            fallback.record = record;
            answer(record);
          });
        },
        () => fallback.record,
      ),
    update: async (decide, {access, paid} = {}) => {
      let changed = access !== undefined;
      const decided = (before: PurchaseRecord): PurchaseRecord => {
        const purchase = decide(before.purchase, before.paid);
        if (purchase === before.purchase && !paid) return before;
        changed = true;
        return {purchase, paid: paid ? rememberPaid(before.paid, paid) : before.paid};
      };
      const after = await transact<PurchaseRecord>(
        'readwrite',
        (transaction, answer, fail) => {
          if (access) {
            const value = {version: 1, address, ...access};
            transaction.objectStore('orders').put(value, orderKey(access.id));
          }
          read(transaction, before => {
            fallback.record = before;
            let next: PurchaseRecord;
            try {
              next = decided(before);
            } catch (error) {
              return fail(error);
            }
            if (next !== before) transaction.objectStore('purchases').put(storedRecord(next), address);
            answer(next);
          });
        },
        () => decided(fallback.record),
      );
      fallback.record = after;
      if (access) fallback.orders.set(access.id, access);
      if (changed) otherTabs.tell();
      return after.purchase;
    },
    async keepOrder(access) {
      await transact<true>(
        'readwrite',
        (transaction, answer) => {
          transaction.objectStore('orders').put({version: 1, address, ...access}, orderKey(access.id));
          answer(true);
        },
        () => true,
      );
      fallback.orders.set(access.id, access);
      otherTabs.tell();
    },
    async forgetOrder(id) {
      await transact<true>(
        'readwrite',
        (transaction, answer) => {
          transaction.objectStore('orders').delete(orderKey(id));
          answer(true);
        },
        () => true,
      );
      fallback.orders.delete(id);
      otherTabs.tell();
    },
    orders: async () => {
      const stored = await transact<readonly OrderAccess[]>(
        'readonly',
        (transaction, answer) => {
          const all: IDBRequest<unknown[]> = transaction.objectStore('orders').getAll();
          all.onsuccess = () => {
            answer(all.result.flatMap(readAccess));
          };
        },
        () => [],
      );
      const known = new Map([...fallback.orders, ...stored.map(order => [order.id, order] as const)]);
      return [...known.values()].sort((left, right) => (left.createdAt < right.createdAt ? 1 : -1));
    },
    onChange: otherTabs.onTold,
    dispose() {
      isBlocked = true;
      void opening?.then(
        database => {
          database.close();
        },
        () => {},
      );
    },
  };

  function orderKey(id: string): string {
    return `${address} ${id}`;
  }

  function readAccess(value: unknown): OrderAccess[] {
    const parsed = safeParse(orderAccessSchema, value);
    if (!parsed.success || parsed.output.address !== address) return [];
    const {id, number, createdAt, token} = parsed.output;
    return [{id, number, createdAt, token}];
  }

  function read(transaction: IDBTransaction, use: (record: PurchaseRecord) => void): void {
    const request: IDBRequest<unknown> = transaction.objectStore('purchases').get(address);
    request.onsuccess = () => {
      use(readRecord(request.result));
    };
  }

  async function transact<T>(mode: IDBTransactionMode, work: Work<T>, without: () => T): Promise<T> {
    // A browser may cut the connection to its own database while a page sleeps: the second try opens it anew.
    for (let tries = 0; tries < 2 && !isBlocked; tries++) {
      try {
        return await runTransaction(await open(), mode, work);
      } catch (error) {
        if (error instanceof DecisionFailed) throw error.cause;
        opening = undefined;
      }
    }
    isBlocked = true;
    return without();
  }

  function open(): Promise<IDBDatabase> {
    opening ??= new Promise((resolve, reject) => {
      const request = environment.indexedDB?.open(databaseName, 1);
      if (!request) return reject(new Error('There is no IndexedDB here.'));
      request.onupgradeneeded = () => {
        request.result.createObjectStore('purchases');
        request.result.createObjectStore('orders');
      };
      request.onsuccess = () => {
        const database = request.result;
        // A newer version of the page wants to change the layout, or the site's data is being cleared.
        database.onversionchange = () => {
          database.close();
          opening = undefined;
        };
        resolve(database);
      };
      request.onerror = request.onblocked = () => {
        reject(request.error ?? new Error('IndexedDB is blocked.'));
      };
    });
    return opening;
  }
}

type Work<T> = (transaction: IDBTransaction, answer: (value: T) => void, fail: (cause: unknown) => void) => void;

/** Carries what a caller's decision threw past the handling of broken storage. */
class DecisionFailed extends Error {}

function runTransaction<T>(database: IDBDatabase, mode: IDBTransactionMode, work: Work<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(['purchases', 'orders'], mode, {durability: 'strict'});
    let outcome: {readonly value: T} | undefined;
    let failure: DecisionFailed | undefined;
    transaction.oncomplete = () => {
      if (outcome) resolve(outcome.value);
      else reject(new Error('The transaction came to nothing.'));
    };
    transaction.onabort = () => {
      reject(failure ?? transaction.error ?? new Error('The transaction was aborted.'));
    };
    work(
      transaction,
      value => {
        outcome = {value};
      },
      cause => {
        failure = new DecisionFailed('The decision failed.', {cause});
        transaction.abort();
      },
    );
  });
}
