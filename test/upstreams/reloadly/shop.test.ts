import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {createSandbox} from '../../../src/sandbox/index.ts';
import {productsOf} from '../../../src/sandbox/reloadly/product-rows.ts';
import {systemClock} from '../../../src/server/clock.ts';
import {checkConfig, env} from '../../../src/server/config/config.ts';
import {createUpstream} from '../../../src/server/connections.ts';
import {cardsOf, catalogueOf, makeGood} from '../../sandbox/support/goods.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {openShop} from '../../support/shop-server.ts';

test('a shop in yuan lists, sells and delivers what Reloadly charges in dollars', async () => {
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
          protocol: 'reloadly',
          url: 'https://platform.example',
          authUrl: 'https://platform.example',
          credentials: {clientId: env('CLIENT_ID'), clientSecret: env('CLIENT_SECRET')},
          currency: 'USD',
          rate: '7.8512',
          recipientEmail: 'cards@shop.example',
          listing: {price: {markup: {percent: '20'}}},
        },
      ],
      payments: [
        {
          provider: 'sandbox',
          url: 'https://platform.example/pay',
          merchantKey: env('CLIENT_SECRET'),
          webhookSecret: env('CLIENT_SECRET'),
        },
      ],
    },
    {CLIENT_ID: sandbox.credentials.appId, CLIENT_SECRET: sandbox.credentials.appKey},
  );
  const platform = createUpstream(config.connections[0]!, {
    secrets,
    clock: systemClock,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  });
  const {goods} = await platform.catalogue(new AbortController().signal);
  const shop = await openShop({upstream: Object.assign(fakeUpstream({goods: [...goods]}), platform)});
  await shop.sync();

  const placed = await shop.placePaid(2, String(productsOf(good)[0]!.sku.id));
  await shop.work();

  assert.equal((await shop.order(placed)).state, 'delivered');
  const {keys} = await shop.reveal(placed);
  assert.equal(keys.length, 2);
  assert.ok(['CARD-1-AAAA', 'CARD-2-AAAA'].every(card => JSON.stringify(keys).includes(card)));
  // $ 9.00 are ¥ 70.6608, and with 20 % on top ¥ 84.80.
  assert.equal(placed.order.total.amount, '169.60');
  const [attempt] = await shop.attempts(placed);
  assert.ok(attempt?.outcome?.kind === 'delivered');
  assert.deepEqual(attempt.outcome.charged, money('141.3216', 'CNY'));
  assert.equal(sandbox.platform.orders().length, 1);
  assert.equal(sandbox.platform.merchant(1000)!.balance.amount, '9982.00');
  sandbox.close();
});
