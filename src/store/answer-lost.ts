import {isConnectionError, isKeystallError, isUnreadableAnswerError, ProblemError} from '../client/errors.ts';
import type {ProblemCode} from '../contract/problem.ts';

/** The API's definite refusals with HTTP 409, which answers what is still in flight as well. */
const conflicts: readonly string[] = [
  'quote_expired',
  'coupon_used_up',
  'payment_not_possible',
  'keys_not_ready',
  'ticket_limit_reached',
  'ticket_closed',
  'evidence_limit_reached',
  'decision_not_possible',
  'delivery_not_possible',
] satisfies ProblemCode[];

/**
 * Whether a failed request may have done its work all the same, or may do it when sent again: only the API's own "no"
 * is definite. An unknown code with 409 is taken for "still in flight".
 */
export function isAnswerLost(error: unknown): boolean {
  if (isConnectionError(error) || isUnreadableAnswerError(error)) return true;
  if (!(error instanceof ProblemError)) return false;
  const {code, status = 0} = error;
  if (code === 'payment_provider_unavailable') return false;
  return status >= 500 || [408, 425, 429].includes(status) || (status === 409 && !conflicts.includes(code));
}

/** Whether asking again later, for something that only reads, may help. */
export function isPassing(error: unknown): boolean {
  return isKeystallError(error) && (isAnswerLost(error) || (error.status ?? 0) >= 500);
}
