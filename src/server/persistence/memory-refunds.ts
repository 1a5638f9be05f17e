import {refundHelpReasons} from '../../contract/refund.ts';
import type {MemoryTables} from './memory-tables.ts';
import type {RefundQueries} from './refund-record.ts';

/* Money that goes back to buyers. */

export function memoryRefundQueries(tables: MemoryTables): RefundQueries {
  return {
    async refunds(orderId) {
      return tables.refunds.where('order', orderId).sort(byAge);
    },
    refund: async id => tables.refunds.get(id),
    async refundsIn(state, {offset, limit}) {
      const found = tables.refunds.where('state', state).sort(byAge);
      return found.slice(offset, offset + limit);
    },
    async refundsWaiting() {
      const help = tables.refunds.where('state', 'needs_help').flatMap(refund => refund.help ?? []);
      return refundHelpReasons.flatMap(reason => {
        const times = help.filter(each => each.reason === reason).map(({since}) => since);
        return times.length === 0 ? [] : [{reason, count: times.length, since: Math.min(...times)}];
      });
    },
  };
}

export function openRefundIds(tables: MemoryTables): readonly string[] {
  return tables.refunds
    .where('state', 'asked', 'sent')
    .sort(byAge)
    .map(({id}) => id);
}

function byAge(a: {readonly createdAt: number}, b: {readonly createdAt: number}): number {
  return a.createdAt - b.createdAt;
}
