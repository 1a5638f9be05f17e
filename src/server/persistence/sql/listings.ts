import {sql, type Kysely, type RawBuilder} from 'kysely';
import type {ListingRecord} from '../records.ts';
import {chunks} from './chunks.ts';
import {listingColumns, listingRow} from './rows.ts';
import {schemaName, type Tables} from './tables.ts';

/** A listing that is there, and locked by this transaction. */
export interface LockedListing {
  readonly id: string;
  readonly connectionId: string;
  /** Absent where it was made of other content than what is to replace it: that they differ is known without it. */
  readonly record?: ListingRecord;
}

const listingTable = sql.table(`${schemaName}.listing`);

/** Those of the listings that are there, in the order of their ids. */
export async function lockReplaced(
  database: Kysely<Tables>,
  listings: readonly ListingRecord[],
): Promise<readonly LockedListing[]> {
  if (listings.length === 0) return [];
  const ids = listings.map(({id}) => id);
  // One is read in any case: as a rule, it alone tells that readers see a change.
  const hashes = listings.map(({contentHash}, index) => (index === 0 ? null : (contentHash ?? null)));
  const {rows} = await sql<{id: string; connection_id: string; record: ListingRecord | null}>`
    select listing.id, listing.connection_id,
      case when listing.content_hash <> given.hash then null else listing.record end as record
    from unnest(${ids}::text[], ${hashes}::text[]) as given (id, hash)
    join ${listingTable} as listing on listing.id = given.id
    order by listing.id for no key update of listing`.execute(database);
  return rows.map(({id, connection_id, record}) => ({id, connectionId: connection_id, ...(record && {record})}));
}

/** @param present ids of those whose rows are there, and locked by this transaction */
export async function writeListings(
  database: Kysely<Tables>,
  listings: readonly ListingRecord[],
  present: ReadonlySet<string>,
): Promise<void> {
  const {true: earlier = [], false: fresh = []} = Object.groupBy(listings, ({id}) => `${present.has(id)}`);
  // To update what is known to be there costs the database three quarters of an insert that meets it.
  for (const chunk of chunks(earlier)) {
    await sql`update ${listingTable} as listing set ${setListing('given')} from ${givenListings(chunk)}
      where listing.id = given.id`.execute(database);
  }
  for (const chunk of chunks(fresh)) {
    await sql`insert into ${listingTable} as listing (revision, ${names(listingColumns)})
      select 1, ${names(listingColumns)} from ${givenListings(chunk)}
      on conflict (id) do update set ${setListing('excluded')}`.execute(database);
  }
}

/**
 * Listings as a table `given`. A parameter for each column of each row costs the database twice as much as one JSON text
 * for all of them, and within that the documents would be parsed three times: they come as a text with one in a line.
 */
function givenListings(listings: readonly ListingRecord[]): RawBuilder<unknown> {
  const {record: _, ...columns} = listingColumns;
  const types = Object.entries(columns).map(column => column.join(' '));
  const documents = listings.map(listing => JSON.stringify(listing)).join('\n');
  return sql`(
    select ${names(columns)}, record::json from rows from (
      json_to_recordset(${JSON.stringify(listings.map(listingRow))}::json) as (${sql.raw(types.join(', '))}),
      unnest(string_to_array(${documents}, ${'\n'}))
    ) as given (${names(columns)}, record)
  ) as given`;
}

/** A listing keeps its connection. That its columns are derived already is told by its next revision. */
function setListing(from: 'given' | 'excluded'): RawBuilder<unknown> {
  const {id: _, connection_id: __, ...columns} = listingColumns;
  const changes = Object.keys(columns).map(name => `${name} = ${from}.${name}`);
  return sql.raw(['revision = listing.revision + 1', ...changes].join(', '));
}

function names(columns: Readonly<Record<string, string>>): RawBuilder<unknown> {
  return sql.raw(Object.keys(columns).join(', '));
}
