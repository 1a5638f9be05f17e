/** One payment page at Stripe, as its API shows it. */
export interface CheckoutSession {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly client_reference_id: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly amount_total: number;
  readonly currency: string;
  readonly status: 'open' | 'complete' | 'expired';
  readonly payment_status: 'paid' | 'unpaid';
  /** Of what was paid on the page. */
  readonly payment_intent: string | null;
  /** Seconds since the epoch, as all of Stripe's times. */
  readonly created: number;
  readonly expires_at: number;
  readonly url: string | null;
}

/** What was paid on a page, as the list of payments shows it. */
export interface PagePayment {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly metadata: Readonly<Record<string, string>>;
  readonly amount: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly status: 'succeeded' | 'processing';
  readonly created: number;
}

/** A refusal in the words of Stripe's API. */
export class StripeRefusal extends Error {
  override readonly name = 'StripeRefusal';
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

export interface CheckoutSessionsOptions {
  readonly webhookSecret: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Takes a signed notification to the shop. */
  readonly notify: (body: string, signature: string) => Promise<void>;
}

const minutes = 60;

/** Stripe's payment pages without Stripe: nobody pays, somebody says what the buyer did. */
export class CheckoutSessions {
  /** Notifications of the next changes reach nobody. */
  losesNotifications = false;
  readonly #options: CheckoutSessionsOptions;
  readonly #sessions = new Map<string, CheckoutSession>();
  readonly #opened = new Map<string, {readonly content: string; readonly id: string}>();
  /** By session: what its payment is told of the shop, and when it began. */
  readonly #told = new Map<string, Readonly<Record<string, string>>>();
  readonly #began = new Map<string, number>();
  #events = 0;

  constructor(options: CheckoutSessionsOptions) {
    this.#options = options;
  }

  list(): readonly CheckoutSession[] {
    return [...this.#sessions.values()];
  }

  /** @throws {StripeRefusal} */
  get(id: string): CheckoutSession {
    const session = this.#sessions.get(id);
    if (!session) throw new StripeRefusal(404, 'invalid_request_error', `No such checkout.session: ${id}`);
    return session;
  }

  /** What was paid by an intent, if anything was. */
  paidBy(intent: string): {readonly amount: number; readonly currency: string} | undefined {
    const session = this.list().find(each => each.payment_intent === intent && each.payment_status === 'paid');
    return session && {amount: session.amount_total, currency: session.currency};
  }

  /** The payments that began on the pages, oldest first. */
  payments(): readonly PagePayment[] {
    return this.list().flatMap(({id, payment_intent, payment_status, amount_total, currency}) => {
      const created = this.#began.get(id);
      if (payment_intent === null || created === undefined) return [];
      const isPaid = payment_status === 'paid';
      return {
        id: payment_intent,
        object: 'payment_intent' as const,
        metadata: this.#told.get(id) ?? {},
        amount: amount_total,
        amount_received: isPaid ? amount_total : 0,
        currency,
        status: isPaid ? ('succeeded' as const) : ('processing' as const),
        created,
      };
    });
  }

  /** Opens one, or finds what the same key opened with the same content. @throws {StripeRefusal} */
  create(form: URLSearchParams, idempotencyKey: string | undefined): CheckoutSession {
    const content = form.toString();
    const known = idempotencyKey === undefined ? undefined : this.#opened.get(idempotencyKey);
    if (known && known.content !== content)
      throw new StripeRefusal(
        400,
        'idempotency_error',
        'Keys for idempotent requests can only be used with the same parameters.',
      );
    if (known) return this.get(known.id);

    const created = Math.floor(this.#options.now() / 1000);
    const expiresAt = Number(form.get('expires_at') ?? created + 24 * 60 * minutes);
    if (expiresAt < created + 30 * minutes || expiresAt > created + 24 * 60 * minutes)
      throw new StripeRefusal(
        400,
        'invalid_request_error',
        'The `expires_at` timestamp must be between 30 minutes and 24 hours from now.',
      );
    const units = form.get('line_items[0][price_data][unit_amount]') ?? '';
    if (!/^\d{1,8}$/.test(units)) throw new StripeRefusal(400, 'invalid_request_error', `Invalid integer: ${units}`);
    const id = `cs_test_${String(this.#sessions.size + 1).padStart(24, '0')}`;
    const session: CheckoutSession = {
      id,
      object: 'checkout.session',
      client_reference_id: form.get('client_reference_id'),
      metadata: metadataIn(form, 'metadata'),
      amount_total: Number(units) * Number(form.get('line_items[0][quantity]')),
      currency: form.get('line_items[0][price_data][currency]') ?? '',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      created,
      expires_at: expiresAt,
      url: `https://checkout.stripe.example/c/pay/${id}`,
    };
    this.#sessions.set(id, session);
    this.#told.set(id, metadataIn(form, 'payment_intent_data[metadata]'));
    if (idempotencyKey !== undefined) this.#opened.set(idempotencyKey, {content, id});
    return session;
  }

  /** The shop ends a session. @throws {StripeRefusal} where it has ended otherwise. */
  async expire(id: string): Promise<CheckoutSession> {
    if (this.get(id).status !== 'open')
      throw new StripeRefusal(
        400,
        'invalid_request_error',
        'Only Checkout Sessions with a status of `open` can be expired.',
      );
    return this.#change(id, 'checkout.session.expired', {status: 'expired', url: null});
  }

  /** The buyer pays at once. */
  async pay(id: string): Promise<CheckoutSession> {
    return this.#change(id, 'checkout.session.completed', {status: 'complete', payment_status: 'paid', url: null});
  }

  /** The buyer is done, and the money is still on its way. */
  async promise(id: string): Promise<CheckoutSession> {
    return this.#change(id, 'checkout.session.completed', {status: 'complete', url: null});
  }

  /** What was on its way has come, or will not. */
  async settle(id: string, hasCome: boolean): Promise<CheckoutSession> {
    return hasCome
      ? this.#change(id, 'checkout.session.async_payment_succeeded', {payment_status: 'paid'})
      : this.#change(id, 'checkout.session.async_payment_failed', {});
  }

  /** What Stripe would send about a session. */
  event(type: string, session: object): string {
    this.#events += 1;
    const created = Math.floor(this.#options.now() / 1000);
    return JSON.stringify({id: `evt_${this.#events}`, object: 'event', type, created, data: {object: session}});
  }

  /** The value of `Stripe-Signature`: HMAC-SHA-256 over time and body. */
  async sign(body: string, secret = this.#options.webhookSecret, at = this.#options.now()): Promise<string> {
    const time = Math.floor(at / 1000);
    const encoder = new TextEncoder();
    const algorithm = {name: 'HMAC', hash: 'SHA-256'};
    const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(`${time}.${body}`)));
    return `t=${time},v1=${[...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
  }

  async #change(id: string, type: string, changed: Partial<CheckoutSession>): Promise<CheckoutSession> {
    const opened = this.get(id);
    const isDone = changed.status === 'complete';
    const intent = isDone ? opened.id.replace(/^cs_test_/, 'pi_') : opened.payment_intent;
    if (isDone) this.#began.set(id, Math.floor(this.#options.now() / 1000));
    const session = {...opened, payment_intent: intent, ...changed};
    this.#sessions.set(id, session);
    if (!this.losesNotifications) {
      const body = this.event(type, session);
      await this.#options.notify(body, await this.sign(body));
    }
    return session;
  }
}

function metadataIn(form: URLSearchParams, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...form].flatMap(([field, value]) => {
      const key = field.startsWith(`${name}[`) ? /^\[(\w+)\]$/.exec(field.slice(name.length))?.[1] : undefined;
      return key === undefined ? [] : [[key, value]];
    }),
  );
}
