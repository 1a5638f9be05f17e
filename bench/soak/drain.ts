import {setTimeout as pause} from 'node:timers/promises';
import pg from 'pg';
import {schemaName} from '../../src/server/persistence/sql/tables.ts';
import type {Purchase} from './audit.ts';

export interface DrainOptions {
  readonly databaseUrl: string;
  /** Purchases that a buyer is still at. */
  readonly underWay: ReadonlySet<Purchase>;
  readonly tell: (news: string) => void;
  /** When buyers stop to begin purchases, on the clock of `performance`. */
  readonly until: number;
  /** How long after that anything may be under way at most. */
  readonly patienceMs: number;
}

export interface Drain {
  /** Ends the waiting of buyers for what only a person settles. */
  readonly patience: AbortSignal;
  /** Whether the purchase was left to the person who was called for it. */
  waitsForPerson(purchase: Purchase): boolean;
  end(): Promise<void>;
}

const lookEveryMs = 500;
const tellEveryMs = 15_000;

/** Waits for what is under way at the end of a run, for as long as the shop is at work on any of it. */
export function startDrain({databaseUrl, underWay, tell, until, patienceMs}: DrainOptions): Drain {
  const patience = new AbortController();
  const over = new AbortController();
  const left = new Set<Purchase>();
  const watching = watch();
  return {
    patience: patience.signal,
    waitsForPerson: purchase => left.has(purchase),
    async end() {
      over.abort();
      await watching;
    },
  };

  async function watch(): Promise<void> {
    const sleep = (milliseconds: number) =>
      pause(Math.max(0, milliseconds), undefined, {signal: over.signal}).catch(() => undefined);
    await sleep(until - performance.now());
    let toldAt = performance.now();
    while (!over.signal.aborted) {
      const open = [...underWay];
      if (performance.now() - until > patienceMs) {
        tell(`${open.length} purchases were under way for too long, and are given up`);
        patience.abort();
        return;
      }
      const waiting = await ordersForPeople(databaseUrl);
      if (open.length > 0 && open.every(({orderIds: [id]}) => id !== undefined && waiting.has(id))) {
        for (const purchase of open) left.add(purchase);
        patience.abort();
        return;
      }
      if (performance.now() - toldAt >= tellEveryMs) {
        toldAt = performance.now();
        const after = Math.round((toldAt - until) / 1000);
        const forPeople = open.filter(({orderIds: [id]}) => waiting.has(id ?? '')).length;
        tell(`${after} s after the end, ${open.length} purchases are under way, ${forPeople} of them left to a person`);
      }
      await sleep(lookEveryMs);
    }
  }
}

/** Orders that are not settled and that nobody works on any more but the person who was called. */
async function ordersForPeople(databaseUrl: string): Promise<ReadonlySet<string>> {
  const database = new pg.Client({connectionString: databaseUrl});
  await database.connect();
  try {
    const {rows} = await database.query<{readonly id: string}>(
      `select shop_order.id from ${schemaName}.shop_order
       where shop_order.state in ('paid', 'fulfilling')
         and exists (select from ${schemaName}.procurement where order_id = shop_order.id and record -> 'attention' is not null)
         and not exists (
           select from ${schemaName}.procurement
           where order_id = shop_order.id and record -> 'attention' is null
             and state in ('draft', 'submitting', 'unknown', 'unpaid', 'accepted', 'processing')
         )`,
    );
    return new Set(rows.map(({id}) => id));
  } finally {
    await database.end();
  }
}
