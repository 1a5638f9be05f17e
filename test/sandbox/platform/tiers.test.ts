import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tierOf} from '../../../src/sandbox/platform/tiers.ts';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {makeGood} from '../support/goods.ts';
import {groups, openPlatform, plainCode} from '../support/platform.ts';

const day = 86_400_000;

test('sales of the month move a merchant up at once, and the price follows', () => {
  const {platform, sell} = openPlatform();
  assert.equal(platform.merchant(1000)?.groupId, 1);
  sell(1, '999.99');
  assert.deepEqual(platform.standing(1000).next, {tier: groups[1], missing: yuan('0.01')});
  assert.equal(platform.merchant(1000)?.groupId, 1);
  sell(1, '0.01');
  assert.equal(platform.merchant(1000)?.groupId, 2);
  assert.equal(platform.group(platform.merchant(1000)?.groupId)?.discounts[0]?.percent, '98');
  sell(1, '5000');
  assert.equal(platform.merchant(1000)?.groupId, 3);
  assert.equal(platform.standing(1000).next, undefined);
});

test('a tier is kept through the month after, and no longer', async () => {
  const {platform, clock, sell} = openPlatform();
  sell(1, '1000');
  // From 23 November on: the end of the month in Shanghai, not in Greenwich.
  await clock.advance(Date.UTC(2026, 10, 30, 15, 59, 59) - clock.now());
  assert.deepEqual(platform.standing(1000).monthlySales, yuan('1000'));
  await clock.advance(1000);
  assert.deepEqual(
    [platform.standing(1000).monthlySales, platform.standing(1000).lastMonthsSales],
    [yuan('0'), yuan('1000')],
  );
  assert.equal(platform.merchant(1000)?.groupId, 2);
  await clock.advance(31 * day - 1000);
  assert.equal(platform.merchant(1000)?.groupId, 2);
  await clock.advance(1000);
  assert.equal(platform.merchant(1000)?.groupId, 1);
});

test('what is paid back no longer counts', () => {
  const {platform, sell} = openPlatform();
  const {tradeNo} = sell(1, '1000');
  platform.refund(tradeNo, yuan('0.01'));
  assert.equal(platform.merchant(1000)?.groupId, 1);
});

test('an operator’s word stands: never below the group given, and outside of the ladder nothing moves', () => {
  const {platform, sell} = openPlatform({
    merchants: [{groupId: 2}, {groupId: 9}, {groupId: undefined as never}],
  });
  assert.equal(platform.merchant(1000)?.groupId, 2);
  for (const merchantId of [1000, 1001, 1002]) sell(1, '9000', {merchantId});
  assert.deepEqual(
    platform.merchants().map(({groupId}) => groupId),
    [3, 9, undefined],
  );
  // The tier earned is no part of what is written down; it follows from the orders.
  assert.equal(platform.snapshot().merchants[0]?.groupId, 2);
});

test('an exclusive good is not listed and not sold below its tier', () => {
  const secret = makeGood({id: 200, code: 'SECRET0000000001', exclusiveTo: 2});
  const {platform, sell} = openPlatform({
    goods: [makeGood({code: plainCode}), secret],
    merchants: [{}, {groupId: 9}],
  });
  const codes = (merchantId: number) => platform.goodsFor(merchantId).map(({code}) => code);
  assert.deepEqual(codes(1000), [plainCode]);
  assert.deepEqual(codes(1001), [plainCode], 'a group outside of the ladder has no rank');
  assert.throws(() => sell(1, '9', {goodId: 200}), {name: 'SaleRefused', reason: 'tier_too_low'});
  sell(1, '1000');
  assert.deepEqual(codes(1000), [plainCode, 'SECRET0000000001']);
  assert.equal(sell(1, '9', {goodId: 200}).state, 'delivered');
});

test('the tier is the highest whose mark the better of two months reaches', () => {
  const cents = fc.integer({min: 0, max: 900_000});
  fc.assert(
    fc.property(cents, cents, fc.constantFrom(1, 2, 3), (thisMonth, lastMonth, assigned) => {
      const money = (value: number) => yuan((value / 100).toFixed(2));
      const best = Math.max(thisMonth, lastMonth);
      const earned = best >= 500_000 ? 3 : best >= 100_000 ? 2 : 1;
      const tier = tierOf(groups, assigned, {thisMonth: money(thisMonth), lastMonth: money(lastMonth)});
      assert.equal(tier?.id, Math.max(earned, assigned));
    }),
  );
});
