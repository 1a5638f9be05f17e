import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {productId, productsOf} from '../../../src/sandbox/kinguin/product-rows.ts';
import {makeGood} from '../../sandbox/support/goods.ts';
import {openPlatformShop, sellsBothCards} from '../support/platform-shop.ts';

test('a shop in yuan lists, sells and delivers what Kinguin sells in euros', async () => {
  const good = makeGood({id: 100, code: 'PLAIN00000000001'});
  const world = await openPlatformShop('kinguin', ['webhookSecret', 'apiKey'], good, {rate: '7.8512'});
  const placed = await sellsBothCards(world, productId(productsOf(good)[0]!));
  // 9.00 are ¥ 70.6608, and with the 20 % of the test shop on top ¥ 84.80.
  assert.equal(placed.order.total.amount, '169.60');
  const [attempt] = await world.shop.attempts(placed);
  assert.ok(attempt?.outcome?.kind === 'delivered');
  assert.deepEqual(attempt.outcome.charged, money('141.3216', 'CNY'));
});
