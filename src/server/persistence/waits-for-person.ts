import type {CaseReason} from '../../contract/case.ts';
import type {Attention, ProcurementRecord} from './records.ts';

/** A person is called for these while the platform is asked further on: the goods may come by themselves. */
const followedOn: ReadonlySet<CaseReason> = new Set<CaseReason>(['overdue', 'refunded_in_part']);

/** Whether nothing happens to a procurement unless a person acts: an accepted order is followed on for a while. */
export function waitsForPerson({
  attention,
  followUntil,
}: Pick<ProcurementRecord, 'attention' | 'followUntil'>): boolean {
  return attention !== undefined && (!isFollowedOn(attention) || followUntil === undefined);
}

export function isFollowedOn({reason}: Attention): boolean {
  return followedOn.has(reason);
}
