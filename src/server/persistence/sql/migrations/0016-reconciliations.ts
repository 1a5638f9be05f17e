import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* A new table, and an index: a process of the version before goes on beside this one and never looks at them. */
const statements = [
  `create table reconciliation (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     provider text not null,
     started_at bigint not null,
     record json not null
   )`,
  `create index reconciliation_by_provider on reconciliation (provider, seq)`,
  `create index payment_by_provider on payment (provider, created_at, seq)`,
];

export const reconciliations: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
