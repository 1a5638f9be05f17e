import type {Kysely} from 'kysely';
import type {Document, Tables} from './tables.ts';

type RecordTable = {
  [Name in keyof Tables]: Tables[Name] extends {record: Document<unknown>} ? Name : never;
}[keyof Tables];
type RecordIn<Name extends RecordTable> = Tables[Name] extends {record: Document<infer Content>} ? Content : never;
/** Columns, and what they are to hold, all of them. */
type Match<Name extends RecordTable> = Readonly<Partial<Record<keyof Tables[Name], string>>>;

/** Reads whole records by their columns. With `lock`, their rows stay locked against change, see {@link sqlQueries}. */
export interface RecordReader {
  one<Name extends RecordTable>(table: Name, match: Match<Name>): Promise<RecordIn<Name> | undefined>;
  /** @param order columns, the first one first */
  all<Name extends RecordTable>(
    table: Name,
    match: Match<Name>,
    order: readonly (keyof Tables[Name])[],
  ): Promise<readonly RecordIn<Name>[]>;
}

export function recordReader(database: Kysely<Tables>, {lock}: {readonly lock: boolean}): RecordReader {
  // One table's types stand for those of all: what a table has is checked where its name is known.
  const select = (table: RecordTable, match: object) =>
    database
      .selectFrom(table as 'payment')
      .select('record')
      .where(({and}) => and(match))
      .$if(lock, query => query.forNoKeyUpdate());
  return {
    async one<Name extends RecordTable>(table: Name, match: Match<Name>) {
      const row = await select(table, match).executeTakeFirst();
      return row?.record as RecordIn<Name> | undefined;
    },
    async all<Name extends RecordTable>(table: Name, match: Match<Name>, order: readonly (keyof Tables[Name])[]) {
      let query = select(table, match);
      for (const column of order) query = query.orderBy(column as 'seq');
      const rows = await query.execute();
      return rows.map(({record}) => record as RecordIn<Name>);
    },
  };
}
