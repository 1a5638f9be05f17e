import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* New tables only: a process of the version before goes on beside this one and never looks at them. */
const statements = [
  `create table ticket (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     order_id text collate "C" not null constraint "ticket of an order" references shop_order,
     intent text not null,
     version integer not null,
     state text not null,
     deadline bigint,
     created_at bigint not null,
     record json not null,
     constraint "one ticket per order and intent" unique (order_id, intent)
   )`,
  `create index ticket_by_deadline on ticket (state, deadline) where state <> 'closed'`,

  `create table evidence (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     ticket_id text collate "C" not null constraint "evidence of a ticket" references ticket,
     intent text not null,
     created_at bigint not null,
     record json not null,
     sealed bytea not null,
     constraint "one file per ticket and intent" unique (ticket_id, intent)
   )`,
  // Encrypted bytes do not get smaller.
  `alter table evidence alter column sealed set storage external`,

  `create table scarce_use (
     subject text collate "C" primary key,
     since bigint not null,
     count integer not null
   )`,
  `create index scarce_use_by_age on scarce_use (since)`,
];

export const afterSales: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
