import {sql, type Insertable, type Kysely} from 'kysely';
import type {RefundHelpReason} from '../../../contract/refund.ts';
import type {RefundQueries, RefundRecord, RefundWrites} from '../refund-record.ts';
import {insertRow} from './insert-row.ts';
import {recordReader} from './record-reader.ts';
import {replaceVersion} from './replace-version.ts';
import type {RefundTable, Tables} from './tables.ts';

/* Money that goes back to buyers. */

export function refundQueries(database: Kysely<Tables>, {lock}: {readonly lock: boolean}): RefundQueries {
  const {one, all} = recordReader(database, {lock});
  return {
    refunds: orderId => all('refund', {order_id: orderId}, ['created_at', 'seq']),
    refund: id => one('refund', {id}),
    async refundsIn(state, {offset, limit}) {
      const rows = await database
        .selectFrom('refund')
        .select('record')
        .where('state', '=', state)
        .orderBy('created_at')
        .orderBy('seq')
        .offset(offset)
        .limit(limit)
        .execute();
      return rows.map(({record}) => record);
    },
    async refundsWaiting() {
      const reason = sql<RefundHelpReason>`record -> 'help' ->> 'reason'`;
      const rows = await database
        .selectFrom('refund')
        .select([reason.as('reason'), sql<string>`count(*)`.as('count')])
        .select(sql<string>`min((record -> 'help' ->> 'since')::bigint)`.as('since'))
        .where('state', '=', 'needs_help')
        .where(reason, 'is not', null)
        .groupBy(reason)
        .execute();
      return rows.map(row => ({reason: row.reason, count: Number(row.count), since: Number(row.since)}));
    },
  };
}

export async function openRefundIds(database: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('refund')
    .select('id')
    .where('state', 'in', [sql.lit('asked' as const), sql.lit('sent' as const)])
    .orderBy('created_at')
    .orderBy('seq')
    .execute();
  return rows.map(({id}) => id);
}

export function refundWrites(database: Kysely<Tables>, changedOrders: Set<string>): RefundWrites {
  return {
    async insertRefund(refund) {
      await insertRow(database, 'refund', refundRow(refund));
      changedOrders.add(refund.orderId);
    },
    async saveRefund(refund) {
      await replaceVersion(database, 'refund', refundRow, refund);
      changedOrders.add(refund.orderId);
    },
  };
}

function refundRow(refund: RefundRecord): Insertable<RefundTable> {
  return {
    id: refund.id,
    order_id: refund.orderId,
    payment_id: refund.paymentId,
    purpose: refund.purpose,
    version: refund.version,
    state: refund.state,
    created_at: refund.createdAt,
    record: JSON.stringify(refund),
  };
}
