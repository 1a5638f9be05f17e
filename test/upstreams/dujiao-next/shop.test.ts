import {test} from 'node:test';
import {makeGood} from '../../sandbox/support/goods.ts';
import {openPlatformShop, sellsBothCards} from '../support/platform-shop.ts';

test('a shop whose configuration says dujiao-next lists, sells and delivers what such a platform has', async () => {
  const good = makeGood({id: 100, code: 'PLAIN00000000001'});
  await sellsBothCards(await openPlatformShop('dujiao-next', ['apiKey', 'apiSecret'], good), '100');
});
