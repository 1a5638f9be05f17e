import assert from 'node:assert/strict';
import {compare, money, subtract} from '../../../../src/domain/money.ts';
import {can} from '../../../../src/upstreams/optional-calls.ts';
import type {BuyRequest, RefusalReason} from '../../../../src/upstreams/port.ts';
import type {ConformanceCase} from '../conformance-case.ts';
import {handedOver, isDelivered, kindsCode, manualCode, patient, plainCode, settle, type World} from '../world.ts';

export const purchaseCases: readonly ConformanceCase[] = [
  {
    name: 'buy',
    wireless: true,
    async run(world) {
      for (const [code, quantity] of [
        [plainCode, 3],
        [kindsCode, 2],
      ] as const) {
        const before = money(world.balance(), 'CNY');
        const request = await world.request(code, {quantity});
        const outcome = await settle(world, request, await world.upstream.buy(request, patient));
        const [order] = world.ordersOf(request);
        assert.equal(outcome.kind, 'delivered');
        assert.ok(order && outcome.kind === 'delivered');
        assert.deepEqual(handedOver(outcome, quantity), order.secret.split('\n'));
        assert.equal(Number(outcome.charged.amount), Number(order.amount.amount));
        assert.equal(compare(money(world.balance(), 'CNY'), subtract(before, order.amount)), 0);
      }
    },
  },
  {
    name: 'deliver-later',
    async run(world) {
      const request = await world.request(manualCode);
      const accepted = await world.upstream.buy(request, patient);
      assert.equal(accepted.kind, 'accepted');
      assert.ok(accepted.kind === 'accepted');
      const order = {orderId: accepted.orderId, placeholder: accepted.placeholder};
      assert.equal((await world.upstream.follow(order, patient)).kind, 'pending');
      world.sandbox.platform.deliver(world.ordersOf(request)[0]!.tradeNo, 'KEY-0001-DONE');
      await isDelivered(world, order, 'KEY-0001-DONE', accepted.charged);
    },
  },
  {
    name: 'duplicate',
    wireless: true,
    applies: ({idempotency}) => idempotency !== 'none',
    async run(world) {
      const request = await world.request(plainCode);
      const outcomes = await Promise.all([1, 2, 3].map(() => world.upstream.buy(request, patient)));
      outcomes.push(await world.upstream.buy(request, patient));
      assert.equal(world.ordersOf(request).length, 1, 'one reference makes one order');
      // A repeat that reads as a refusal would send the server to another source.
      assert.deepEqual(
        outcomes.filter(({kind}) => kind === 'refused'),
        [],
      );
      const delivered = outcomes.filter(outcome => outcome.kind === 'delivered');
      assert.ok(delivered.length >= 1);
      assert.equal(new Set(delivered.map(({orderId, secret}) => `${orderId} ${secret}`)).size, 1);
    },
  },
  {
    name: 'order-list',
    applies: ({orders}) => orders,
    async run(world) {
      assert.ok(can(world.upstream, 'orders'));
      const early = await bought(world, 1);
      world.passTime(3 * 24 * 3_600_000);
      const since = world.now();
      world.passTime(1000);
      const [first, second] = [await bought(world, 1), await bought(world, 2)];
      const listed = await world.upstream.orders(since, patient);
      const charges = new Map(listed.map(({reference, charged}) => [reference, charged?.amount]));
      for (const {request, outcome} of [first, second]) {
        assert.ok('charged' in outcome && charges.get(request.reference) === outcome.charged.amount);
      }
      assert.equal(charges.has(early.request.reference), false, 'it is older');
    },
  },
  {
    name: 'short-delivery',
    async run(world) {
      world.sandbox.faults.arm({fault: 'short-delivery'});
      const {request, cards} = await bought(world, 3);
      assert.equal(cards.length, 2);
      for (const card of cards) assert.ok(world.ordersOf(request)[0]!.secret.includes(card));
    },
  },
  {
    name: 'apology-text',
    async run(world) {
      world.sandbox.faults.arm({fault: 'oversold'});
      const {request, cards} = await bought(world, 1);
      assert.equal(world.ordersOf(request)[0]!.state, 'apologised');
      assert.deepEqual(cards, [], 'an apology is no card');
    },
  },
  {
    name: 'wrong-count',
    async run(world) {
      world.sandbox.faults.arm({fault: 'extra-card'});
      const {request, cards} = await bought(world, 2);
      const sent = world.ordersOf(request)[0]!.secret.split('\n');
      assert.equal(sent.length, 3);
      // Which of them were meant is not ours to guess: all are handed over, in one piece.
      assert.deepEqual(cards, [sent.join('\n')]);
    },
  },
  {
    name: 'empty-delivery',
    async run(world) {
      world.sandbox.faults.arm({fault: 'empty-secret'});
      const {outcome, cards} = await bought(world, 1);
      assert.deepEqual(cards, []);
      assert.ok(outcome.kind === 'charged_without_goods' || outcome.kind === 'bought_unreadable', outcome.kind);
    },
  },
  {
    name: 'sold-out-in-between',
    wireless: true,
    async run(world) {
      const request = await world.request(plainCode);
      await world.upstream.quote(request.offer, 1, patient);
      await world.setStock(plainCode, 0);
      // Who counts nothing cannot tell that nothing is left.
      await isRefused(world, request, world.upstream.capabilities.countsStock ? 'sold_out' : 'other');
    },
  },
  {
    name: 'empty-wallet',
    async run(world) {
      const {platform} = world.sandbox;
      platform.spendElsewhere(1000, platform.merchant(1000)!.balance);
      await isRefused(world, await world.request(plainCode), 'insufficient_balance');
    },
  },
  {
    name: 'price-above-ceiling',
    wireless: true,
    async run(world) {
      const request = await world.request(kindsCode);
      const costCeiling = await world.upstream.quote(request.offer, 1, patient);
      world.raisePrices(kindsCode, 10);
      // What the server looks at right before it buys.
      assert.equal((await world.upstream.quote(request.offer, 1, patient)).amount, '11.02');
      if (!world.upstream.capabilities.costCeiling) return;
      await isRefused(world, {...request, costCeiling}, 'price_too_high');
    },
  },
  {
    name: 'expired-credentials',
    async run(world) {
      const upstream = world.reopen({account: {...world.account, key: 'FEDCBA9876543210'}});
      const reason = upstream.capabilities.refusalReasons ? 'credentials' : 'refused';
      await assert.rejects(upstream.connect(patient), {name: 'UpstreamError', reason});
      await isRefused({...world, upstream}, await world.request(plainCode), 'credentials');
    },
  },
  {
    name: 'clock-skew',
    applies: ({clockSkewSeconds}) => clockSkewSeconds !== null,
    async run(world) {
      const tolerated = world.upstream.capabilities.clockSkewSeconds! * 1000;
      const off = (by: number) => world.reopen({clock: {now: () => world.now() + by}});
      for (const by of [tolerated - 5000, 5000 - tolerated]) await off(by).connect(patient);
      for (const by of [tolerated + 5000, -tolerated - 5000]) {
        await assert.rejects(off(by).connect(patient), {name: 'UpstreamError', reason: 'clock'});
        await isRefused({...world, upstream: off(by)}, await world.request(plainCode), 'clock');
      }
    },
  },
  {
    name: 'cancel',
    applies: ({cancel}) => cancel,
    async run(world) {
      assert.ok(can(world.upstream, 'cancel'));
      const request = await world.request(manualCode);
      const accepted = await world.upstream.buy(request, patient);
      assert.ok(accepted.kind === 'accepted');
      const before = world.balance();
      const outcome = await world.upstream.cancel({orderId: accepted.orderId}, patient);
      const [order] = world.ordersOf(request);
      if (outcome.kind === 'canceled') assert.deepEqual(order!.refunded, order!.amount);
      else {
        assert.notEqual(outcome.kind, 'unknown');
        assert.equal(world.balance(), before);
      }
      const absent = await world.upstream.cancel({orderId: '987654'}, patient);
      assert.equal(absent.kind, 'refused');
    },
  },
];

async function bought(world: World, quantity: number) {
  const request = await world.request(plainCode, {quantity});
  const outcome = await settle(world, request, await world.upstream.buy(request, patient));
  assert.equal(world.ordersOf(request).length, 1);
  return {request, outcome, cards: handedOver(outcome, quantity)};
}

async function isRefused(world: World, request: BuyRequest, why: RefusalReason): Promise<void> {
  const reason = world.upstream.capabilities.refusalReasons ? why : 'other';
  const before = world.balance();
  const outcome = await world.upstream.buy(request, patient);
  assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['refused', reason]);
  assert.deepEqual(world.ordersOf(request), []);
  assert.equal(world.balance(), before);
}
