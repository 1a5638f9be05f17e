import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/*
 * What listings are filtered by and found by. The database derives it from the document, so that it is right also in
 * what the version before this one writes, which knows nothing of it.
 *
 * There is no index of trigrams for searching (pg_trgm): PGlite lacks it, it knows nothing of words of two characters,
 * of which Chinese mostly consists, and for spellings PostgreSQL chose it where reading all titles was four times
 * faster.
 */
const statements = [
  `create function has_stock(listing json) returns boolean
     language sql immutable parallel safe
     return exists (
       select from json_array_elements(listing #> '{product,skus}') as sku
       where sku #>> '{stock,kind}' = 'unlimited' or (sku #>> '{stock,count}')::numeric > 0
     )`,
  `alter table listing
     add column spelling text collate "C" generated always as (record ->> 'spelling') stored,
     add column delivery text not null generated always as (record #>> '{product,delivery}') stored,
     add column in_stock boolean not null generated always as (has_stock(record)) stored`,

  // One per order that a whole shop is read in.
  `create index listing_by_position on listing (position, id) where paused_for is null`,
  `create index listing_by_price on listing (price_amount, position, id) where paused_for is null`,
  `create index listing_by_price_down on listing (price_amount desc, position, id) where paused_for is null`,
];

export const findListings: Migration = {
  async up(database: Kysely<unknown>) {
    // Only for this transaction: the connection goes back to the pool as it was.
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
