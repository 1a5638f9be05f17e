import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/*
 * What listings are filtered by and found by, from here on by the server's own word: deriving it from the document cost
 * the database four tenths of every write. A server raises `revision` to say that it derived the columns itself. A write
 * that leaves the number as it was is the version before's, which knows nothing of it, or somebody's by hand: for those
 * the database goes on deriving. Nothing is rewritten: the columns keep the values they have.
 */
const statements = [
  `create function derive_listing_columns() returns trigger language plpgsql as
     $$ begin
       new.spelling := new.record ->> 'spelling';
       new.delivery := new.record #>> '{product,delivery}';
       new.in_stock := keystall.has_stock(new.record);
       new.content_hash := new.record ->> 'contentHash';
       return new;
     end $$`,
  `alter table listing
     add column revision bigint not null default 0,
     alter column spelling drop expression,
     alter column delivery drop expression,
     alter column in_stock drop expression,
     alter column content_hash drop expression`,
  `create trigger derive_inserted before insert on listing
     for each row when (new.revision = 0) execute function derive_listing_columns()`,
  `create trigger derive_updated before update on listing
     for each row when (new.revision = old.revision) execute function derive_listing_columns()`,
];

export const derivedListingColumns: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
