import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {productsOf} from '../../../src/sandbox/reloadly/product-rows.ts';
import {makeGood} from '../../sandbox/support/goods.ts';
import {openPlatformShop, sellsBothCards} from '../support/platform-shop.ts';

test('a shop in yuan lists, sells and delivers what Reloadly charges in dollars', async () => {
  const good = makeGood({id: 100, code: 'PLAIN00000000001'});
  const world = await openPlatformShop('reloadly', ['clientId', 'clientSecret'], good, {
    authUrl: 'https://platform.example',
    currency: 'USD',
    rate: '7.8512',
    recipientEmail: 'cards@shop.example',
  });
  const placed = await sellsBothCards(world, String(productsOf(good)[0]!.sku.id));
  // 9.00 are ¥ 70.6608, and with the 20 % of the test shop on top ¥ 84.80.
  assert.equal(placed.order.total.amount, '169.60');
  const [attempt] = await world.shop.attempts(placed);
  assert.ok(attempt?.outcome?.kind === 'delivered');
  assert.deepEqual(attempt.outcome.charged, money('141.3216', 'CNY'));
});
