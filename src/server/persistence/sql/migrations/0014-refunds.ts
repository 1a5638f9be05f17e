import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* A new table: a process of the version before goes on beside this one and never looks at it. */
const statements = [
  `create table refund (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     order_id text collate "C" not null constraint "refund of an order" references shop_order,
     payment_id text collate "C" not null constraint "refund of a payment" references payment,
     purpose text not null,
     version integer not null,
     state text not null,
     created_at bigint not null,
     record json not null,
     constraint "one refund per payment and purpose" unique (payment_id, purpose)
   )`,
  `create index refund_of_order on refund (order_id, created_at, seq)`,
  `create index refund_by_state on refund (state, created_at, seq)`,
];

export const refunds: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
