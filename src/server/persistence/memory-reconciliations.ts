import type {MemoryTables} from './memory-tables.ts';
import type {ReconciliationQueries} from './reconciliation-record.ts';

/* The comparisons with payment providers. */

export function memoryReconciliationQueries(tables: MemoryTables): ReconciliationQueries {
  return {
    async paymentsOpened(provider, {from, until}, {offset, limit}) {
      const found = tables.payments
        .all()
        .filter(payment => payment.provider === provider && payment.createdAt >= from && payment.createdAt < until)
        .sort((a, b) => a.createdAt - b.createdAt);
      return found.slice(offset, offset + limit);
    },
    reconciliation: async id => tables.reconciliations.get(id),
    async reconciliations({provider, scheduled = false, offset, limit}) {
      const found = tables.reconciliations
        .all()
        .filter(each => provider === undefined || each.provider === provider)
        .filter(({by}) => !scheduled || by === undefined);
      return found.toReversed().slice(offset, offset + limit);
    },
  };
}
