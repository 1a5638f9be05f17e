import {sql, type Kysely} from 'kysely';
import type {ReconciliationQueries, ReconciliationWrites} from '../reconciliation-record.ts';
import {recordReader} from './record-reader.ts';
import type {Tables} from './tables.ts';

/* What the comparisons with payment providers look at, and what came of them. */

export function reconciliationQueries(database: Kysely<Tables>): ReconciliationQueries {
  const {one} = recordReader(database, {lock: false});
  return {
    async paymentsOpened(provider, {from, until}, {offset, limit}) {
      const rows = await database
        .selectFrom('payment')
        .select('record')
        .where('provider', '=', provider)
        .where('created_at', '>=', from)
        .where('created_at', '<', until)
        .orderBy('created_at')
        .orderBy('seq')
        .offset(offset)
        .limit(limit)
        .execute();
      return rows.map(({record}) => record);
    },
    reconciliation: id => one('reconciliation', {id}),
    async reconciliations({provider, scheduled = false, offset, limit}) {
      const rows = await database
        .selectFrom('reconciliation')
        .select('record')
        .$if(provider !== undefined, query => query.where('provider', '=', provider!))
        .$if(scheduled, query => query.where(sql<boolean>`record->>'by' is null`))
        .orderBy('seq', 'desc')
        .offset(offset)
        .limit(limit)
        .execute();
      return rows.map(({record}) => record);
    },
  };
}

export function reconciliationWrites(database: Kysely<Tables>): ReconciliationWrites {
  return {
    async claimReconciliation(record) {
      const {id, provider, startedAt} = record;
      await database
        .insertInto('reconciliation')
        .values({id, provider, started_at: startedAt, record: JSON.stringify(record)})
        .onConflict(conflict => conflict.doNothing())
        .execute();
      const {record: kept} = await database
        .selectFrom('reconciliation')
        .select('record')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return kept;
    },
  };
}
