import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/*
 * Reading a catalogue page by page. What a run has seen lies there as one row for many pages: to find what is gone, it
 * is read once, at the end, and a listing that has not changed is not written for it.
 */
const statements = [
  `alter table listing
     add column content_hash text collate "C" generated always as (record ->> 'contentHash') stored`,
  `create table catalogue_sync (
     connection_id text primary key,
     record json not null
   )`,
  `create table catalogue_seen (
     connection_id text not null,
     run_id text collate "C" not null,
     listing_ids text[] not null
   )`,
  `create index catalogue_seen_by_run on catalogue_seen (connection_id, run_id)`,
  `create table watched_listing (
     listing_id text collate "C" primary key,
     connection_id text not null,
     until bigint not null
   )`,
  `create index watched_listing_of_connection on watched_listing (connection_id, until)`,
  `create table platform_event (
     connection_id text not null,
     event_id text not null,
     at bigint not null,
     primary key (connection_id, event_id)
   )`,
];

export const catalogueSync: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
