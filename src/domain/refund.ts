import {add, compare, isPositive, subtract, sum, zero, type Money} from './money.ts';
import {TransitionError} from './transition.ts';

/**
 * Where money stands that goes back to a buyer (退款).
 *
 * - `asked`: it is to go back, and the payment provider has not been told yet
 * - `sent`: the provider was told; what came of it is not known yet
 * - `refunded`: the provider said so, or a person who sent it themselves
 * - `needs_help`: nothing happens any more unless a person acts
 * - `dropped`: it is not owed any more, and was never sent
 */
export const refundStates = ['asked', 'sent', 'refunded', 'needs_help', 'dropped'] as const;

export type RefundState = (typeof refundStates)[number];

export type RefundEvent =
  /** Written down before the provider is told, also when it is told again. */
  | {readonly type: 'sent'}
  | {readonly type: 'confirmed'}
  | {readonly type: 'help_needed'}
  /** A person sent the money back by another way. */
  | {readonly type: 'sent_back'}
  /** A person wants the provider to be asked again; `doubtful`: it may have done what it was told before. */
  | {readonly type: 'asked_again'; readonly doubtful: boolean}
  | {readonly type: 'dropped'};

/** @throws {TransitionError} when the event does not fit the state. */
export function reduceRefund(state: RefundState, event: RefundEvent): RefundState {
  const from = (...states: readonly RefundState[]) => states.includes(state);
  switch (event.type) {
    case 'sent':
      if (from('asked', 'sent')) return 'sent';
      break;
    case 'confirmed':
      if (from('sent', 'needs_help')) return 'refunded';
      break;
    case 'help_needed':
      if (from('asked', 'sent')) return 'needs_help';
      break;
    case 'sent_back':
      if (from('needs_help')) return 'refunded';
      break;
    case 'asked_again':
      if (from('needs_help')) return event.doubtful ? 'sent' : 'asked';
      break;
    case 'dropped':
      if (from('asked', 'needs_help')) return 'dropped';
      break;
  }
  throw new TransitionError('refund', state, event.type);
}

/** A payment that money can go back of. */
export interface RefundablePayment {
  readonly paymentId: string;
  /** What came in. */
  readonly paid: Money;
  /** What went back of it, or is to. */
  readonly promised: Money;
}

export interface RefundPart {
  readonly paymentId: string;
  readonly amount: Money;
}

/**
 * Of which payments an amount goes back: of each as much as is left of it, in the order given.
 * @returns the parts, and what no payment has any more
 */
export function allocateRefund(
  amount: Money,
  payments: readonly RefundablePayment[],
): {readonly parts: readonly RefundPart[]; readonly missing: Money} {
  const parts: RefundPart[] = [];
  let missing = amount;
  for (const {paymentId, paid, promised} of payments) {
    const left = subtract(paid, promised);
    const part = compare(left, missing) < 0 ? left : missing;
    if (!isPositive(part)) continue;
    parts.push({paymentId, amount: part});
    missing = subtract(missing, part);
  }
  return {parts, missing: isPositive(missing) ? missing : zero(amount.currency)};
}

/** What refunds take from the buyer's money, done or to be done. */
export function promisedBy(
  refunds: readonly {readonly state: RefundState; readonly amount: Money}[],
  currency: string,
): Money {
  return sum(
    refunds.flatMap(({state, amount}) => (state === 'dropped' ? [] : amount)),
    currency,
  );
}

/** What is still to go back. */
export function outstandingOf(
  refunds: readonly {readonly state: RefundState; readonly amount: Money}[],
  currency: string,
): Money {
  return refunds.reduce(
    (whole, {state, amount}) => (state === 'refunded' || state === 'dropped' ? whole : add(whole, amount)),
    zero(currency),
  );
}
