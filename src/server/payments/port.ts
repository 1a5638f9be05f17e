import type {PaymentMethod} from '../../contract/shop.ts';
import type {PaymentInstructions} from '../../contract/payment.ts';
import type {Money} from '../../domain/money.ts';

/** What a payment provider's adapter is to the shop server. */
export interface PaymentProvider {
  /** Part of the notification's address: `/v1/payments/{id}/notifications`. */
  readonly id: string;
  readonly methods: readonly ProviderMethod[];
  /** Where no notification tells of the money, and a person does: see confirm-payment.ts. */
  readonly byHand?: {
    /** The references that a line of a bank statement can name, as `open` gives them out; none where it was mistyped. */
    readReferences(line: string): readonly string[];
  };
  /**
   * Opens a payment at the provider, or finds the one that was opened under the same reference.
   * @throws {PaymentProviderError} when the provider gave no reliable answer; trying again is safe.
   */
  open(request: OpenPaymentRequest, signal: AbortSignal): Promise<OpenedPayment>;
  /**
   * Reads a notification. Resolves only for one the provider certainly sent.
   * @throws {NotificationError} for everything else.
   */
  verify(notification: IncomingNotification): Promise<PaymentNotification>;
  /** Gives money back through the provider. Absent: a person does. */
  readonly refunds?: {
    /** Whether money of one payment can go back more than once: in parts. */
    readonly repeatable: boolean;
    /** Tells the provider to give money back, under a reference by which it does so once. Never throws. */
    send(request: ProviderRefund, signal: AbortSignal): Promise<RefundOutcome>;
    /** Asks what came of it. Never throws. */
    ask(request: ProviderRefund, signal: AbortSignal): Promise<RefundOutcome | RefundAbsent>;
  };
  /** What the provider has of payments that began in a time; absent where it can only be asked about each. */
  list?(time: {readonly from: number; readonly until: number}, signal: AbortSignal): AsyncIterable<ListedPayment>;
  /** The words the provider takes as "received". */
  readonly acknowledgement: string;
  /** Asks the provider how a payment stands. */
  query(
    reference: {readonly paymentId: string; readonly providerReference?: string},
    signal: AbortSignal,
  ): Promise<PaymentStatus>;
}

/** A call to the notification's address, as it came in. */
export interface IncomingNotification {
  /** Providers that call by GET say everything in its query. */
  readonly url: string;
  readonly headers: Headers;
  /** Empty for a GET. */
  readonly body: string;
}

/** A way to pay, with its name by language; the first language is the one to fall back on. */
export interface ProviderMethod extends Omit<PaymentMethod, 'label'> {
  readonly labels: Readonly<Record<string, string>>;
  /** How long what it opens can be paid, where that is less than the order's payment window: a QR code ages. */
  readonly lifetimeMs?: number;
  /** How long from its placing an order waits for a payment by it, where that is longer than for others: a transfer takes days. */
  readonly windowMs?: number | undefined;
}

export interface OpenPaymentRequest {
  /** Ours; the provider's idempotency key. */
  readonly paymentId: string;
  /** What buyer and shop call the order. */
  readonly orderNumber: string;
  readonly method: string;
  readonly amount: Money;
  readonly description: string;
  /** Where the buyer's browser goes afterwards: an address of this server, which leads on to the buyer's page. */
  readonly returnUrl?: string;
  /** Where the provider's notification goes. */
  readonly notifyUrl: string;
  readonly expiresAt: number;
  readonly lang: string;
  /** Who pays, as far as the server knows. */
  readonly buyer?: {readonly address?: string; readonly userAgent?: string};
}

export interface OpenedPayment {
  /** The provider's own number; absent where it has none before the buyer comes. */
  readonly providerReference?: string;
  readonly instructions: PaymentInstructions;
}

/** Money that is to go back to who paid it. */
export interface ProviderRefund {
  /** Ours; the provider's idempotency key. */
  readonly reference: string;
  readonly paymentId: string;
  /** The provider's own number of the payment. */
  readonly paymentReference?: string;
  readonly amount: Money;
  /** What was paid. */
  readonly paid: Money;
}

export type RefundOutcome =
  /** The provider says that the money has gone back. */
  | {readonly state: 'refunded'; readonly reference?: string}
  /** It has taken it in, and has not done it yet. */
  | {readonly state: 'pending'; readonly reference?: string}
  /** It certainly has not done it, and will not. */
  | {readonly state: 'refused'; readonly reason: string}
  /** Nobody knows: it is asked about, and never sent again blindly. */
  | {readonly state: 'unknown'; readonly reason: string};

/** The provider has never heard of it: sent under the same reference, it is done once. */
export interface RefundAbsent {
  readonly state: 'absent';
}

/** A payment as the provider lists it. */
export interface ListedPayment {
  /** Our id of it, as far as the provider was told. */
  readonly paymentId: string;
  /** The provider's own number. */
  readonly reference: string;
  readonly isPaid: boolean;
  readonly amount: Money;
  /** What went back of it, or is on its way; absent where the list does not say. */
  readonly refunded?: Money;
}

/** A verified statement of the provider about one payment. Amounts are compared before anything is believed. */
export interface PaymentNotification {
  readonly eventId: string;
  readonly paymentId: string;
  readonly status: PaymentStatus;
  /** It is about a refund of this payment: the provider is asked about those that are on their way. */
  readonly isAboutRefund?: true;
}

export interface PaymentStatus {
  /** `processing`: the buyer has done all they can, and the money is on its way, for days perhaps. */
  readonly state: 'pending' | 'processing' | 'paid' | 'declined' | 'expired' | 'absent';
  /** Declined, and the buyer may try again with the same payment: nothing has come to an end, unless money was on its way. */
  readonly mayRetry?: boolean;
  readonly providerReference?: string;
  readonly amount?: Money;
  /** Epoch milliseconds. */
  readonly paidAt?: number;
  /** The provider says that money of it went back; how much, it does not. */
  readonly wentBack?: true;
}

export class PaymentProviderError extends Error {
  override readonly name = 'PaymentProviderError';
}

export class NotificationError extends Error {
  override readonly name = 'NotificationError';
}
