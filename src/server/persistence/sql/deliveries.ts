import {sql, type Insertable, type Kysely} from 'kysely';
import type {DeliveryRecord} from '../delivery-record.ts';
import {StaleRecordError, type Queries, type Transaction} from '../store.ts';
import type {DeliveryTable, Tables} from './tables.ts';

/* The outbox: messages about orders that are to be sent, and what became of them. */

export function deliveryQueries(
  database: Kysely<Tables>,
  {lock}: {readonly lock: boolean},
): Pick<Queries, 'deliveries' | 'delivery'> {
  return {
    async deliveries(orderId) {
      const rows = await database
        .selectFrom('delivery')
        .select('record')
        .where('order_id', '=', orderId)
        .orderBy('created_at')
        .orderBy('seq')
        .$if(lock, query => query.forNoKeyUpdate())
        .execute();
      return rows.map(({record}) => record);
    },
    async delivery(id) {
      const row = await database
        .selectFrom('delivery')
        .select('record')
        .where('id', '=', id)
        .$if(lock, query => query.forNoKeyUpdate())
        .executeTakeFirst();
      return row?.record;
    },
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
      await database.insertInto('delivery').values(deliveryRow(delivery)).execute();
      changedOrders.add(delivery.orderId);
    },
    async saveDelivery(delivery) {
      const {numUpdatedRows} = await database
        .updateTable('delivery')
        .set(deliveryRow({...delivery, version: delivery.version + 1}))
        .where('id', '=', delivery.id)
        .where('version', '=', delivery.version)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new StaleRecordError('delivery', delivery.id, delivery.version);
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
