import {StripeRefusal, type CheckoutSessions, type PagePayment} from './checkout-sessions.ts';
import type {PaymentIntent, PaymentIntents} from './payment-intents.ts';
import type {Refunds} from './refunds.ts';

interface Payments {
  readonly sessions: CheckoutSessions;
  readonly intents: PaymentIntents;
  readonly refunds: Refunds;
}

/** A page of the account's payments, however they were made, the newest first. @throws {StripeRefusal} */
export function listPayments({sessions, intents, refunds}: Payments, query: URLSearchParams): object {
  const limit = Number(query.get('limit') ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new StripeRefusal(400, 'invalid_request_error', `Invalid integer: ${query.get('limit')}`);
  const from = Number(query.get('created[gte]') ?? 0);
  const until = Number(query.get('created[lt]') ?? Infinity);
  const isExpanded = [...query].some(([name, value]) => name.startsWith('expand') && value === 'data.latest_charge');
  const all: readonly (PaymentIntent | PagePayment)[] = [...sessions.payments(), ...intents.list()];
  const found = all
    .filter(({created}) => created >= from && created < until)
    .toSorted((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
  const after = query.get('starting_after');
  const start = after === null ? 0 : found.findIndex(({id}) => id === after) + 1;
  if (after !== null && start === 0)
    throw new StripeRefusal(400, 'invalid_request_error', `No such payment_intent: '${after}'`);
  const page = found.slice(start, start + limit);
  return {
    object: 'list',
    url: '/v1/payment_intents',
    has_more: found.length > start + limit,
    data: page.map(intent => ({...intent, latest_charge: chargeOf(intent)})),
  };

  function chargeOf({id, status, currency}: PaymentIntent | PagePayment): object | string | null {
    if (status !== 'succeeded') return null;
    const chargeId = id.replace(/^pi_/, 'ch_');
    if (!isExpanded) return chargeId;
    const given = refunds.list(id).filter(refund => refund.status !== 'failed');
    const amount_refunded = given.reduce((whole, {amount}) => whole + amount, 0);
    return {id: chargeId, object: 'charge', currency, amount_refunded};
  }
}
