import type {Reconciliation} from '../../contract/reconciliation.ts';
import type {ReconciliationRecord} from '../persistence/reconciliation-record.ts';

/** Reads a comparison with a payment provider as the people who run the shop see it. */
export function reconciliationView(record: ReconciliationRecord): Reconciliation {
  const {id, provider, from, until, by, startedAt, endedAt, compared, differences, differenceCount, failure} = record;
  return {
    id,
    provider,
    from: instant(from),
    until: instant(until),
    ...(by !== undefined && {by}),
    startedAt: instant(startedAt),
    endedAt: instant(endedAt),
    compared,
    differences: [...differences],
    differenceCount,
    ...(failure !== undefined && {failure}),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
