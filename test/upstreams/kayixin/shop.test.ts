import assert from 'node:assert/strict';
import {test} from 'node:test';
import {makeGood} from '../../sandbox/support/goods.ts';
import {openPlatformShop, sellsBothCards} from '../support/platform-shop.ts';

const good = makeGood({id: 100, code: 'PLAIN00000000001'});
const open = () => openPlatformShop('kayixin', ['appId', 'appSecret'], good);

test('a shop whose configuration says kayixin lists, sells and delivers what such a platform has', async () => {
  await sellsBothCards(await open(), '100');
});

test('A11: an answer lost after the sale is found again, and nothing is bought twice', async () => {
  const world = await open();
  world.sandbox.faults.arm({fault: 'commit-then-drop'});
  const placed = await world.shop.placePaid(2, '100');
  await world.shop.work();
  assert.notEqual((await world.shop.order(placed)).state, 'delivered');
  await world.shop.work(10_000);
  assert.equal((await world.shop.order(placed)).state, 'delivered');
  assert.equal(world.sandbox.platform.orders().length, 1);
  world.sandbox.close();
});

test('a purchase that never arrived is not sent again by itself: a person decides', async () => {
  const world = await open();
  world.sandbox.faults.arm({fault: 'drop-before-commit'});
  const placed = await world.shop.placePaid(1, '100');
  for (const pause of [0, 1000, 5000, 20_000, 60_000, 300_000]) await world.shop.work(pause);
  assert.equal((await world.shop.procurement(placed)).attention?.reason, 'unresolved');
  assert.equal(world.sandbox.platform.orders().length, 0);
  world.sandbox.close();
});
