import type Stripe from 'stripe';
import type {Clock} from '../../clock.ts';
import {
  NotificationError,
  PaymentProviderError,
  type OpenedPayment,
  type OpenPaymentRequest,
  type PaymentNotification,
  type PaymentStatus,
} from '../port.ts';
import {fromStripeAmount, toStripeAmount} from './amounts.ts';
import {readable, type StripeApi} from './stripe-api.ts';

type Session = Pick<
  Stripe.Checkout.Session,
  'id' | 'client_reference_id' | 'metadata' | 'status' | 'payment_status' | 'amount_total' | 'currency'
>;

export type SessionEvent = Extract<
  Stripe.Event,
  {
    type:
      | 'checkout.session.completed'
      | 'checkout.session.async_payment_succeeded'
      | 'checkout.session.async_payment_failed'
      | 'checkout.session.expired';
  }
>;

/** Stripe lets a session end 30 minutes after it began at the earliest; a minute for clocks that differ. */
const shortestSessionMs = 31 * 60_000;
/** And 24 hours after it began at the latest: whoever has more time to pay gets a fresh page then. */
export const longestPageMs = 23 * 60 * 60_000;

/** What Stripe's page speaks of the shop's languages; anything else is left to the buyer's browser. */
const locales: Readonly<Record<string, Stripe.Checkout.SessionCreateParams.Locale>> = {
  'zh-CN': 'zh',
  'zh-TW': 'zh-TW',
  en: 'en',
};

/**
 * Payments on Stripe's own page (Checkout).
 *
 * The payment's id is the idempotency key and the session's `client_reference_id`; the session's id is bound when it
 * is opened. The session outlives the payment window, because Stripe knows none that is shorter: the first question
 * after the window closes it.
 */
export function createCheckoutPage({ask}: StripeApi, clock: Clock) {
  return {
    async open(request: OpenPaymentRequest, signal: AbortSignal): Promise<OpenedPayment> {
      const params = sessionParams(request);
      const session = await ask(signal, stripe =>
        stripe.checkout.sessions.create(params, {idempotencyKey: request.paymentId}),
      );
      if (session.client_reference_id !== request.paymentId || !isWebAddress(session.url))
        throw new PaymentProviderError('Stripe opened another payment than it was asked for, or named no page.');
      return {providerReference: session.id, instructions: {kind: 'redirect', url: session.url}};
    },

    read({id, type, created, data: {object: session}}: SessionEvent): PaymentNotification {
      const paymentId = session.client_reference_id ?? '';
      if (paymentId === '' || session.metadata?.['payment_id'] !== paymentId)
        throw new NotificationError('It does not say of one payment alone that it is for it.');
      const status = readable(() => statusOf(session), NotificationError);
      if (type === 'checkout.session.async_payment_failed')
        return {eventId: id, paymentId, status: {...status, state: 'declined'}};
      return {
        eventId: id,
        paymentId,
        status: {...status, ...(status.state === 'paid' && {paidAt: created * 1000})},
      };
    },

    async query(paymentId: string, sessionId: string, signal: AbortSignal): Promise<PaymentStatus> {
      const session = await ask(signal, stripe => stripe.checkout.sessions.retrieve(sessionId));
      const current = isOverdue(session) ? await close(session, signal) : session;
      if (current.client_reference_id !== paymentId || current.id !== sessionId)
        throw new PaymentProviderError('Stripe answered with another payment.');
      return readable(() => statusOf(current), PaymentProviderError);
    },
  };

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
}

function sessionParams({
  paymentId,
  orderNumber,
  amount,
  description,
  returnUrl,
  notifyUrl,
  expiresAt,
  lang,
}: OpenPaymentRequest): Stripe.Checkout.SessionCreateParams {
  const back = returnUrl ?? new URL(notifyUrl).origin;
  const metadata = {payment_id: paymentId, order_number: orderNumber, pay_until: new Date(expiresAt).toISOString()};
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
          unit_amount: readable(() => toStripeAmount(amount), PaymentProviderError),
          product_data: {name: description},
        },
      },
    ],
    success_url: back,
    cancel_url: back,
    locale: locales[lang] ?? 'auto',
    // What is paid is what was asked for, in the currency it was asked for in.
    adaptive_pricing: {enabled: false},
    // Reckoned from the window alone: under one idempotency key Stripe wants the same content every time.
    expires_at: Math.floor((expiresAt + shortestSessionMs) / 1000),
  };
}

function statusOf({id, status, payment_status, amount_total, currency}: Session): PaymentStatus {
  const state = payment_status === 'paid' ? 'paid' : status === 'expired' ? 'expired' : 'pending';
  return {
    state,
    providerReference: id,
    ...(amount_total !== null && currency !== null && {amount: fromStripeAmount(amount_total, currency)}),
  };
}

function isWebAddress(text: string | null): text is string {
  return text !== null && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
