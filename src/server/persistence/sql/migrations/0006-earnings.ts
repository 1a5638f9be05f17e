import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* A new table only. */
const statements = [
  `create table line_earnings (
     order_id text collate "C" not null constraint "earnings of an order" references shop_order,
     line_id text collate "C" not null,
     currency text not null,
     margin numeric(19,4) not null,
     record json not null,
     primary key (order_id, line_id)
   )`,
];

export const earnings: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
