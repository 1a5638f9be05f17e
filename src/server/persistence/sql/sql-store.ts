import {AsyncLocalStorage} from 'node:async_hooks';
import {setTimeout as pause} from 'node:timers/promises';
import type {Kysely} from 'kysely';
import type {Clock} from '../../clock.ts';
import {createOrderListeners, type OrderListeners} from '../order-listeners.ts';
import {DuplicateRecordError, MissingRecordError} from '../rule-errors.ts';
import type {Queries, Store} from '../store.ts';
import {storeUnavailable} from './server-pool.ts';
import {sqlQueries} from './sql-queries.ts';
import {sqlTransaction, type SqlEffects, type SqlJobQueue} from './sql-transaction.ts';
import {isLostStatement} from './statement-names.ts';
import {schemaName, type Tables} from './tables.ts';

export interface SqlStoreOptions {
  readonly clock: Clock;
  readonly queue: SqlJobQueue;
  /** Default: those of this process alone. */
  readonly listeners?: OrderListeners;
}

/**
 * A {@link Store} in PostgreSQL: a server, or PGlite. The tables must have been migrated. `close` closes the database.
 *
 * Transactions read committed data and lock what they read. A transaction the database gave up (serialization, deadlock,
 * a prepared statement that it no longer has) is run again; one whose commit was cut off by a lost connection is not,
 * because it may have been kept.
 */
export function createSqlStore(
  kysely: Kysely<Tables>,
  {clock, queue, listeners = createOrderListeners()}: SqlStoreOptions,
): Store {
  const database = kysely.withSchema(schemaName);
  const inside = new AsyncLocalStorage<true>();

  return {
    ...outside(sqlQueries(database, {lock: false}), inside),
    async transaction(work) {
      refuseInside(inside, 'transaction');
      for (let attempt = 1; ; attempt++) {
        const effects: SqlEffects = {changedOrders: new Set(), enqueued: false};
        try {
          const answer = await database
            .transaction()
            .execute(given => inside.run(true, () => work(sqlTransaction(given, {effects, clock, queue}))));
          listeners.announce(effects.changedOrders);
          if (effects.enqueued) queue.wake();
          return answer;
        } catch (error) {
          if (attempt === mostAttempts || !isGivenUp(error)) throw translated(error);
          await pause(Math.random() * 20 * attempt);
        }
      }
    },
    onOrderChanged: (orderId, changed) => listeners.add(orderId, changed),
    async close() {
      await kysely.destroy();
    },
  };
}

/**
 * On one connection (PGlite) a read from the store within a transaction would wait for itself for ever, and on several it
 * would not see what the transaction wrote: both are refused.
 */
function outside(queries: Queries, inside: AsyncLocalStorage<true>): Queries {
  const guarded = Object.entries(queries).map(([name, query]: [string, (...given: unknown[]) => unknown]) => [
    name,
    async (...given: unknown[]) => {
      refuseInside(inside, name);
      try {
        return await query(...given);
      } catch (error) {
        throw translated(error);
      }
    },
  ]);
  return Object.fromEntries(guarded) as Queries;
}

function refuseInside(inside: AsyncLocalStorage<true>, name: string): void {
  if (inside.getStore()) {
    throw new Error(`store.${name} was called inside a transaction; use the transaction's own methods there.`);
  }
}

const mostAttempts = 5;

/**
 * PostgreSQL's serialization_failure and deadlock_detected, and a statement that it has no more: certainly not committed,
 * worth another try.
 */
function isGivenUp(error: unknown): boolean {
  return codeOf(error) === '40001' || codeOf(error) === '40P01' || isLostStatement(error);
}

/** Names the rule that unique_violation and foreign_key_violation speak of, and that there is no database to ask. */
function translated(error: unknown): unknown {
  if (codeOf(error) === '23505') return new DuplicateRecordError(ruleOf(error), {cause: error});
  if (codeOf(error) === '23503') return new MissingRecordError(ruleOf(error), {cause: error});
  return storeUnavailable(error) ?? error;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function ruleOf(error: unknown): string {
  const rule = typeof error === 'object' && error !== null && 'constraint' in error ? error.constraint : undefined;
  return typeof rule === 'string' ? rule : 'unique';
}
