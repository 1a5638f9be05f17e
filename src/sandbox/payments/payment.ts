import {sum, type Money} from '../../domain/money.ts';

export type PaymentStatus = 'pending' | 'paid' | 'declined' | 'expired';

/** What a shop says when it asks for money. Times are epoch milliseconds. */
export interface PaymentRequest {
  /** The shop's own number, unique per payment. */
  readonly reference: string;
  readonly amount: Money;
  readonly description: string;
  /** `redirect`: the buyer is sent to the page. `qr`: the buyer's phone opens it. `element`: within the shop's page. */
  readonly method: 'redirect' | 'qr' | 'element';
  readonly returnUrl: string;
  readonly notifyUrl: string;
  readonly expiresAt: number;
}

export interface Payment extends PaymentRequest {
  /** Unguessable: whoever knows it may look at the page. */
  readonly id: string;
  readonly status: PaymentStatus;
  readonly payUrl: string;
  readonly createdAt: number;
  /** May be later than `expiresAt`. */
  readonly paidAt?: number;
  /** Oldest first. */
  readonly refunds?: readonly PaymentRefund[];
  /** What the shop was told last. */
  readonly lastEvent?: PaymentEvent;
}

/** Money of a payment that went back to its buyer. */
export interface PaymentRefund {
  readonly id: string;
  /** The shop's own, unique per payment. */
  readonly reference: string;
  readonly amount: Money;
  /** `pending`: the bank takes its time. */
  readonly status: 'pending' | 'refunded' | 'failed';
  readonly createdAt: number;
}

/** What went back of a payment, or is on its way. */
export function givenBack({refunds = [], amount}: Payment): Money {
  return sum(
    refunds.flatMap(refund => (refund.status === 'failed' ? [] : refund.amount)),
    amount.currency,
  );
}

/** The notice a shop gets; its JSON is what is signed. */
export interface PaymentEvent {
  readonly id: string;
  readonly type: 'payment.paid' | 'payment.declined' | 'payment.expired' | 'payment.refunded' | 'payment.refund_failed';
  readonly paymentId: string;
  readonly reference: string;
  readonly amount: Money;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
}

/** One notice on its way: each try with what came of it (a status code, or why there was none). */
export interface Notice {
  readonly event: PaymentEvent;
  readonly url: string;
  readonly state: 'pending' | 'delivered' | 'given_up' | 'lost';
  readonly tries: readonly {readonly at: number; readonly outcome: number | 'unreachable'}[];
}

export type PaymentErrorReason = 'absent' | 'reference_used' | 'does_not_fit' | 'too_much';

/** A payment cannot be made or changed as asked; nothing has changed. */
export class PaymentError extends Error {
  override readonly name = 'PaymentError';
  readonly reason: PaymentErrorReason;

  constructor(reason: PaymentErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export function isPaymentError(value: unknown): value is PaymentError {
  return value instanceof PaymentError;
}
