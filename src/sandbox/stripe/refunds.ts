import {StripeRefusal} from './checkout-sessions.ts';

/** One refund at Stripe, as its API shows it. */
export interface StripeRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly payment_intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly failure_reason?: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface RefundsOptions {
  /** What was paid by an intent, if anything was. */
  readonly paidBy: (intent: string) => {readonly amount: number; readonly currency: string} | undefined;
  /** Tells the shop. */
  readonly tell: (type: string, refund: StripeRefund) => Promise<void>;
}

/** Stripe's refunds without Stripe: somebody says what the bank did. */
export class Refunds {
  /** New ones wait for {@link settle}. */
  bankTakesItsTime = false;
  readonly #options: RefundsOptions;
  readonly #refunds = new Map<string, StripeRefund>();
  readonly #made = new Map<string, {readonly content: string; readonly id: string}>();

  constructor(options: RefundsOptions) {
    this.#options = options;
  }

  /** The newest first. */
  list(intent: string): readonly StripeRefund[] {
    return [...this.#refunds.values()].filter(({payment_intent}) => payment_intent === intent).toReversed();
  }

  /** Gives money back, or finds what the same key gave back with the same content. @throws {StripeRefusal} */
  create(form: URLSearchParams, idempotencyKey: string | undefined): StripeRefund {
    const content = form.toString();
    const known = idempotencyKey === undefined ? undefined : this.#made.get(idempotencyKey);
    if (known && known.content !== content)
      throw new StripeRefusal(
        400,
        'idempotency_error',
        'Keys for idempotent requests can only be used with the same parameters.',
      );
    if (known) return this.#refunds.get(known.id)!;
    const intent = form.get('payment_intent') ?? '';
    const paid = this.#options.paidBy(intent);
    if (!paid) throw new StripeRefusal(404, 'invalid_request_error', `No such payment_intent: '${intent}'`);
    const back = this.list(intent).reduce((sum, {status, amount}) => sum + (status === 'failed' ? 0 : amount), 0);
    const amount = Number(form.get('amount') ?? paid.amount - back);
    if (!Number.isSafeInteger(amount) || amount < 1 || amount > paid.amount - back)
      throw new StripeRefusal(
        400,
        'invalid_request_error',
        `Refund amount (${amount}) is greater than unrefunded amount on charge (${paid.amount - back})`,
      );
    const id = `re_${String(this.#refunds.size + 1).padStart(24, '0')}`;
    const refund: StripeRefund = {
      id,
      object: 'refund',
      payment_intent: intent,
      amount,
      currency: paid.currency,
      status: this.bankTakesItsTime ? 'pending' : 'succeeded',
      metadata: Object.fromEntries(
        [...form].flatMap(([name, value]) => {
          const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
          return key === undefined ? [] : [[key, value]];
        }),
      ),
    };
    this.#refunds.set(id, refund);
    if (idempotencyKey !== undefined) this.#made.set(idempotencyKey, {content, id});
    return refund;
  }

  /** The bank has done it, or will not. */
  async settle(id: string, isDone: boolean): Promise<StripeRefund> {
    const refund = this.#refunds.get(id);
    if (!refund) throw new StripeRefusal(404, 'invalid_request_error', `No such refund: '${id}'`);
    const settled: StripeRefund = isDone
      ? {...refund, status: 'succeeded'}
      : {...refund, status: 'failed', failure_reason: 'lost_or_stolen_card'};
    this.#refunds.set(id, settled);
    await this.#options.tell(isDone ? 'refund.updated' : 'refund.failed', settled);
    return settled;
  }
}
