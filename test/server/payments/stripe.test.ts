import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import {money, MoneyError} from '../../../src/domain/money.ts';
import {fromStripeAmount, toStripeAmount} from '../../../src/server/payments/stripe/amounts.ts';
import {json, pageOrigin} from '../../support/shop-server.ts';
import {stripeKey} from '../../support/played-stripe.ts';
import {openStripeShop, type StripeShop} from '../../support/stripe-shop.ts';

const minute = 60_000;

const ask = async ({shop}: StripeShop, placed: PlacedOrder): Promise<Response> =>
  shop.fetch(`/v1/orders/${placed.order.id}/payments`, {
    token: placed.token,
    key: 'payment-key-0001',
    body: {method: 'stripe', returnUrl: `${pageOrigin}/shop`},
  });

async function open(stripe: StripeShop) {
  const placed = await stripe.shop.place();
  const payment = await json<Payment>(await ask(stripe, placed), 201);
  return {placed, payment, session: stripe.sessions.list().at(-1)!};
}

const stateOf = async ({shop}: StripeShop, placed: PlacedOrder) => (await shop.order(placed)).state;

/** A notification signed as Stripe signs, about a session as it never was. */
async function say(stripe: StripeShop, id: string, changed: object): Promise<Response> {
  const session = {...stripe.sessions.get(id), status: 'complete', payment_status: 'paid', ...changed};
  const body = stripe.sessions.event('checkout.session.completed', session);
  return stripe.notify(body, await stripe.sessions.sign(body));
}

describe('a payment by Stripe', () => {
  it("on Stripe's page is paid when the notification has come, once, however often it comes", async () => {
    const stripe = await openStripeShop();
    const {placed, payment, session} = await open(stripe);
    assert.deepEqual(payment.instructions, {kind: 'redirect', url: session.url});
    assert.equal(session.client_reference_id, payment.id);
    assert.deepEqual(fromStripeAmount(session.amount_total, session.currency), placed.order.total);
    assert.equal(await stateOf(stripe, placed), 'pending_payment');

    await stripe.sessions.pay(session.id);
    assert.equal(await stateOf(stripe, placed), 'paid');
    assert.equal((await say(stripe, session.id, {})).status, 200);
    await stripe.shop.work();
    assert.equal(await stateOf(stripe, placed), 'delivered');
    assert.equal((await stripe.shop.store.order(placed.order.id))!.refundDue.amount, '0.00');
  });

  it('that takes days waits until the money has come', async () => {
    const stripe = await openStripeShop();
    const {placed, session} = await open(stripe);
    await stripe.sessions.promise(session.id);
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    await stripe.sessions.settle(session.id, true);
    assert.equal(await stateOf(stripe, placed), 'paid');
  });

  it('that failed on its way is declined', async () => {
    const stripe = await openStripeShop();
    const {placed, payment, session} = await open(stripe);
    await stripe.sessions.promise(session.id);
    await stripe.sessions.settle(session.id, false);
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    assert.equal((await stripe.shop.store.payment(payment.id))!.state, 'declined');
  });

  it('whose opening got no answer is opened once when asked for again', async () => {
    const stripe = await openStripeShop();
    const placed = await stripe.shop.place();
    stripe.loseNextAnswer();
    assert.equal((await ask(stripe, placed)).status, 503);
    stripe.shop.clock.advance(2 * minute);
    const payment = await json<Payment>(await ask(stripe, placed), 201);
    assert.equal(stripe.sessions.list().length, 1);
    await stripe.sessions.pay(stripe.sessions.list()[0]!.id);
    assert.equal((await stripe.shop.store.payment(payment.id))!.state, 'paid');
    assert.ok(!JSON.stringify(stripe.shop.log.entries).includes(stripeKey));
  });

  it('whose notification is lost is found by asking', async () => {
    const stripe = await openStripeShop();
    stripe.sessions.losesNotifications = true;
    const {placed, session} = await open(stripe);
    await stripe.sessions.pay(session.id);
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    await stripe.shop.work(5000);
    assert.notEqual(await stateOf(stripe, placed), 'pending_payment');
  });

  it('cannot be paid any more once its window is over and the shop has asked', async () => {
    const stripe = await openStripeShop();
    const {placed, session} = await open(stripe);
    await stripe.shop.work(20 * minute);
    assert.equal(await stateOf(stripe, placed), 'expired');
    assert.equal(stripe.sessions.get(session.id).status, 'expired');
  });

  it('that waits for days is opened on a page that ends in time, and then on a fresh one', async () => {
    const stripe = await openStripeShop({paymentWindowSeconds: 3 * 24 * 60 * 60});
    const {placed, payment, session} = await open(stripe);
    const {clock} = stripe.shop;
    assert.equal(Date.parse(payment.expiresAt), clock.now() + 23 * 60 * minute);
    assert.ok(session.expires_at * 1000 <= clock.now() + 24 * 60 * minute, 'Stripe takes no more');
    await stripe.shop.work(23 * 60 * minute);
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    const next = await json<Payment>(await ask(stripe, placed), 201);
    assert.notEqual(next.id, payment.id);
    await stripe.shop.work(10 * minute);
    assert.deepEqual(
      stripe.sessions.list().map(({status}) => status),
      ['expired', 'open'],
      'never two that can be paid',
    );
  });

  it('paid after the order expired still brings the goods', async () => {
    const stripe = await openStripeShop();
    const {placed, session} = await open(stripe);
    await stripe.shop.work(20 * minute);
    assert.equal(await stateOf(stripe, placed), 'expired');
    assert.equal((await say(stripe, session.id, {})).status, 200);
    await stripe.shop.work();
    assert.equal(await stateOf(stripe, placed), 'delivered');
  });

  it('is not believed when forged, old, or changed after signing', async () => {
    const stripe = await openStripeShop();
    const {placed, session} = await open(stripe);
    const paid = {...session, status: 'complete', payment_status: 'paid'};
    const body = stripe.sessions.event('checkout.session.completed', paid);
    const {sessions, shop} = stripe;
    const signature = await sessions.sign(body);
    for (const [said, signed] of [
      [body, await sessions.sign(body, 'whsec_another')],
      [body, await sessions.sign(body, undefined, shop.clock.now() - 301_000)],
      [body, ''],
      [body.replace('"paid"', '"paid" '), signature],
    ] as const) {
      assert.equal((await stripe.notify(said, signed)).status, 401);
    }
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    assert.equal((await stripe.notify(body, signature)).status, 200, 'the true one still counts');
    assert.equal(await stateOf(stripe, placed), 'paid');
  });

  it('of another amount, currency, session or payment pays nothing', async () => {
    const stripe = await openStripeShop();
    const {placed, session} = await open(stripe);
    const other = await open(stripe);
    const otherId = other.payment.id;
    await say(stripe, session.id, {amount_total: session.amount_total - 1});
    await say(stripe, session.id, {currency: 'usd'});
    await say(stripe, session.id, {id: 'cs_test_another'});
    assert.equal((await say(stripe, session.id, {metadata: {payment_id: otherId}})).status, 401);
    assert.equal((await say(stripe, session.id, {client_reference_id: otherId})).status, 401);
    await say(stripe, session.id, {client_reference_id: otherId, metadata: {payment_id: otherId}});
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
    assert.equal(await stateOf(stripe, other.placed), 'pending_payment');
  });

  it('takes other news in and changes nothing', async () => {
    const stripe = await openStripeShop();
    const {placed, session} = await open(stripe);
    const body = stripe.sessions.event('charge.succeeded', {...session, payment_status: 'paid'});
    assert.equal((await stripe.notify(body, await stripe.sessions.sign(body))).status, 200);
    assert.equal(await stateOf(stripe, placed), 'pending_payment');
  });
});

describe("Stripe's amounts", () => {
  it('are whole units of what Stripe takes for the smallest', () => {
    for (const [amount, currency, units] of [
      ['10.99', 'CNY', 1099],
      ['500', 'JPY', 500],
      ['500', 'MGA', 500],
      ['5', 'ISK', 500],
      ['5', 'UGX', 500],
      ['10.45', 'HUF', 1045],
      ['800.45', 'TWD', 80_045],
      ['5.120', 'KWD', 5120],
    ] as const) {
      assert.equal(toStripeAmount(money(amount, currency)), units);
      assert.deepEqual(fromStripeAmount(units, currency.toLowerCase()), money(amount, currency));
    }
  });

  it('are refused where Stripe cannot take exactly as much', () => {
    for (const [amount, currency] of [
      ['5.124', 'KWD'],
      ['0.015', 'CNY'],
      ['5.5', 'JPY'],
      ['5.5', 'ISK'],
      ['5.5', 'UGX'],
      ['-1', 'CNY'],
    ] as const) {
      assert.throws(() => toStripeAmount(money(amount, currency)), MoneyError, `${currency} ${amount}`);
    }
  });

  it('come back as what went', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 0, max: 99_999_999}),
        fc.constantFrom('cny', 'jpy', 'usd', 'krw'),
        (units, currency) => {
          assert.equal(toStripeAmount(fromStripeAmount(units, currency)), units);
        },
      ),
    );
  });
});
