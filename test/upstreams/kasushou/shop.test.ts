import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ProductPage} from '../../../src/contract/product.ts';
import {makeGood} from '../../sandbox/support/goods.ts';
import {json} from '../../support/shop-server.ts';
import {openPlatformShop, sellsBothCards} from '../support/platform-shop.ts';

const good = makeGood({id: 100, code: 'PLAIN00000000001'});
const open = (one = good, more = {}) => openPlatformShop('kasushou', ['userId', 'apiKey'], one, more);

test('a shop whose configuration says kasushou lists, sells and delivers what such a platform has', async () => {
  await sellsBothCards(await open(), '100001');
});

test('A11: an answer lost after the sale is found again, and nothing is bought twice', async () => {
  const world = await open();
  world.sandbox.faults.arm({fault: 'commit-then-drop'});
  const placed = await world.shop.placePaid(2, '100001');
  await world.shop.work();
  assert.notEqual((await world.shop.order(placed)).state, 'delivered');
  await world.shop.work(10_000);
  assert.equal((await world.shop.order(placed)).state, 'delivered');
  assert.equal(world.sandbox.platform.orders().length, 1);
  world.sandbox.close();
});

test('what may be resold on marketplaces only is listed by a shop on those, and by no other', async () => {
  const restricted = {...good, resaleChannels: {only: ['拼多多', '京东'], never: ['抖音']}};
  for (const [channels, isListed] of [
    [undefined, false],
    [['抖音'], false],
    [['京东'], true],
  ] as const) {
    const listing = {price: {markup: {percent: '10'}}, ...(channels && {channels})};
    const {shop, sandbox} = await open(restricted, {listing});
    await shop.sync();
    const {items} = await json<ProductPage>(await shop.fetch('/v1/products'));
    assert.equal(items.length, isListed ? 1 : 0, String(channels));
    if (isListed) await sellsBothCards({shop, sandbox}, '100001');
    else sandbox.close();
  }
});
