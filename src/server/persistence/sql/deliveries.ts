import {sql, type Insertable, type Kysely} from 'kysely';
import type {DeliveryRecord} from '../delivery-record.ts';
import type {Queries, Transaction} from '../store.ts';
import {insertRow} from './insert-row.ts';
import {recordReader} from './record-reader.ts';
import {replaceVersion} from './replace-version.ts';
import type {DeliveryTable, Tables} from './tables.ts';

/* The outbox: messages about orders that are to be sent, and what became of them. */

export function deliveryQueries(
  database: Kysely<Tables>,
  {lock}: {readonly lock: boolean},
): Pick<Queries, 'deliveries' | 'delivery'> {
  const {one, all} = recordReader(database, {lock});
  return {
    deliveries: orderId => all('delivery', {order_id: orderId}, ['created_at', 'seq']),
    delivery: id => one('delivery', {id}),
  };
}

export async function pendingDeliveryIds(database: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('delivery')
    .select('id')
    .where('state', '=', sql.lit('pending' as const))
    .orderBy('created_at')
    .orderBy('seq')
    .execute();
  return rows.map(({id}) => id);
}

export function deliveryWrites(
  database: Kysely<Tables>,
  changedOrders: Set<string>,
): Pick<Transaction, 'insertDelivery' | 'saveDelivery'> {
  return {
    async insertDelivery(delivery) {
      await insertRow(database, 'delivery', deliveryRow(delivery));
      changedOrders.add(delivery.orderId);
    },
    async saveDelivery(delivery) {
      await replaceVersion(database, 'delivery', deliveryRow, delivery);
      changedOrders.add(delivery.orderId);
    },
  };
}

function deliveryRow(delivery: DeliveryRecord): Insertable<DeliveryTable> {
  return {
    id: delivery.id,
    order_id: delivery.orderId,
    channel: delivery.channel,
    occasion: delivery.occasion,
    turn: delivery.turn,
    version: delivery.version,
    state: delivery.state,
    created_at: delivery.createdAt,
    record: JSON.stringify(delivery),
  };
}
