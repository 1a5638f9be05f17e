import type {Kysely} from 'kysely';
import {StaleRecordError} from '../store.ts';
import type {Tables} from './tables.ts';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

/**
 * Writes a record over the version that it was made from, as the next one.
 * @param rowOf a record's row in the table
 * @throws {StaleRecordError} when that version is not the stored one any more
 */
export async function replaceVersion<Row extends Versioned>(
  database: Kysely<Tables>,
  table: 'shop_order' | 'payment' | 'procurement' | 'attempt' | 'ticket' | 'delivery' | 'refund',
  rowOf: (record: Row) => object,
  record: Row,
): Promise<void> {
  const {id, version} = record;
  const {numUpdatedRows} = await database
    .updateTable(table as 'payment')
    .set(rowOf({...record, version: version + 1}))
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new StaleRecordError(table === 'shop_order' ? 'order' : table, id, version);
}
