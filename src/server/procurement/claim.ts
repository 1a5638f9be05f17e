import type {BuyOutcome} from '../../upstreams/port.ts';
import type {AttemptRecord} from '../persistence/records.ts';
import type {PurchaseOutcome} from './purchase-outcome.ts';

/** A reselling platform waits for its own platform, more than once. */
export const buyPatienceMs = 80_000;
/** As long as a process may be at work on what it has claimed, and a platform on what it was sent. */
export const leaseMs = buyPatienceMs + 5000;

/** One sending of a purchase, or one look into it, that a process has taken on. */
export interface Claim {
  readonly attempt: AttemptRecord;
  /** Until when the platform may be at work on what it was sent before. */
  readonly underWayBefore: number;
}

/** Whether nobody has taken it over since: a claim is known by who holds it until when. */
export function isHeld({attempt}: Claim, current: AttemptRecord): boolean {
  return current.id === attempt.id && current.worker === attempt.worker && current.leaseUntil === attempt.leaseUntil;
}

/**
 * Whether an answer holds whatever else is sent meanwhile under the same reference. That the platform has not sold does not:
 * it may do so on behalf of who has taken the claim over.
 */
export function isLasting({kind}: PurchaseOutcome): boolean {
  return kind === 'delivered' || kind === 'accepted' || kind === 'charged_without_goods';
}

/** Whether the platform has answered, so that it is not at work on this any more. */
export function isAnswered(outcome: PurchaseOutcome): boolean {
  return outcome.kind !== 'unknown' || outcome.reason === 'ambiguous_refusal';
}

/** Of what is not sent because others may have taken this process for dead, and have sent it themselves. */
export const notSentFromHere: Extract<BuyOutcome, {kind: 'unknown'}> = {
  kind: 'unknown',
  reason: 'connection',
  text: 'Not sent: the other processes may have taken this one for dead, and may have sent it themselves',
};
