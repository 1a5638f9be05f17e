import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Reconciliation} from '../../../src/contract/reconciliation.ts';
import {consoleToken as token, json} from '../../support/shop-server.ts';
import {openStripeShop, type StripeShop} from '../../support/stripe-shop.ts';

let keys = 0;

async function compare({shop}: StripeShop) {
  shop.clock.advance(1000);
  const key = `compare-key-${String(++keys).padStart(6, '0')}`;
  return json<Reconciliation>(
    await shop.fetch('/v1/console/reconciliations', {token, key, body: {provider: 'stripe'}}),
    201,
  );
}

const aPage = (paymentId: string) =>
  new URLSearchParams({
    'payment_intent_data[metadata][payment_id]': paymentId,
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][unit_amount]': '900',
    'line_items[0][price_data][currency]': 'cny',
  });

const anIntent = (metadata: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({amount: '900', currency: 'cny', 'automatic_payment_methods[enabled]': 'true', ...metadata});

describe('the payments of Stripe, listed', () => {
  for (const [where, method] of [
    ["on Stripe's page", 'stripe'],
    ['within the page', 'stripe-element'],
  ] as const) {
    it(`show one that was paid ${where} and whose notification was lost: it is taken in`, async () => {
      const stripe = await openStripeShop();
      const {shop, sessions, intents} = stripe;
      const placed = await shop.place();
      const {id} = await shop.openPayment(placed, method);
      sessions.losesNotifications = true;
      if (method === 'stripe') await sessions.pay(sessions.list()[0]!.id);
      else await intents.confirm(intents.list()[0]!.id, '4242424242424242', undefined);
      assert.equal((await shop.order(placed)).state, 'pending_payment');
      assert.deepEqual(
        (await compare(stripe)).differences.map(({kind, paymentId, settled}) => [kind, paymentId, settled]),
        [['paid_there', id, true]],
      );
      assert.equal((await shop.order(placed)).state, 'paid');
      assert.deepEqual((await compare(stripe)).differences, []);
    });
  }

  it('show those that the shop does not know, on whichever page of the list they stand', async () => {
    const stripe = await openStripeShop();
    const {sessions, intents} = stripe;
    sessions.losesNotifications = true;
    const {id} = sessions.create(aPage('pay_of_nobody'), undefined);
    await sessions.pay(id);
    stripe.shop.clock.advance(1000);
    for (let number = 0; number < 100; number++)
      intents.create(anIntent({'metadata[payment_id]': `pay_open_${number}`}), undefined);
    const {compared, differences} = await compare(stripe);
    assert.equal(compared, 101);
    assert.deepEqual(differences, [
      {
        kind: 'unknown_here',
        reference: sessions.get(id).payment_intent,
        theirs: {currency: 'CNY', amount: '9.00'},
      },
    ]);
  });

  it('leave out what the account is paid for otherwise', async () => {
    const stripe = await openStripeShop();
    stripe.sessions.losesNotifications = true;
    const {id} = stripe.intents.create(anIntent(), undefined);
    await stripe.intents.confirm(id, '4242424242424242', undefined);
    const {compared, differences} = await compare(stripe);
    assert.deepEqual([compared, differences], [0, []]);
  });

  it('say what went back in the dashboard', async () => {
    const stripe = await openStripeShop();
    const {shop, sessions, refunds} = stripe;
    const placed = await shop.place();
    await shop.openPayment(placed, 'stripe');
    await sessions.pay(sessions.list()[0]!.id);
    const intent = sessions.list()[0]!.payment_intent!;
    refunds.create(new URLSearchParams({payment_intent: intent, amount: '300'}), undefined);
    const [difference, ...others] = (await compare(stripe)).differences;
    assert.deepEqual(
      [difference!.kind, difference!.ours?.amount, difference!.theirs?.amount, others],
      ['refunded_there', '0.00', '3.00', []],
    );
  });

  it('that cannot be listed to the end are no agreement', async () => {
    const stripe = await openStripeShop();
    stripe.loseAnswerTo('/v1/payment_intents');
    const {failure} = await compare(stripe);
    assert.match(failure!, /^Stripe did not do it/);
  });
});
