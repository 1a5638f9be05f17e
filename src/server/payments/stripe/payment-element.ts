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

export interface PaymentElementOptions {
  /** Public, `pk_…`. */
  readonly publishableKey: string;
  /** Address of Stripe.js. */
  readonly script: string;
}

type Intent = Pick<
  Stripe.PaymentIntent,
  'id' | 'metadata' | 'status' | 'amount_received' | 'currency' | 'last_payment_error'
>;

export type IntentEvent = Extract<
  Stripe.Event,
  {
    type:
      | 'payment_intent.succeeded'
      | 'payment_intent.payment_failed'
      | 'payment_intent.processing'
      | 'payment_intent.canceled';
  }
>;

/** Tells the intents opened here from those that Stripe's own page makes. */
const openedFor = 'element';

/** What the buyer has not sent off yet, so that it can be taken back. */
const waiting: ReadonlySet<Stripe.PaymentIntent.Status> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
] as const);

/**
 * Payments by Stripe's Payment Element, within the shop's page: a PaymentIntent.
 *
 * The payment's id is the idempotency key and stands in the intent's metadata; the intent's id is bound when it is
 * opened. An intent has no end of its own: the first question after the payment window cancels it. A card that is
 * declined leaves the intent open, and the buyer before the form.
 */
export function createPaymentElement({ask}: StripeApi, clock: Clock, {publishableKey, script}: PaymentElementOptions) {
  return {
    async open(request: OpenPaymentRequest, signal: AbortSignal): Promise<OpenedPayment> {
      const params = intentParams(request);
      const intent = await ask(signal, stripe =>
        stripe.paymentIntents.create(params, {idempotencyKey: request.paymentId}),
      );
      const {id, client_secret: clientSecret} = intent;
      if (intent.metadata['payment_id'] !== request.paymentId || !clientSecret?.startsWith(`${id}_secret_`))
        throw new PaymentProviderError(
          'Stripe opened another payment than it was asked for, or gave no secret for it.',
        );
      return {
        providerReference: id,
        instructions: {kind: 'element', element: 'stripe', clientSecret, settings: {publishableKey, script}},
      };
    },

    /** Answers nothing for an intent that was not opened here. */
    read({id, created, data: {object: intent}}: IntentEvent): PaymentNotification | undefined {
      const {payment_id: paymentId = '', opened_for} = intent.metadata;
      if (opened_for !== openedFor) return undefined;
      if (paymentId === '') throw new NotificationError('It does not say which payment it is for.');
      const status = readable(() => statusOf(intent), NotificationError);
      return {
        eventId: id,
        paymentId,
        status: {...status, ...(status.state === 'paid' && {paidAt: created * 1000})},
      };
    },

    async query(paymentId: string, intentId: string, signal: AbortSignal): Promise<PaymentStatus> {
      const intent = await ask(signal, stripe => stripe.paymentIntents.retrieve(intentId));
      const current = isOverdue(intent) ? await cancel(intent, signal) : intent;
      if (current.metadata['payment_id'] !== paymentId || current.id !== intentId)
        throw new PaymentProviderError('Stripe answered with another payment.');
      return readable(() => statusOf(current), PaymentProviderError);
    },
  };

  function isOverdue({status, metadata}: Intent): boolean {
    return waiting.has(status) && Date.parse(metadata['pay_until'] ?? '') <= clock.now();
  }

  /** Stripe refuses where the buyer was faster; then what the intent has become counts. */
  async function cancel({id}: Intent, signal: AbortSignal): Promise<Intent> {
    try {
      return await ask(signal, stripe => stripe.paymentIntents.cancel(id, {cancellation_reason: 'abandoned'}));
    } catch (error) {
      if (!(error instanceof PaymentProviderError)) throw error;
      return ask(signal, stripe => stripe.paymentIntents.retrieve(id));
    }
  }
}

function intentParams({
  paymentId,
  orderNumber,
  amount,
  description,
  expiresAt,
}: OpenPaymentRequest): Stripe.PaymentIntentCreateParams {
  return {
    amount: readable(() => toStripeAmount(amount), PaymentProviderError),
    currency: amount.currency.toLowerCase(),
    description,
    automatic_payment_methods: {enabled: true},
    metadata: {
      payment_id: paymentId,
      order_number: orderNumber,
      pay_until: new Date(expiresAt).toISOString(),
      opened_for: openedFor,
    },
  };
}

function statusOf({id, status, amount_received, currency, last_payment_error}: Intent): PaymentStatus {
  const reference = {providerReference: id};
  switch (status) {
    case 'succeeded':
      return {...reference, state: 'paid', amount: fromStripeAmount(amount_received, currency)};
    case 'processing':
      return {...reference, state: 'processing'};
    case 'canceled':
      return {...reference, state: 'expired'};
    case 'requires_payment_method':
      return last_payment_error ? {...reference, state: 'declined', mayRetry: true} : {...reference, state: 'pending'};
    default:
      return {...reference, state: 'pending'};
  }
}
