import {StripeRefusal} from './checkout-sessions.ts';

export type PaymentIntentStatus =
  'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';

/** One payment at Stripe, as its API shows it to whoever has the secret key. */
export interface PaymentIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly client_secret: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly amount: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly description: string | null;
  readonly status: PaymentIntentStatus;
  readonly last_payment_error: PaymentError | null;
  readonly next_action: {readonly type: 'redirect_to_url'; readonly redirect_to_url: {readonly url: string}} | null;
  readonly cancellation_reason: string | null;
  readonly created: number;
}

export interface PaymentError {
  readonly type: 'card_error';
  readonly code: string;
  readonly decline_code?: string;
  readonly message: string;
}

export interface PaymentIntentsOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Takes a signed notification to the shop. */
  readonly tell: (type: string, intent: PaymentIntent) => Promise<void>;
}

/** What the numbers of docs.stripe.com/testing stand for. */
const declines: Readonly<Record<string, PaymentError>> = {
  '4000000000000002': declined('card_declined', 'generic_decline', 'Your card was declined.'),
  '4000000000009995': declined('card_declined', 'insufficient_funds', 'Your card has insufficient funds.'),
  '4000000000000069': declined('expired_card', 'expired_card', 'Your card has expired.'),
};
const asksTheBank = '4000002500003155';
/** An account number: the bank takes days. */
const takesDays = '000123456789';

/** Stripe's payments without Stripe and without money. */
export class PaymentIntents {
  readonly #options: PaymentIntentsOptions;
  readonly #intents = new Map<string, PaymentIntent>();
  readonly #opened = new Map<string, {readonly content: string; readonly id: string}>();
  readonly #returnUrls = new Map<string, string>();

  constructor(options: PaymentIntentsOptions) {
    this.#options = options;
  }

  list(): readonly PaymentIntent[] {
    return [...this.#intents.values()];
  }

  /** @throws {StripeRefusal} */
  get(id: string): PaymentIntent {
    const intent = this.#intents.get(id);
    if (!intent) throw new StripeRefusal(404, 'invalid_request_error', `No such payment_intent: ${id}`);
    return intent;
  }

  /** What was paid by one, if anything was. */
  paidBy(id: string): {readonly amount: number; readonly currency: string} | undefined {
    const intent = this.#intents.get(id);
    return intent?.status === 'succeeded' ? {amount: intent.amount_received, currency: intent.currency} : undefined;
  }

  /** For who has its client secret alone. @throws {StripeRefusal} */
  getFor(id: string, clientSecret: string): PaymentIntent {
    const intent = this.get(id);
    if (intent.client_secret !== clientSecret)
      throw new StripeRefusal(404, 'invalid_request_error', `No such payment_intent: ${id}`);
    return intent;
  }

  /** Opens one, or finds what the same key opened with the same content. @throws {StripeRefusal} */
  create(form: URLSearchParams, idempotencyKey: string | undefined): PaymentIntent {
    const content = form.toString();
    const known = idempotencyKey === undefined ? undefined : this.#opened.get(idempotencyKey);
    if (known && known.content !== content)
      throw new StripeRefusal(
        400,
        'idempotency_error',
        'Keys for idempotent requests can only be used with the same parameters.',
      );
    if (known) return this.get(known.id);

    const amount = form.get('amount') ?? '';
    const currency = form.get('currency') ?? '';
    if (!/^\d{1,8}$/.test(amount)) throw new StripeRefusal(400, 'invalid_request_error', `Invalid integer: ${amount}`);
    if (['isk', 'ugx'].includes(currency) && Number(amount) % 100 !== 0)
      throw new StripeRefusal(400, 'invalid_request_error', 'Charged amounts must be evenly divisible by 100.');
    if (form.get('automatic_payment_methods[enabled]') !== 'true')
      throw new StripeRefusal(400, 'invalid_request_error', 'This account takes automatic payment methods alone.');
    const id = `pi_test_${String(this.#intents.size + 1).padStart(16, '0')}`;
    const intent: PaymentIntent = {
      id,
      object: 'payment_intent',
      client_secret: `${id}_secret_${crypto.randomUUID().replaceAll('-', '')}`,
      metadata: Object.fromEntries(
        [...form].flatMap(([name, value]) => {
          const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
          return key === undefined ? [] : [[key, value]];
        }),
      ),
      amount: Number(amount),
      amount_received: 0,
      currency,
      description: form.get('description'),
      status: 'requires_payment_method',
      last_payment_error: null,
      next_action: null,
      cancellation_reason: null,
      created: Math.floor(this.#options.now() / 1000),
    };
    this.#intents.set(id, intent);
    if (idempotencyKey !== undefined) this.#opened.set(idempotencyKey, {content, id});
    return intent;
  }

  /** The shop takes it back. @throws {StripeRefusal} where the buyer was faster. */
  async cancel(id: string, reason: string | null): Promise<PaymentIntent> {
    const {status} = this.get(id);
    if (status === 'succeeded' || status === 'processing' || status === 'canceled')
      throw new StripeRefusal(400, 'invalid_request_error', `A PaymentIntent that is ${status} cannot be canceled.`);
    return this.#change(id, 'payment_intent.canceled', {status: 'canceled', cancellation_reason: reason});
  }

  /**
   * The buyer sends off what they typed in; `page` is where the bank's question is asked.
   * @throws {StripeRefusal} where it is paid already, or over
   */
  async confirm(id: string, number: string, returnUrl: string | undefined, page = ''): Promise<PaymentIntent> {
    const {status} = this.get(id);
    if (status === 'succeeded' || status === 'processing' || status === 'canceled')
      throw new StripeRefusal(400, 'invalid_request_error', `This PaymentIntent is ${status}.`);
    const refusal = declines[number];
    if (refusal) return this.#fail(id, refusal);
    if (number === takesDays)
      return this.#change(id, 'payment_intent.processing', {status: 'processing', last_payment_error: null});
    if (number !== asksTheBank) return this.#succeed(id);
    if (returnUrl === undefined)
      throw new StripeRefusal(400, 'invalid_request_error', 'A `return_url` must be specified.');
    this.#returnUrls.set(id, returnUrl);
    // An error is that of the latest try.
    const asking = {...this.get(id), status: 'requires_action', last_payment_error: null} as const;
    this.#intents.set(id, {
      ...asking,
      next_action: {type: 'redirect_to_url', redirect_to_url: {url: `${page}/${id}`}},
    });
    return this.get(id);
  }

  /** The buyer answers their bank. Answers where their browser goes then. @throws {StripeRefusal} */
  async answerBank(id: string, isThem: boolean): Promise<string> {
    const {client_secret, status} = this.get(id);
    const returnUrl = this.#returnUrls.get(id);
    if (status !== 'requires_action' || returnUrl === undefined)
      throw new StripeRefusal(400, 'invalid_request_error', 'Nobody is asked anything.');
    await (isThem ? this.#succeed(id) : this.#fail(id, notThem));
    const back = new URL(returnUrl);
    back.searchParams.set('payment_intent', id);
    back.searchParams.set('payment_intent_client_secret', client_secret);
    back.searchParams.set('redirect_status', isThem ? 'succeeded' : 'failed');
    return back.href;
  }

  /** What was on its way has come, or will not. */
  async settle(id: string, hasCome: boolean): Promise<PaymentIntent> {
    return hasCome ? this.#succeed(id) : this.#fail(id, returned);
  }

  #succeed(id: string): Promise<PaymentIntent> {
    const {amount} = this.get(id);
    return this.#change(id, 'payment_intent.succeeded', {
      status: 'succeeded',
      amount_received: amount,
      last_payment_error: null,
      next_action: null,
    });
  }

  #fail(id: string, error: PaymentError): Promise<PaymentIntent> {
    return this.#change(id, 'payment_intent.payment_failed', {
      status: 'requires_payment_method',
      last_payment_error: error,
      next_action: null,
    });
  }

  async #change(id: string, type: string, changed: Partial<PaymentIntent>): Promise<PaymentIntent> {
    const intent = {...this.get(id), ...changed};
    this.#intents.set(id, intent);
    await this.#options.tell(type, intent);
    return intent;
  }
}

const notThem: PaymentError = {
  type: 'card_error',
  code: 'payment_intent_authentication_failure',
  message: 'The provided PaymentMethod has failed authentication.',
};
const returned: PaymentError = {type: 'card_error', code: 'debit_not_authorized', message: 'The debit was returned.'};

function declined(code: string, decline_code: string, message: string): PaymentError {
  return {type: 'card_error', code, decline_code, message};
}
