import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* New tables only: a process of the version before goes on beside this one and never looks at them. */
const statements = [
  `create table own_card (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     connection_id text not null,
     good_code text not null,
     fingerprint text collate "C" not null constraint "one own card per fingerprint" unique,
     sold_by text,
     record json not null
   )`,
  `create index own_card_for_sale on own_card (connection_id, good_code, seq) where sold_by is null`,
  `create table own_sale (
     connection_id text collate "C" not null,
     reference text collate "C" not null,
     good_code text not null,
     at bigint not null,
     record json not null,
     primary key (connection_id, reference)
   )`,
  `create table own_good (
     connection_id text collate "C" not null,
     good_code text collate "C" not null,
     unsold integer not null check (unsold >= 0),
     sold integer not null check (sold >= 0),
     primary key (connection_id, good_code)
   )`,
];

export const ownStock: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
