import {CompiledQuery, type Insertable, type Kysely} from 'kysely';
import {schemaName, type Tables} from './tables.ts';

/** By table and columns: there are as many as there are kinds of rows. */
const texts = new Map<string, string>();

/**
 * Inserts one row, and answers nothing. Its text is made once: to have Kysely build it costs more than the database needs for
 * the row.
 */
export async function insertRow<Table extends keyof Tables & string>(
  database: Kysely<Tables>,
  table: Table,
  row: Insertable<Tables[Table]>,
): Promise<void> {
  await database.executeQuery(CompiledQuery.raw(textFor(table, Object.keys(row)), Object.values(row)));
}

function textFor(table: string, columns: readonly string[]): string {
  const kind = `${table}(${columns.join()})`;
  let text = texts.get(kind);
  if (text === undefined) {
    const names = columns.map(column => `"${column}"`);
    const places = columns.map((_, index) => `$${index + 1}`);
    text = `insert into "${schemaName}"."${table}" (${names.join(', ')}) values (${places.join(', ')})`;
    texts.set(kind, text);
  }
  return text;
}
