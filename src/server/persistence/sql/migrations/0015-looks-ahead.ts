import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* When a purchase is looked at again. A process of the version before leaves it empty, and looks at all of them. */
const statements = [`alter table procurement add column look_at bigint`];

export const looksAhead: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
