import type {ProcurementRecord} from './records.ts';

/** Why a person is called about an accepted order that does not arrive. It is looked at further on. */
export const overdue = 'overdue';

/** Whether nothing happens to a procurement unless a person acts. */
export function waitsForPerson({attention}: Pick<ProcurementRecord, 'attention'>): boolean {
  return attention !== undefined && attention.reason !== overdue;
}
