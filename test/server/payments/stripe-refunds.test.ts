import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Payment} from '../../../src/contract/payment.ts';
import {doubtPausesMs} from '../../../src/server/refunds/send-refund.ts';
import {refused} from '../../support/fake-upstream.ts';
import {askBack} from '../../support/pay-back.ts';
import {json, pageOrigin} from '../../support/shop-server.ts';
import {openStripeShop, type StripeShop} from '../../support/stripe-shop.ts';

const hour = 3_600_000;
const yuan = (amount: string) => ({currency: 'CNY', amount});

async function paid(stripe: StripeShop) {
  const {shop, sessions} = stripe;
  const placed = await shop.place();
  const body = {method: 'stripe', returnUrl: `${pageOrigin}/shop`};
  const call = {token: placed.token, key: 'payment-key-0001', body};
  const payment = await json<Payment>(await shop.fetch(`/v1/orders/${placed.order.id}/payments`, call), 201);
  await sessions.pay(sessions.list().at(-1)!.id);
  return {placed, payment, intent: sessions.list().at(-1)!.payment_intent!};
}

async function soldOut(prepare: (stripe: StripeShop) => void = () => {}) {
  const stripe = await openStripeShop();
  stripe.shop.upstream.script({buy: async () => refused('sold_out')});
  const bought = await paid(stripe);
  prepare(stripe);
  await stripe.shop.work();
  return {...stripe, ...bought};
}

describe('money back by Stripe', () => {
  it('goes by the official package, with our reference as key and in the metadata', async () => {
    const {shop, refunds, placed, payment, intent} = await soldOut();
    const [ours] = await shop.store.refunds(placed.order.id);
    const [theirs, ...others] = refunds.list(intent);
    assert.deepEqual(others, []);
    assert.deepEqual([theirs!.amount, theirs!.currency], [1200, 'cny']);
    assert.deepEqual(theirs!.metadata, {refund_reference: ours!.id, payment_id: payment.id});
    assert.deepEqual([ours!.state, ours!.reference], ['refunded', theirs!.id]);
    assert.equal((await shop.order(placed)).state, 'refunded');
  });

  it('goes back where it was paid within the page, too', async () => {
    const {shop, intents, refunds} = await openStripeShop();
    shop.upstream.script({buy: async () => refused('sold_out')});
    const placed = await shop.place();
    const body = {method: 'stripe-element', returnUrl: `${pageOrigin}/shop`};
    const call = {token: placed.token, key: 'payment-key-0001', body};
    await json<Payment>(await shop.fetch(`/v1/orders/${placed.order.id}/payments`, call), 201);
    const [intent] = intents.list();
    await intents.confirm(intent!.id, '4242424242424242', undefined);
    await shop.work();
    assert.deepEqual(
      refunds.list(intent!.id).map(({amount}) => amount),
      [1200],
    );
    assert.equal((await shop.order(placed)).state, 'refunded');
  });

  it('goes back in parts, and never beyond what Stripe has', async () => {
    const stripe = await openStripeShop();
    const {placed, intent} = await paid(stripe);
    await stripe.shop.work();
    for (const part of ['5.00', '7.00']) {
      await askBack(stripe.shop.ports, placed.order.id, yuan(part));
      await stripe.shop.work();
    }
    assert.deepEqual(
      stripe.refunds.list(intent).map(({amount}) => amount),
      [700, 500],
    );
    assert.equal((await stripe.shop.order(placed)).state, 'refunded');
  });

  it('whose answer was lost is found again, and not sent twice', async () => {
    const {shop, refunds, placed, intent} = await soldOut(stripe => {
      // The session is read first; the refund is what gets lost.
      stripe.loseAnswerTo('/v1/refunds');
    });
    assert.equal((await shop.order(placed)).state, 'refund_pending');
    await shop.work(doubtPausesMs[0]);
    assert.deepEqual([refunds.list(intent).length, (await shop.order(placed)).state], [1, 'refunded']);
  });

  it('that the bank has not done is not done, until Stripe says so', async () => {
    const {shop, refunds, placed, intent} = await soldOut(stripe => {
      stripe.refunds.bankTakesItsTime = true;
    });
    assert.equal((await shop.order(placed)).refunds?.[0]!.state, 'under_way');
    await refunds.settle(refunds.list(intent)[0]!.id, true);
    await shop.work();
    assert.deepEqual((await shop.order(placed)).refunds?.[0]!.state, 'done');
  });

  it('that the bank refused needs a person', async () => {
    const {shop, refunds, placed, intent} = await soldOut(stripe => {
      stripe.refunds.bankTakesItsTime = true;
    });
    await refunds.settle(refunds.list(intent)[0]!.id, false);
    await shop.work(hour);
    const [ours] = await shop.store.refunds(placed.order.id);
    assert.deepEqual([ours!.state, ours!.help?.reason], ['needs_help', 'refused']);
    assert.match(ours!.help!.evidence, /Stripe failed lost_or_stolen_card/);
  });

  it('that Stripe will not give back needs a person, and says no more than a code of why', async () => {
    const {shop, placed} = await soldOut(({refunds, sessions}) => {
      const intent = sessions.list().at(-1)!.payment_intent!;
      refunds.create(new URLSearchParams({payment_intent: intent, amount: '1'}), undefined);
    });
    const [ours] = await shop.store.refunds(placed.order.id);
    assert.deepEqual([ours!.state, ours!.help?.reason], ['needs_help', 'refused']);
    assert.equal(ours!.help!.evidence, 'The provider refused: Stripe 400');
  });
});
