import assert from 'node:assert/strict';
import {compare, divide, type Money} from '../../../../src/domain/money.ts';
import {yuan} from '../../../../src/sandbox/platform/wallets.ts';
import {can} from '../../../../src/upstreams/optional-calls.ts';
import type {Capabilities} from '../../../../src/upstreams/port.ts';
import type {ConformanceCase} from '../conformance-case.ts';
import {manualCode, patient, plainCode, type World} from '../world.ts';

const applies = ({refund, refundStatus}: Capabilities) => refund || refundStatus;

export const refundCases: readonly ConformanceCase[] = [
  {
    name: 'refund',
    applies,
    async run(world) {
      const {orderId, charged, tradeNo} = await anOrder(world, manualCode);
      await giveBack(world, tradeNo, orderId, charged);
      const found = await world.upstream.follow({orderId, placeholder: ''}, patient);
      assert.equal(found.kind, 'refunded');
      assert.ok(found.kind === 'refunded' && compare(found.refunded, charged) === 0);
      assert.equal(world.balance(), '10000.00');
    },
  },
  {
    name: 'partial-refund',
    applies: capabilities => applies(capabilities) && capabilities.refundsInPart,
    async run(world) {
      const {orderId, tradeNo, charged} = await anOrder(world, plainCode, 2);
      // One of two pieces: there are platforms that pay back by the piece.
      const part = divide(charged, 2);
      await giveBack(world, tradeNo, orderId, part);
      const found = await world.upstream.follow({orderId, placeholder: ''}, patient);
      assert.ok('refunded' in found && found.refunded && compare(found.refunded, part) === 0);
      if (!world.upstream.capabilities.cardsOutliveRefund) return assert.equal(found.kind, 'refunded');
      assert.ok(found.kind === 'delivered', found.kind);
      assert.equal(found.secret, world.sandbox.platform.order(tradeNo)!.secret, 'what was delivered stays readable');
    },
  },
];

async function anOrder(world: World, code: string, quantity = 1) {
  const request = await world.request(code, {quantity});
  const outcome = await world.upstream.buy(request, patient);
  assert.ok(outcome.kind === 'accepted' || outcome.kind === 'delivered');
  return {orderId: outcome.orderId, charged: outcome.charged, tradeNo: world.ordersOf(request)[0]!.tradeNo};
}

/** We ask where a protocol lets us; whoever is asked, or decides by themselves, pays back. */
async function giveBack({upstream, sandbox}: World, tradeNo: string, orderId: string, amount: Money): Promise<void> {
  if (can(upstream, 'refund')) {
    const outcome = await upstream.refund({orderId, amount, why: '卡密无效'}, patient);
    if (outcome.kind === 'refunded') return assert.deepEqual(outcome.amount, amount);
    // Some give back all of an order or nothing; then it is their own people who decide about a part.
    const isAll = compare(amount, {...sandbox.platform.order(tradeNo)!.amount, currency: amount.currency}) === 0;
    assert.ok(outcome.kind === 'asked' || (outcome.kind === 'refused' && !isAll), outcome.kind);
  }
  sandbox.platform.refund(tradeNo, yuan(amount.amount));
}
