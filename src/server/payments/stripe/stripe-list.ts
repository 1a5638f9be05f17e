import type Stripe from 'stripe';
import {PaymentProviderError, type ListedPayment, type PaymentProvider} from '../port.ts';
import {fromStripeAmount} from './amounts.ts';
import {readable, type StripeApi} from './stripe-api.ts';

type Listed = Pick<
  Stripe.PaymentIntent,
  'id' | 'metadata' | 'status' | 'amount' | 'amount_received' | 'currency' | 'latest_charge'
>;

const pageSize = 100;

/**
 * Stripe's payments of a time, of its own page and of the element alike: both are PaymentIntents with our payment's id in
 * their metadata. What has none was paid for something else that uses the account, and is not listed.
 */
export function createStripeList({ask}: StripeApi): NonNullable<PaymentProvider['list']> {
  return async function* ({from, until}, signal) {
    // Stripe's times are whole seconds.
    const created = {gte: Math.floor(from / 1000), lt: Math.ceil(until / 1000)};
    let after: string | undefined;
    let isCut: boolean;
    do {
      const start = after === undefined ? {} : {starting_after: after};
      const page = await ask(signal, stripe =>
        stripe.paymentIntents.list({created, limit: pageSize, expand: ['data.latest_charge'], ...start}),
      );
      for (const intent of page.data) {
        const paymentId = intent.metadata['payment_id'];
        if (paymentId !== undefined) yield readable(() => listed(paymentId, intent), PaymentProviderError);
      }
      after = page.data.at(-1)?.id;
      isCut = page.has_more && after !== undefined;
    } while (isCut);
  };
}

function listed(
  paymentId: string,
  {id, status, amount, amount_received, currency, latest_charge: charge}: Listed,
): ListedPayment {
  const isPaid = status === 'succeeded';
  return {
    paymentId,
    reference: id,
    isPaid,
    amount: fromStripeAmount(isPaid ? amount_received : amount, currency),
    ...(charge !== null &&
      typeof charge === 'object' && {refunded: fromStripeAmount(charge.amount_refunded, charge.currency)}),
  };
}
