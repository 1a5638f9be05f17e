import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* A line may be bought in parts. A process of the version before writes the first part, as it always did. */
const statements = [
  `alter table procurement add column part integer not null default 1`,
  `alter table procurement add constraint "one procurement per order line and part" unique (order_id, line_id, part)`,
  `alter table procurement drop constraint "one procurement per order line"`,

  // What lies open at one platform is asked before every purchase there.
  `create index procurement_under_way on procurement (connection_id)
     where state in ('submitting', 'unknown', 'unpaid', 'accepted', 'processing')`,

  `create index procurement_for_people on procurement (created_at, seq)
     where record -> 'attention' is not null`,
];

export const procurementParts: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
