import type {Clock} from '../clock.ts';
import type {FaultBox} from '../faults/fault-box.ts';
import {Notifier} from './notifier.ts';
import {compare, subtract, type Money} from '../../domain/money.ts';
import {
  givenBack,
  PaymentError,
  type Notice,
  type Payment,
  type PaymentEvent,
  type PaymentRefund,
  type PaymentRequest,
} from './payment.ts';

export interface PaymentsSnapshot {
  readonly version: 1;
  readonly payments: readonly Payment[];
  readonly notices: readonly Notice[];
}

export interface PaymentProviderOptions {
  readonly clock: Clock;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Gives unguessable text of at least 128 bits. */
  readonly token: () => string;
  readonly webhookSecret: string;
  readonly faults: FaultBox;
  readonly snapshot?: PaymentsSnapshot;
  readonly onChange?: () => void;
}

/**
 * A payment provider that takes no money: a person, or a test, says what the buyer did. Every change is told to the
 * shop by a signed notice, and can be asked for.
 */
export class PaymentProvider {
  readonly #clock: Clock;
  readonly #token: () => string;
  readonly #faults: FaultBox;
  readonly #onChange: () => void;
  readonly #notifier: Notifier;
  readonly #payments: Map<string, Payment>;
  /** Refunds wait for their bank until {@link settleRefund}. */
  bankTakesItsTime = false;
  readonly #timers = new Map<string, () => void>();
  /** Payments whose change is decided and not yet visible, because its notice goes first. */
  readonly #settling = new Set<string>();

  constructor(options: PaymentProviderOptions) {
    this.#clock = options.clock;
    this.#token = options.token;
    this.#faults = options.faults;
    this.#onChange = options.onChange ?? (() => {});
    this.#payments = new Map(options.snapshot?.payments.map(payment => [payment.id, payment]));
    this.#notifier = new Notifier({...options, onChange: this.#onChange}, options.snapshot?.notices);
    for (const payment of this.#payments.values()) this.#expireInTime(payment);
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#notifier.close();
  }

  /** Resolves once no notice is being sent. */
  idle(): Promise<void> {
    return this.#notifier.idle();
  }

  now(): number {
    return this.#clock.now();
  }

  /**
   * Opens a payment, or finds the one that was opened by the same request before.
   * @param payUrlOf where the page of a payment is.
   * @throws {PaymentError} when the reference belongs to other content.
   */
  create(
    request: PaymentRequest,
    payUrlOf: (id: string) => string,
  ): {readonly payment: Payment; readonly isNew: boolean} {
    const known = this.byReference(request.reference);
    if (known) {
      if (isSameRequest(known, request)) return {payment: known, isNew: false};
      throw new PaymentError('reference_used', `The reference "${request.reference}" belongs to another payment.`);
    }
    const id = `pay_${this.#token()}`;
    const payment: Payment = {
      ...request,
      id,
      status: 'pending',
      payUrl: payUrlOf(id),
      createdAt: this.now(),
    };
    this.#put(payment);
    this.#expireInTime(payment);
    return {payment, isNew: true};
  }

  get(id: string): Payment | undefined {
    return this.#payments.get(id);
  }

  byReference(reference: string): Payment | undefined {
    return this.list().find(payment => payment.reference === reference);
  }

  list(): readonly Payment[] {
    return [...this.#payments.values()];
  }

  /** Those that began in a time, oldest first; `after` is the id of the one before. */
  openedIn(time: {readonly from: number; readonly until: number}, after?: string): readonly Payment[] {
    const opened = this.list().filter(({createdAt}) => createdAt >= time.from && createdAt < time.until);
    return opened.slice(opened.findIndex(({id}) => id === after) + 1);
  }

  notices(): readonly Notice[] {
    return this.#notifier.notices();
  }

  /** The buyer pays in time. @throws {PaymentError} unless the payment is pending. */
  async pay(id: string): Promise<Payment> {
    return this.#settle(this.#must(id, ['pending']), 'paid');
  }

  /** The buyer, or their bank, says no. @throws {PaymentError} unless the payment is pending. */
  async decline(id: string): Promise<Payment> {
    return this.#settle(this.#must(id, ['pending']), 'declined');
  }

  /** The time runs out. @throws {PaymentError} unless the payment is pending. */
  async expire(id: string): Promise<Payment> {
    return this.#settle(this.#must(id, ['pending']), 'expired');
  }

  /** The money arrives after expiry; a payment that is still pending expires first. @throws {PaymentError} */
  async payLate(id: string): Promise<Payment> {
    const payment = this.#must(id, ['pending', 'expired']);
    if (payment.status === 'pending') await this.expire(id);
    return this.#settle(this.#must(id, ['expired']), 'paid');
  }

  /**
   * Gives money of a payment back, or finds what the same reference gave back before.
   * @throws {PaymentError} unless the payment is paid, that much is left of it and the reference is for this amount
   */
  refund(id: string, reference: string, amount: Money): {readonly refund: PaymentRefund; readonly isNew: boolean} {
    const payment = this.#must(id, ['pending', 'paid', 'declined', 'expired']);
    const known = payment.refunds?.find(each => each.reference === reference);
    if (known) {
      if (known.amount.currency === amount.currency && compare(known.amount, amount) === 0)
        return {refund: known, isNew: false};
      throw new PaymentError('reference_used', `The reference "${reference}" gave back another amount.`);
    }
    if (payment.status !== 'paid') throw new PaymentError('does_not_fit', `Payment "${id}" is ${payment.status}.`);
    const left = subtract(payment.amount, givenBack(payment));
    if (amount.currency !== left.currency || compare(amount, left) > 0)
      throw new PaymentError('too_much', `Of payment "${id}" there are ${left.amount} ${left.currency} left.`);
    const refund: PaymentRefund = {
      id: `rfd_${this.#token()}`,
      reference,
      amount,
      status: this.bankTakesItsTime ? 'pending' : 'refunded',
      createdAt: this.now(),
    };
    this.#put({...payment, refunds: [...(payment.refunds ?? []), refund]});
    return {refund, isNew: true};
  }

  /** The bank has done it, or will not. @throws {PaymentError} unless the refund waits for it. */
  settleRefund(id: string, refundId: string, status: 'refunded' | 'failed'): Payment {
    const payment = this.#must(id, ['paid']);
    const refund = payment.refunds?.find(each => each.id === refundId);
    if (refund?.status !== 'pending')
      throw new PaymentError('does_not_fit', `No refund "${refundId}" waits for a bank.`);
    const event = this.#eventOf(payment, status === 'refunded' ? 'payment.refunded' : 'payment.refund_failed');
    const refunds = payment.refunds!.map(each => (each === refund ? {...each, status} : each));
    const settled: Payment = {...payment, refunds, lastEvent: event};
    this.#put(settled);
    void this.#notifier.tell(event, payment.notifyUrl, this.#faults.strike('notify'));
    return settled;
  }

  /** Sends the last notice once more, the same event with the same id. @throws {PaymentError} when none was sent. */
  async notifyAgain(id: string): Promise<Payment> {
    const payment = this.#must(id, ['paid', 'declined', 'expired']);
    if (payment.lastEvent)
      void this.#notifier.tell(payment.lastEvent, payment.notifyUrl, this.#faults.strike('notify'));
    return payment;
  }

  snapshot(): PaymentsSnapshot {
    return {version: 1, payments: this.list(), notices: this.notices()};
  }

  async #settle(payment: Payment, status: 'paid' | 'declined' | 'expired'): Promise<Payment> {
    const now = this.now();
    const event = this.#eventOf(payment, `payment.${status}`);
    const strike = this.#faults.strike('notify');
    const goesFirst = strike.has('notify-before-commit');
    if (goesFirst) {
      this.#settling.add(payment.id);
      await this.#notifier.tell(event, payment.notifyUrl, strike);
      this.#settling.delete(payment.id);
    }
    const settled = {...payment, status, lastEvent: event, ...(status === 'paid' ? {paidAt: now} : {})};
    this.#timers.get(payment.id)?.();
    this.#timers.delete(payment.id);
    this.#put(settled);
    if (!goesFirst) void this.#notifier.tell(event, payment.notifyUrl, strike);
    return settled;
  }

  #eventOf({id: paymentId, reference, amount}: Payment, type: PaymentEvent['type']): PaymentEvent {
    const occurredAt = new Date(this.now()).toISOString();
    return {id: `evt_${this.#token()}`, type, paymentId, reference, amount, occurredAt};
  }

  #expireInTime(payment: Payment): void {
    if (payment.status !== 'pending') return;
    const cancel = this.#clock.after(Math.max(0, payment.expiresAt - this.now()), () => {
      const isOpen = this.#payments.get(payment.id)?.status === 'pending' && !this.#settling.has(payment.id);
      if (isOpen) void this.expire(payment.id);
    });
    this.#timers.set(payment.id, cancel);
  }

  #put(payment: Payment): void {
    this.#payments.set(payment.id, payment);
    this.#onChange();
  }

  #must(id: string, statuses: readonly Payment['status'][]): Payment {
    const payment = this.#payments.get(id);
    if (!payment) throw new PaymentError('absent', `There is no payment "${id}".`);
    if (this.#settling.has(id)) throw new PaymentError('does_not_fit', `Payment "${id}" is being settled; ask again.`);
    if (!statuses.includes(payment.status)) {
      throw new PaymentError(
        'does_not_fit',
        `Payment "${id}" is ${payment.status}; this needs one that is ${statuses.join(' or ')}.`,
      );
    }
    return payment;
  }
}

function isSameRequest(left: PaymentRequest, right: PaymentRequest): boolean {
  return (
    left.amount.currency === right.amount.currency &&
    left.amount.amount === right.amount.amount &&
    left.description === right.description &&
    left.method === right.method &&
    left.returnUrl === right.returnUrl &&
    left.notifyUrl === right.notifyUrl &&
    left.expiresAt === right.expiresAt
  );
}
