import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* A new table only: a process of the version before goes on beside this one and never looks at it. */
const statements = [
  `create table delivery (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     order_id text collate "C" not null constraint "delivery of an order" references shop_order,
     channel text not null,
     occasion text not null,
     turn integer not null,
     version integer not null,
     state text not null,
     created_at bigint not null,
     record json not null,
     constraint "one delivery per order, channel, occasion and turn" unique (order_id, channel, occasion, turn)
   )`,
  `create index delivery_pending on delivery (created_at, seq) where state = 'pending'`,
];

export const deliveries: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
