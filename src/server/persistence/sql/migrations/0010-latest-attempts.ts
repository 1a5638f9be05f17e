import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* An index only: a process of the version before goes on beside this one. */
const statements = [`create index attempt_of_connection on attempt (connection_id, sent_at, seq)`];

export const latestAttempts: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
