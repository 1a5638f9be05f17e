import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Payment} from '../../../src/contract/payment.ts';
import {doubtPausesMs} from '../../../src/server/refunds/send-refund.ts';
import {epayKey, openEpayShop, type EpayShop} from '../../support/epay-shop.ts';
import {askBack} from '../../support/pay-back.ts';
import {json, pageOrigin} from '../../support/shop-server.ts';

const yuan = (amount: string) => ({currency: 'CNY', amount});

async function bought(version: 'md5' | 'rsa' = 'md5') {
  const epay = await openEpayShop(version);
  const {shop, gateway} = epay;
  const placed = await shop.place();
  const body = {method: 'epay-alipay', returnUrl: `${pageOrigin}/shop`};
  const call = {token: placed.token, key: 'payment-key-0001', body};
  const payment = await json<Payment>(await shop.fetch(`/v1/orders/${placed.order.id}/payments`, call), 201);
  await epay.browse((payment.instructions as {url: string}).url);
  const order = gateway.byOutTradeNo(payment.id)!;
  gateway.habits.loseNotices = true;
  gateway.pay(order.tradeNo);
  // By the question before the window ends: version 2's notices are signed by a key that the gateway of the page lacks.
  await shop.work(60_000);
  await shop.work();
  assert.equal((await shop.order(placed)).state, 'delivered');
  return {...epay, placed, theirs: () => gateway.byTradeNo(order.tradeNo)!};
}

const refundOf = async ({shop}: EpayShop, id: string) => (await shop.store.refunds(id))[0]!;

describe('money back by epay', () => {
  for (const version of ['md5', 'rsa'] as const) {
    it(`goes back in part once (${version}), and is done when the payment's status says so`, async () => {
      const epay = await bought(version);
      const {shop, placed, theirs} = epay;
      await askBack(shop.ports, placed.order.id, yuan('5.00'));
      await shop.work();
      assert.deepEqual([theirs().status, theirs().refunded], [2, '5.00']);
      const order = await shop.order(placed);
      assert.deepEqual([order.state, order.refunded?.amount], ['partially_refunded', '5.00']);
      await askBack(shop.ports, placed.order.id, yuan('7.00'));
      await shop.work();
      const [, second] = await shop.store.refunds(placed.order.id);
      assert.deepEqual([second!.state, second!.help?.reason], ['needs_help', 'by_hand']);
    });
  }

  it('shows the key in no address', async () => {
    const {shop, placed, asked} = await bought();
    const before = asked.length;
    await askBack(shop.ports, placed.order.id, yuan('5.00'));
    await shop.work();
    const refunding = asked.slice(before).filter(address => address.includes('act=refund'));
    assert.equal(refunding.length, 1);
    assert.ok(!refunding[0]!.includes(epayKey));
  });

  it('that the operator has switched off needs a person', async () => {
    const epay = await bought();
    epay.gateway.habits.refunds = 'switched off';
    await askBack(epay.shop.ports, epay.placed.order.id, yuan('5.00'));
    await epay.shop.work();
    const refund = await refundOf(epay, epay.placed.order.id);
    assert.deepEqual([refund.state, refund.help?.reason], ['needs_help', 'refused']);
    assert.match(refund.help!.evidence, /-2 未开启/);
    assert.equal(epay.theirs().status, 1);
  });

  for (const [isDone, state] of [
    [true, 'refunded'],
    [false, 'needs_help'],
  ] as const) {
    it(`whose answer was lost is asked about and never sent again; ${isDone ? '' : 'not '}done, it is ${state}`, async () => {
      const epay = await bought();
      const {shop, placed, gateway, theirs} = epay;
      let sends = 0;
      epay.answerWith(async request => {
        const isRefund = new URL(request.url).searchParams.get('act') === 'refund';
        if (!isRefund) return epay.browse(request.url);
        sends += 1;
        if (isDone) gateway.refund(theirs(), '5.00');
        return new Response('<h1>504 Gateway Timeout</h1>', {status: 504});
      });
      await askBack(shop.ports, placed.order.id, yuan('5.00'));
      await shop.work();
      assert.equal((await shop.order(placed)).refunds?.[0]!.state, 'under_way');
      for (const pause of doubtPausesMs) await shop.work(pause);
      const refund = await refundOf(epay, placed.order.id);
      assert.deepEqual([refund.state, sends], [state, 1]);
      if (!isDone) assert.equal(refund.help?.reason, 'unanswered');
    });
  }
});
