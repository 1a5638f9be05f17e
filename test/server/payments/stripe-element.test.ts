import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import Stripe from 'stripe';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Payment, PaymentInstructions} from '../../../src/contract/payment.ts';
import type {PaymentIntent} from '../../../src/sandbox/stripe/payment-intents.ts';
import {fromStripeAmount} from '../../../src/server/payments/stripe/amounts.ts';
import {json, pageOrigin} from '../../support/shop-server.ts';
import {publishableKey, stripeKey} from '../../support/played-stripe.ts';
import {openStripeShop, type StripeShop} from '../../support/stripe-shop.ts';

const minute = 60_000;
const goodCard = '4242424242424242';
const declinedCard = '4000000000000002';
const account = '000123456789';

const ask = async ({shop}: StripeShop, placed: PlacedOrder): Promise<Response> =>
  shop.fetch(`/v1/orders/${placed.order.id}/payments`, {
    token: placed.token,
    key: 'payment-key-0001',
    body: {method: 'stripe-element', returnUrl: `${pageOrigin}/shop`},
  });

async function open(stripe: StripeShop) {
  const placed = await stripe.shop.place();
  const payment = await json<Payment>(await ask(stripe, placed), 201);
  return {placed, payment, intent: stripe.intents.list().at(-1)!};
}

type ElementInstructions = Extract<PaymentInstructions, {kind: 'element'}>;

const stateOf = async ({shop}: StripeShop, placed: PlacedOrder) => (await shop.order(placed)).state;
const recordOf = async ({shop}: StripeShop, {id}: Payment) => (await shop.store.payment(id))!;

/** A notification signed as Stripe signs, about an intent as it never was. */
async function say(stripe: StripeShop, type: string, intent: PaymentIntent, changed: object): Promise<Response> {
  const body = stripe.sessions.event(type, {...intent, ...changed});
  return stripe.notify(body, await stripe.sessions.sign(body));
}

const sayPaid = (stripe: StripeShop, intent: PaymentIntent, changed: object = {}) =>
  say(stripe, 'payment_intent.succeeded', intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    ...changed,
  });

describe("a payment by Stripe's element", () => {
  it('is opened for the whole of one order, and its secret is for that order’s buyer', async () => {
    const stripe = await openStripeShop();
    const {placed, payment, intent} = await open(stripe);
    const instructions = payment.instructions as ElementInstructions;
    assert.deepEqual(fromStripeAmount(intent.amount, intent.currency), placed.order.total);
    assert.equal(intent.metadata['payment_id'], payment.id);
    assert.equal(intent.metadata['order_number'], placed.order.number);
    assert.deepEqual(instructions, {
      kind: 'element',
      element: 'stripe',
      clientSecret: intent.client_secret,
      returnUrl: instructions.returnUrl,
      settings: {publishableKey, script: `https://js.stripe.com/${Stripe.MAJOR_API_VERSION}/stripe.js`},
    });
    assert.match(instructions.returnUrl!, /^https:\/\/shop\.example\/v1\/payments\/returns\/pay_/);
    // The page is told this address: whoever comes by it may be a script of the page.
    const visited = await stripe.shop.fetch(new URL(instructions.returnUrl!).pathname);
    assert.equal(visited.status, 200);
    assert.equal(visited.headers.get('Set-Cookie'), null);

    const again = await ask(stripe, placed);
    assert.match(again.headers.get('Cache-Control')!, /no-store/);
    assert.deepEqual((await json<Payment>(again, 201)).instructions, instructions, 'continued, not doubled');
    assert.deepEqual((await stripe.shop.order(placed)).payments[0]!.instructions, instructions);
    assert.equal(stripe.intents.list().length, 1);

    const stranger = await stripe.shop.place();
    const refused = await stripe.shop.fetch(`/v1/orders/${placed.order.id}/payments`, {
      token: stranger.token,
      key: 'payment-key-0002',
      body: {method: 'stripe-element'},
    });
    assert.equal(refused.status, 403);
    assert.ok(!(await refused.text()).includes(intent.client_secret));
  });

  it('keeps its secret out of the log, and out of the order once it is over', async () => {
    const stripe = await openStripeShop();
    const {placed, intent} = await open(stripe);
    await stripe.intents.confirm(intent.id, goodCard, undefined);
    await stripe.shop.work();
    assert.equal(await stateOf(stripe, placed), 'delivered');
    const {payments} = await stripe.shop.order(placed);
    assert.equal(payments[0]!.instructions, undefined);
    const log = JSON.stringify(stripe.shop.log.entries);
    for (const secret of [intent.client_secret, stripeKey]) assert.ok(!log.includes(secret));
  });

  it('leaves no way back in the store that the payment does not need', async () => {
    const stripe = await openStripeShop();
    const {payment} = await open(stripe);
    assert.ok(!JSON.stringify(await recordOf(stripe, payment)).includes('/v1/payments/returns/'));
  });

  it('is paid when Stripe says so, once, however often it says so', async () => {
    const stripe = await openStripeShop();
    const {placed, payment, intent} = await open(stripe);
    await stripe.intents.confirm(intent.id, goodCard, undefined);
    assert.equal(await stateOf(stripe, placed), 'paid');
    assert.equal((await sayPaid(stripe, intent)).status, 200);
    await stripe.shop.work();
    assert.equal(await stateOf(stripe, placed), 'delivered');
    assert.equal((await recordOf(stripe, payment)).state, 'paid');
    assert.equal((await stripe.shop.store.order(placed.order.id))!.refundDue.amount, '0.00');
  });

  it('whose notification is lost is found by asking', async () => {
    const stripe = await openStripeShop();
    stripe.sessions.losesNotifications = true;
    const {placed, intent} = await open(stripe);
    await stripe.intents.confirm(intent.id, goodCard, undefined);
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    await stripe.shop.work(5000);
    assert.notEqual(await stateOf(stripe, placed), 'pending_payment');
  });

  it('with a card that is declined goes on with another', async () => {
    const stripe = await openStripeShop();
    const {placed, payment, intent} = await open(stripe);
    await stripe.intents.confirm(intent.id, declinedCard, undefined);
    assert.equal((await recordOf(stripe, payment)).state, 'pending', 'the buyer is still before the form');
    await stripe.shop.work(5000);
    assert.equal((await recordOf(stripe, payment)).state, 'pending');
    await stripe.intents.confirm(intent.id, goodCard, undefined);
    assert.equal(await stateOf(stripe, placed), 'paid');
  });

  it('that takes days waits until the money has come', async () => {
    const stripe = await openStripeShop();
    const {placed, intent} = await open(stripe);
    await stripe.intents.confirm(intent.id, account, undefined);
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    await stripe.intents.settle(intent.id, true);
    assert.equal(await stateOf(stripe, placed), 'paid');
  });

  it('that failed on its way is declined: nobody waits for it any more', async () => {
    for (const losesNotifications of [false, true]) {
      const stripe = await openStripeShop();
      stripe.sessions.losesNotifications = losesNotifications;
      const {placed, payment, intent} = await open(stripe);
      await stripe.intents.confirm(intent.id, account, undefined);
      await stripe.shop.work(5000);
      await stripe.intents.settle(intent.id, false);
      await stripe.shop.work(10_000);
      assert.equal(await stateOf(stripe, placed), 'pending_payment');
      assert.equal((await recordOf(stripe, payment)).state, 'declined');
    }
  });

  it('whose opening got no answer is opened once when asked for again', async () => {
    const stripe = await openStripeShop();
    const placed = await stripe.shop.place();
    stripe.loseNextAnswer();
    assert.equal((await ask(stripe, placed)).status, 503);
    stripe.shop.clock.advance(2 * minute);
    const payment = await json<Payment>(await ask(stripe, placed), 201);
    const [intent, ...more] = stripe.intents.list();
    assert.equal(more.length, 0);
    await stripe.intents.confirm(intent!.id, goodCard, undefined);
    assert.equal((await recordOf(stripe, payment)).state, 'paid');
  });

  it('is taken back at Stripe once its window is over', async () => {
    const stripe = await openStripeShop();
    const {placed, payment, intent} = await open(stripe);
    await stripe.shop.work(20 * minute);
    assert.equal(await stateOf(stripe, placed), 'expired');
    assert.equal(stripe.intents.get(intent.id).status, 'canceled');
    assert.equal((await recordOf(stripe, payment)).state, 'expired');
    await assert.rejects(stripe.intents.confirm(intent.id, goodCard, undefined));
  });

  it('on its way when the window ends is not taken back, and brings the goods when it comes', async () => {
    const stripe = await openStripeShop();
    const {placed, intent} = await open(stripe);
    await stripe.intents.confirm(intent.id, account, undefined);
    await stripe.shop.work(20 * minute);
    assert.equal(await stateOf(stripe, placed), 'expired');
    assert.equal(stripe.intents.get(intent.id).status, 'processing');
    await stripe.intents.settle(intent.id, true);
    await stripe.shop.work();
    assert.equal(await stateOf(stripe, placed), 'delivered');
  });

  it('taken back in Stripe’s dashboard is over, and another can be opened', async () => {
    const stripe = await openStripeShop();
    const {placed, payment, intent} = await open(stripe);
    await stripe.intents.cancel(intent.id, 'requested_by_customer');
    assert.equal((await recordOf(stripe, payment)).state, 'expired');
    const next = await json<Payment>(await ask(stripe, placed), 201);
    assert.notEqual(next.id, payment.id);
  });

  it('of another amount, currency, intent or payment pays nothing', async () => {
    const stripe = await openStripeShop();
    const {placed, intent} = await open(stripe);
    const other = await open(stripe);
    await sayPaid(stripe, intent, {amount_received: intent.amount - 1});
    await sayPaid(stripe, intent, {currency: 'usd'});
    await sayPaid(stripe, intent, {id: 'pi_test_another'});
    await sayPaid(stripe, intent, {metadata: other.intent.metadata});
    assert.equal((await sayPaid(stripe, intent, {metadata: {...intent.metadata, payment_id: ''}})).status, 401);
    // The page of Stripe makes intents of its own; they are not what was opened here.
    await sayPaid(stripe, intent, {metadata: {payment_id: intent.metadata['payment_id']}});
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    assert.equal(await stateOf(stripe, other.placed), 'pending_payment');
  });

  it('is paid by no notification of which any byte was changed', async () => {
    const stripe = await openStripeShop();
    const {placed, intent} = await open(stripe);
    const body = stripe.sessions.event('payment_intent.succeeded', {
      ...intent,
      status: 'succeeded',
      amount_received: intent.amount,
    });
    const signature = await stripe.sessions.sign(body);
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), fc.integer({min: 0, max: 6}), async (place, bit) => {
        const changed = String.fromCharCode(body.charCodeAt(place) ^ (1 << bit));
        const forged = body.slice(0, place) + changed + body.slice(place + 1);
        assert.equal((await stripe.notify(forged, signature)).status, 401);
      }),
      {numRuns: 60},
    );
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    assert.equal((await stripe.notify(body, signature)).status, 200, 'the true one still counts');
    assert.equal(await stateOf(stripe, placed), 'paid');
  });

  it('ends as one state, whatever the order in which Stripe’s news come', async () => {
    const news = ['payment_failed', 'processing', 'succeeded', 'canceled'] as const;
    const statuses = {
      payment_failed: {status: 'requires_payment_method', last_payment_error: {type: 'card_error'}},
      processing: {status: 'processing'},
      succeeded: {status: 'succeeded'},
      canceled: {status: 'canceled'},
    };
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...news, ...news], {minLength: 1}), async said => {
        const stripe = await openStripeShop();
        const {placed, intent} = await open(stripe);
        for (const each of said) {
          const amount_received = each === 'succeeded' ? intent.amount : 0;
          await say(stripe, `payment_intent.${each}`, intent, {...statuses[each], amount_received});
        }
        const isPaid = said.includes('succeeded');
        assert.equal(await stateOf(stripe, placed), isPaid ? 'paid' : 'pending_payment');
      }),
      {numRuns: 15},
    );
  });
});
