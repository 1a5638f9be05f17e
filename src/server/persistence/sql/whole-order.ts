import {sql, type Kysely, type RawBuilder} from 'kysely';
import type {WholeOrder} from '../store.ts';
import {schemaName, type Tables} from './tables.ts';

type List = Exclude<keyof WholeOrder, 'order'>;

/** Where each list of an order lies, and what it is ordered by. */
const lists = {
  payments: ['payment', 'created_at, seq'],
  procurements: ['procurement', 'created_at, seq'],
  cards: ['card', 'line_id, position'],
  deliveries: ['delivery', 'created_at, seq'],
  refunds: ['refund', 'created_at, seq'],
} as const satisfies Readonly<Record<List, readonly [table: keyof Tables, order: string]>>;

/** One statement, and so one snapshot: six would cost an order that is watched more than all it writes. */
export async function readWholeOrder(database: Kysely<Tables>, id: string): Promise<WholeOrder | undefined> {
  const columns = Object.entries(lists).map(([name, [table, order]]): RawBuilder<unknown> => {
    const records = sql`json_agg(record order by ${sql.raw(order)})`;
    return sql`(select coalesce(${records}, '[]') from ${ours(table)} where order_id = ${id}) as ${sql.id(name)}`;
  });
  const {rows} = await sql<WholeOrder>`
    select record as "order", ${sql.join(columns)} from ${ours('shop_order')} where id = ${id}`.execute(database);
  return rows[0];
}

const ours = (table: keyof Tables): RawBuilder<unknown> => sql.table(`${schemaName}.${table}`);
