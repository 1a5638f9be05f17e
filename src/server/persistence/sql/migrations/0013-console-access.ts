import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/*
 * New tables only: a process of the version before goes on beside this one and never looks at them. What was written into
 * the log stays: the database itself refuses to change a line, whoever asks.
 */
const statements = [
  `create table console_token (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     hash text collate "C" not null constraint "one console token per hash" unique,
     record json not null
   )`,
  `create table console_session (
     hash text collate "C" primary key,
     token_id text collate "C" not null constraint "session of a console token" references console_token,
     expires_at bigint not null,
     record json not null
   )`,
  `create table console_audit (
     id text collate "C" primary key,
     line bigint generated always as identity unique,
     record json not null
   )`,
  `create table console_audit_outcome (
     audit_id text collate "C" primary key constraint "outcome of an action" references console_audit,
     record json not null
   )`,
  `create function refuse_change() returns trigger language plpgsql as
     $$ begin raise exception 'The audit log is append-only.'; end $$`,
  ...['console_audit', 'console_audit_outcome'].map(
    table => `create trigger append_only before update or delete on ${table}
     for each row execute function refuse_change()`,
  ),
];

export const consoleAccess: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
