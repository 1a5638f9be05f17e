import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {createSandbox} from '../../../src/sandbox/index.ts';
import {productId, productsOf} from '../../../src/sandbox/kinguin/product-rows.ts';
import {systemClock} from '../../../src/server/clock.ts';
import {checkConfig, env} from '../../../src/server/config/config.ts';
import {createUpstream} from '../../../src/server/connections.ts';
import {cardsOf, catalogueOf, makeGood} from '../../sandbox/support/goods.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {openShop} from '../../support/shop-server.ts';

test('a shop in yuan lists, sells and delivers what Kinguin sells in euros', async () => {
  const good = makeGood({id: 100, code: 'PLAIN00000000001'});
  const sandbox = createSandbox({catalogue: catalogueOf([good], cardsOf(good, ['CARD-1-AAAA', 'CARD-2-AAAA']))});
  const {config, secrets} = checkConfig(
    {
      shop: {name: 'Shop', currency: 'CNY'},
      address: 'https://shop.example',
      origins: [],
      connections: [
        {
          id: 'main',
          protocol: 'kinguin',
          url: 'https://platform.example',
          credentials: {apiKey: env('API_KEY'), webhookSecret: env('WEBHOOK_SECRET')},
          rate: '7.8512',
          listing: {price: {markup: {percent: '20'}}},
        },
      ],
      payments: [
        {
          provider: 'sandbox',
          url: 'https://platform.example/pay',
          merchantKey: env('API_KEY'),
          webhookSecret: env('API_KEY'),
        },
      ],
    },
    {API_KEY: sandbox.credentials.appKey, WEBHOOK_SECRET: 'hook'},
  );
  const platform = createUpstream(config.connections[0]!, {
    secrets,
    clock: systemClock,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  });
  const {goods} = await platform.catalogue(new AbortController().signal);
  const shop = await openShop({upstream: Object.assign(fakeUpstream({goods: [...goods]}), platform)});
  await shop.sync();

  const placed = await shop.placePaid(2, productId(productsOf(good)[0]!));
  await shop.work();

  assert.equal((await shop.order(placed)).state, 'delivered');
  const {keys} = await shop.reveal(placed);
  assert.equal(keys.length, 2);
  assert.ok(['CARD-1-AAAA', 'CARD-2-AAAA'].every(card => JSON.stringify(keys).includes(card)));
  // € 9.00 are ¥ 70.6608, and with 20 % on top ¥ 84.80.
  assert.equal(placed.order.total.amount, '169.60');
  const [attempt] = await shop.attempts(placed);
  assert.ok(attempt?.outcome?.kind === 'delivered');
  assert.deepEqual(attempt.outcome.charged, money('141.3216', 'CNY'));
  assert.equal(sandbox.platform.orders().length, 1);
  assert.equal(sandbox.platform.merchant(1000)!.balance.amount, '9982.00');
  sandbox.close();
});
