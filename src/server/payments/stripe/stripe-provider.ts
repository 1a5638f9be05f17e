import type Stripe from 'stripe';
import {MoneyError} from '../../../domain/money.ts';
import type {Clock} from '../../clock.ts';
import {
  NotificationError,
  PaymentProviderError,
  type OpenPaymentRequest,
  type PaymentProvider,
  type PaymentStatus,
} from '../port.ts';
import {fromStripeAmount, toStripeAmount} from './amounts.ts';
import {createStripeRefunds} from './stripe-refunds.ts';

export interface StripeOptions {
  /** Part of the notification's address, and the id of the method. */
  readonly id: string;
  /** Origin of the API: `https://api.stripe.com`, unless something stands in its place. */
  readonly url: string;
  readonly secretKey: string;
  /** Of the one endpoint that Stripe notifies, `whsec_…`. */
  readonly webhookSecret: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

type Session = Pick<
  Stripe.Checkout.Session,
  'id' | 'client_reference_id' | 'metadata' | 'status' | 'payment_status' | 'amount_total' | 'currency'
>;

/** How old a notification may be: Stripe signs each of its attempts anew. */
const toleranceSeconds = 300;
const patienceMs = 10_000;
/** Stripe lets a session end 30 minutes after it began at the earliest; a minute for clocks that differ. */
const shortestSessionMs = 31 * 60_000;
const longestSessionMs = 24 * 60 * 60_000;

/** What Stripe's page speaks of the shop's languages; anything else is left to the buyer's browser. */
const locales: Readonly<Record<string, Stripe.Checkout.SessionCreateParams.Locale>> = {
  'zh-CN': 'zh',
  'zh-TW': 'zh-TW',
  en: 'en',
};

/**
 * Stripe's own payment page (Checkout), with the ways to pay that the account's dashboard turns on.
 *
 * The payment's id is the idempotency key and the session's `client_reference_id`; the session's id is bound when it
 * is opened. The session outlives the payment window, because Stripe knows none that is shorter: the first question
 * after the window closes it.
 */
export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const {id, url, secretKey, webhookSecret, fetch, clock} = options;
  const {protocol, hostname, port} = new URL(url);

  return {
    id,
    acknowledgement: 'ok',
    methods: [
      {
        id,
        kind: 'redirect',
        labels: {'zh-CN': '银行卡等(Stripe)', 'zh-TW': '信用卡等(Stripe)', en: 'Card and more (Stripe)'},
      },
    ],

    async open(request, signal) {
      const params = sessionParams(request);
      const session = await ask(signal, stripe =>
        stripe.checkout.sessions.create(params, {idempotencyKey: request.paymentId}),
      );
      if (session.client_reference_id !== request.paymentId || !isWebAddress(session.url))
        throw new PaymentProviderError('Stripe opened another payment than it was asked for, or named no page.');
      return {providerReference: session.id, instructions: {kind: 'redirect', url: session.url}};
    },

    async verify({headers, body}) {
      const event = await readEvent(body, headers.get('Stripe-Signature') ?? '');
      switch (event.type) {
        case 'checkout.session.completed':
        case 'checkout.session.async_payment_succeeded':
        case 'checkout.session.async_payment_failed':
        case 'checkout.session.expired': {
          const session = event.data.object;
          const paymentId = session.client_reference_id ?? '';
          if (paymentId === '' || session.metadata?.['payment_id'] !== paymentId)
            throw new NotificationError('It does not say of one payment alone that it is for it.');
          const status = readable(() => statusOf(session));
          const isFailed = event.type === 'checkout.session.async_payment_failed';
          const isPaid = status.state === 'paid';
          return {
            eventId: event.id,
            paymentId,
            status: {
              ...status,
              ...(isFailed && {state: 'declined'}),
              ...(isPaid && !isFailed && {paidAt: event.created * 1000}),
            },
          };
        }
        case 'refund.updated':
        case 'refund.failed':
          return {
            eventId: event.id,
            paymentId: event.data.object.metadata?.['payment_id'] ?? '',
            isAboutRefund: true,
            status: {state: 'pending'},
          };
        default:
          // An endpoint may be sent more than it asked for. It is taken in, and is about nothing that was opened here.
          return {eventId: event.id, paymentId: '', status: {state: 'pending'}};
      }
    },

    refunds: createStripeRefunds(ask),

    async query({paymentId, providerReference}, signal): Promise<PaymentStatus> {
      // Whose session was never heard of was sent to no page: nobody can have paid it.
      if (providerReference === undefined) return {state: 'absent'};
      const session = await ask(signal, stripe => stripe.checkout.sessions.retrieve(providerReference));
      const current = isOverdue(session) ? await close(session, signal) : session;
      if (current.client_reference_id !== paymentId || current.id !== providerReference)
        throw new PaymentProviderError('Stripe answered with another payment.');
      try {
        return statusOf(current);
      } catch (error) {
        if (error instanceof MoneyError) throw new PaymentProviderError(error.message);
        throw error;
      }
    },
  };

  function sessionParams({
    paymentId,
    amount,
    description,
    returnUrl,
    notifyUrl,
    expiresAt,
    lang,
  }: OpenPaymentRequest): Stripe.Checkout.SessionCreateParams {
    const back = returnUrl ?? new URL(notifyUrl).origin;
    const metadata = {payment_id: paymentId, pay_until: new Date(expiresAt).toISOString()};
    // Reckoned from the window alone: under one idempotency key Stripe wants the same content every time.
    const endsAt = expiresAt + shortestSessionMs;
    let units: number;
    try {
      units = toStripeAmount(amount);
    } catch (error) {
      if (error instanceof MoneyError) throw new PaymentProviderError(error.message);
      throw error;
    }
    return {
      mode: 'payment',
      client_reference_id: paymentId,
      metadata,
      payment_intent_data: {metadata, description},
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: amount.currency.toLowerCase(),
            unit_amount: units,
            product_data: {name: description},
          },
        },
      ],
      success_url: back,
      cancel_url: back,
      locale: locales[lang] ?? 'auto',
      // What is paid is what was asked for, in the currency it was asked for in.
      adaptive_pricing: {enabled: false},
      ...(endsAt - clock.now() < longestSessionMs && {expires_at: Math.floor(endsAt / 1000)}),
    };
  }

  function isOverdue({status, metadata}: Session): boolean {
    return status === 'open' && Date.parse(metadata?.['pay_until'] ?? '') <= clock.now();
  }

  /** Stripe refuses where the buyer was faster; then what the session has become counts. */
  async function close({id}: Session, signal: AbortSignal): Promise<Session> {
    try {
      return await ask(signal, stripe => stripe.checkout.sessions.expire(id));
    } catch (error) {
      if (!(error instanceof PaymentProviderError)) throw error;
      return ask(signal, stripe => stripe.checkout.sessions.retrieve(id));
    }
  }

  async function readEvent(body: string, signature: string): Promise<Stripe.Event> {
    const {default: StripeClient} = await import('stripe');
    const stripe = new StripeClient(secretKey);
    try {
      return await stripe.webhooks.constructEventAsync(
        body,
        signature,
        webhookSecret,
        toleranceSeconds,
        StripeClient.createSubtleCryptoProvider(),
        clock.now(),
      );
    } catch {
      // Its text quotes the body.
      throw new NotificationError("It does not carry Stripe's signature over this body, or is too old.");
    }
  }

  /** One question, bound to the caller's signal, never repeated here: who asks repeats. */
  async function ask<Answer>(signal: AbortSignal, question: (stripe: Stripe) => Promise<Answer>): Promise<Answer> {
    const {default: StripeClient} = await import('stripe');
    const bound: typeof fetch = async (input, init) =>
      fetch(input, {
        ...init,
        redirect: 'error',
        signal: init?.signal ? AbortSignal.any([signal, init.signal]) : signal,
      });
    const stripe = new StripeClient(secretKey, {
      protocol: protocol === 'http:' ? 'http' : 'https',
      host: hostname,
      port: port || (protocol === 'http:' ? 80 : 443),
      httpClient: StripeClient.createFetchHttpClient(bound),
      maxNetworkRetries: 0,
      timeout: patienceMs,
      telemetry: false,
    });
    try {
      return await question(stripe);
    } catch (error) {
      if (!(error instanceof StripeClient.errors.StripeError))
        throw new PaymentProviderError('Stripe does not answer in its own words.');
      // Its own message may quote what it was sent.
      const {type, code, statusCode} = error;
      throw new PaymentProviderError(`Stripe did not do it: ${[type, code, statusCode].filter(Boolean).join(' ')}`);
    }
  }
}

function statusOf({id, status, payment_status, amount_total, currency}: Session): PaymentStatus {
  const state = payment_status === 'paid' ? 'paid' : status === 'expired' ? 'expired' : 'pending';
  return {
    state,
    providerReference: id,
    ...(amount_total !== null && currency !== null && {amount: fromStripeAmount(amount_total, currency)}),
  };
}

function readable<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new NotificationError('It names no amount that can be read.', {cause: error});
  }
}

function isWebAddress(text: string | null): text is string {
  return text !== null && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
