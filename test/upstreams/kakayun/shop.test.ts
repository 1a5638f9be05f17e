import assert from 'node:assert/strict';
import {test} from 'node:test';
import {makeGood} from '../../sandbox/support/goods.ts';
import {openPlatformShop, sellsBothCards} from '../support/platform-shop.ts';

const good = makeGood({id: 100, code: 'PLAIN00000000001'});

for (const protocol of ['kakayun-v3', 'kakayun-v2'] as const) {
  const open = () => openPlatformShop(protocol, ['userId', 'key'], good);

  test(`a shop whose configuration says ${protocol} lists, sells and delivers what such a platform has`, async () => {
    await sellsBothCards(await open(), '100001');
  });

  test(`A11: an answer of ${protocol} lost after the sale never makes a second one`, async () => {
    const world = await open();
    world.sandbox.faults.arm({fault: 'commit-then-drop'});
    const placed = await world.shop.placePaid(2, '100001');
    await world.shop.work();
    assert.notEqual((await world.shop.order(placed)).state, 'delivered');
    for (let look = 0; look < 6; look++) await world.shop.work(400_000);
    // Without a reference nobody finds it again, and a person has to.
    const isFound = (await world.shop.order(placed)).state === 'delivered';
    assert.equal(isFound, protocol === 'kakayun-v3');
    assert.equal(world.sandbox.platform.orders().length, 1);
    world.sandbox.close();
  });
}
