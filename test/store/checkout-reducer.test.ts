import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {KeystallError} from '../../src/client/errors.ts';
import {orderStateSchema} from '../../src/contract/order.ts';
import {isTransitionError} from '../../src/domain/transition.ts';
import {reduceCheckout, type CheckoutEvent} from '../../src/store/checkout-reducer.ts';
import type {CheckoutState} from '../../src/store/shop.ts';
import {order, payment, quote, quoteLine} from './support/builders.ts';

const error = new KeystallError('connection', 'No answer.');
const blockedQuote = () => {
  const {intent: _, token: __, ...rest} = quote({lines: [quoteLine({problem: 'sold_out'})]});
  return rest;
};

const states: Readonly<Record<CheckoutState['step'], CheckoutState>> = {
  idle: {step: 'idle'},
  quoting: {step: 'quoting'},
  blocked: {step: 'blocked', quote: blockedQuote()},
  filling: {step: 'filling', quote: quote(), problems: {}},
  placing: {step: 'placing', uncertain: false},
  opening_payment: {step: 'opening_payment', order: order()},
  paying: {step: 'paying', order: order(), payment: payment()},
  payment_failed: {step: 'payment_failed', order: order(), payment: payment({state: 'declined'})},
  expired: {step: 'expired', order: order({state: 'expired'})},
  paid: {step: 'paid', order: order({state: 'paid'})},
  failed: {step: 'failed', error},
};

const events: Readonly<Record<string, CheckoutEvent>> = {
  quote_requested: {type: 'quote_requested'},
  quoted: {type: 'quoted', quote: quote()},
  'quoted (blocked)': {type: 'quoted', quote: blockedQuote()},
  form_rejected: {type: 'form_rejected', problems: {contact: 'required'}},
  sent: {type: 'sent'},
  answer_lost: {type: 'answer_lost'},
  refused: {type: 'refused', quote: quote(), error},
  'refused (blocked)': {type: 'refused', quote: blockedQuote()},
  'order_seen (open)': {type: 'order_seen', order: order()},
  'order_seen (declined)': {type: 'order_seen', order: order({payments: [payment({state: 'declined'})]})},
  'order_seen (expired)': {type: 'order_seen', order: order({state: 'expired'})},
  'order_seen (paid)': {type: 'order_seen', order: order({state: 'fulfilling'})},
  payment_requested: {type: 'payment_requested'},
  payment_opened: {type: 'payment_opened', payment: payment()},
  'payment_opened (declined)': {type: 'payment_opened', payment: payment({state: 'declined'})},
  payment_not_opened: {type: 'payment_not_opened', error},
  failed: {type: 'failed', error},
  closed: {type: 'closed'},
};

/** Where each event leads from each step; what is not named does not fit. */
const table: Readonly<Record<string, Partial<Record<CheckoutState['step'], CheckoutState['step']>>>> = {
  quote_requested: {idle: 'quoting', quoting: 'quoting', blocked: 'quoting', filling: 'quoting', failed: 'quoting'},
  quoted: {quoting: 'filling', filling: 'filling'},
  'quoted (blocked)': {quoting: 'blocked', filling: 'blocked'},
  form_rejected: {filling: 'filling'},
  sent: {
    idle: 'placing',
    quoting: 'placing',
    blocked: 'placing',
    filling: 'placing',
    placing: 'placing',
    failed: 'placing',
  },
  answer_lost: {placing: 'placing'},
  refused: {placing: 'filling'},
  'refused (blocked)': {placing: 'blocked'},
  'order_seen (open)': {
    placing: 'opening_payment',
    opening_payment: 'opening_payment',
    paying: 'paying',
    payment_failed: 'payment_failed',
    expired: 'expired',
    paid: 'paid',
  },
  'order_seen (declined)': {
    placing: 'opening_payment',
    opening_payment: 'opening_payment',
    paying: 'payment_failed',
    payment_failed: 'payment_failed',
    expired: 'expired',
    paid: 'paid',
  },
  'order_seen (expired)': {
    placing: 'expired',
    opening_payment: 'expired',
    paying: 'expired',
    payment_failed: 'expired',
    expired: 'expired',
    paid: 'paid',
  },
  'order_seen (paid)': {
    placing: 'paid',
    opening_payment: 'paid',
    paying: 'paid',
    payment_failed: 'paid',
    expired: 'paid',
    paid: 'paid',
  },
  payment_requested: {
    opening_payment: 'opening_payment',
    paying: 'opening_payment',
    payment_failed: 'opening_payment',
  },
  payment_opened: {opening_payment: 'paying'},
  'payment_opened (declined)': {opening_payment: 'payment_failed'},
  payment_not_opened: {opening_payment: 'opening_payment'},
  failed: Object.fromEntries(Object.keys(states).map(step => [step, 'failed'])),
  closed: Object.fromEntries(Object.keys(states).map(step => [step, 'idle'])),
};

describe('each event in each step', () => {
  for (const [name, event] of Object.entries(events)) {
    for (const [from, state] of Object.entries(states)) {
      const to = table[name]?.[state.step];
      it(`${name} in ${from}: ${to ?? 'does not fit'}`, () => {
        if (to) assert.equal(reduceCheckout(state, event).step, to);
        else assert.throws(() => reduceCheckout(state, event), isTransitionError);
      });
    }
  }
});

describe('what a step carries', () => {
  it('a lost answer makes the wait uncertain, a rejected form says where', () => {
    assert.deepEqual(reduceCheckout(states.placing, {type: 'answer_lost'}), {step: 'placing', uncertain: true});
    assert.deepEqual(reduceCheckout(states.filling, events['form_rejected']!), {
      step: 'filling',
      quote: quote(),
      problems: {contact: 'required'},
    });
  });

  it('asking for a payment again forgets the error of the last try', () => {
    const failed = reduceCheckout(states.opening_payment, {type: 'payment_not_opened', error});
    assert.equal(failed.step === 'opening_payment' && failed.error, error);
    assert.deepEqual(reduceCheckout(failed, {type: 'payment_requested'}), states.opening_payment);
  });

  it('paid is said only when the order says so', () => {
    const paidFor = ['paid', 'fulfilling', 'partially_delivered', 'delivered', 'completed', 'refund_pending'];
    const event = fc.oneof(
      fc.constantFrom(...Object.values(events)),
      fc
        .constantFrom(...orderStateSchema.options)
        .map((state): CheckoutEvent => ({type: 'order_seen', order: order({state})})),
    );
    fc.assert(
      fc.property(fc.array(event, {maxLength: 40}), list => {
        let state: CheckoutState = {step: 'idle'};
        for (const next of list) {
          try {
            state = reduceCheckout(state, next);
          } catch (thrown) {
            assert.ok(isTransitionError(thrown));
          }
          if (state.step !== 'paid') continue;
          assert.ok([...paidFor, 'partially_refunded', 'refunded'].includes(state.order.state));
        }
      }),
      {numRuns: 1_000},
    );
  });
});
