import type {ProcurementRecord} from './records.ts';

/** Whether nothing happens to a procurement unless a person acts: an order that is only overdue is followed on for a while. */
export function waitsForPerson({
  attention,
  followUntil,
}: Pick<ProcurementRecord, 'attention' | 'followUntil'>): boolean {
  return attention !== undefined && (attention.reason !== 'overdue' || followUntil === undefined);
}
