import type Stripe from 'stripe';
import {compare, MoneyError} from '../../../domain/money.ts';
import {PaymentProviderError, type PaymentProvider, type ProviderRefund, type RefundOutcome} from '../port.ts';
import {orUnknown} from '../refund-doubt.ts';
import {fromStripeAmount, toStripeAmount} from './amounts.ts';

/** One question to Stripe, bound to the signal. */
type Ask = <Answer>(signal: AbortSignal, question: (stripe: Stripe) => Promise<Answer>) => Promise<Answer>;

type KnownRefund = Pick<Stripe.Refund, 'id' | 'status' | 'amount' | 'currency' | 'failure_reason' | 'metadata'>;

/** A payment has a handful of refunds. */
const pageSize = 100;

/**
 * Stripe's refunds, in full and in parts. Our reference is the idempotency key and stands in the refund's metadata: a key
 * is forgotten after a day, the metadata is not.
 */
export function createStripeRefunds(ask: Ask): NonNullable<PaymentProvider['refunds']> {
  return {
    repeatable: true,
    async send(request, signal) {
      const {reference, paymentId, amount} = request;
      return orUnknown(async () => {
        const units = unitsOf(amount);
        if (units === undefined) return {state: 'refused', reason: 'Stripe gives back no such amount.'};
        const intent = await intentOf(request, signal);
        return ask(signal, async stripe => {
          const metadata = {refund_reference: reference, payment_id: paymentId};
          try {
            const made = await stripe.refunds.create(
              {payment_intent: intent, amount: units, metadata},
              {idempotencyKey: reference},
            );
            return outcomeOf(made, request);
          } catch (error) {
            const reason = refusalIn(error);
            if (reason !== undefined) return {state: 'refused', reason};
            throw error;
          }
        });
      });
    },
    async ask(request, signal) {
      return orUnknown(async () => {
        const intent = await intentOf(request, signal);
        const {data, has_more: isCut} = await ask(signal, stripe =>
          stripe.refunds.list({payment_intent: intent, limit: pageSize}),
        );
        const found = data.find(({metadata}) => metadata?.['refund_reference'] === request.reference);
        if (found) return outcomeOf(found, request);
        if (isCut) throw new PaymentProviderError('Stripe has more refunds of this payment than it lists at once.');
        return {state: 'absent'};
      });
    },
  };

  /** What was paid on Stripe's page is known by the page's session. */
  async function intentOf({paymentReference = ''}: ProviderRefund, signal: AbortSignal): Promise<string> {
    if (!paymentReference.startsWith('cs_')) return paymentReference;
    const {payment_intent: intent} = await ask(signal, stripe => stripe.checkout.sessions.retrieve(paymentReference));
    const id = typeof intent === 'string' ? intent : intent?.id;
    if (id === undefined) throw new PaymentProviderError('Stripe knows of no payment on this page.');
    return id;
  }
}

/** Of a refund under our reference. */
function outcomeOf(refund: KnownRefund, {amount: asked}: ProviderRefund): RefundOutcome {
  const {id, status, amount, currency, failure_reason: failure} = refund;
  const given = fromStripeAmount(amount, currency);
  if (given.currency !== asked.currency || compare(given, asked) !== 0)
    return {state: 'unknown', reason: 'Stripe gave back another amount under this reference.'};
  switch (status) {
    case 'succeeded':
      return {state: 'refunded', reference: id};
    case 'pending':
    case 'requires_action':
      return {state: 'pending', reference: id};
    case 'failed':
    case 'canceled':
      return {state: 'refused', reason: ['Stripe', status, failure].filter(Boolean).join(' ')};
    default:
      return {state: 'unknown', reason: 'Stripe names a status that is not known here.'};
  }
}

/** Stripe looked at it and will not; anything else may have been done. Its own message may quote what it was sent. */
function refusalIn(error: unknown): string | undefined {
  const {type, code, statusCode} = error as Partial<Stripe.errors.StripeError>;
  const isLookedAt = type === 'StripeInvalidRequestError' || type === 'StripeCardError';
  if (!isLookedAt || ![400, 402, 404].includes(statusCode ?? 0)) return undefined;
  return ['Stripe', code, statusCode].filter(Boolean).join(' ');
}

function unitsOf(amount: ProviderRefund['amount']): number | undefined {
  try {
    return toStripeAmount(amount);
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}
