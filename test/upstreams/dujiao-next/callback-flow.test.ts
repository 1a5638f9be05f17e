import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createSandbox, type Sandbox} from '../../../src/sandbox/index.ts';
import {env} from '../../../src/server/config/config.ts';
import {createUpstream} from '../../../src/server/connections.ts';
import {noticesAddress} from '../../../src/server/notices-address.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {openShop, type TestShop} from '../../support/shop-server.ts';
import {catalogueOf, makeGood} from '../../sandbox/support/goods.ts';

/*
 * A shop and a dujiao-next platform that only know each other's addresses. Time stands still, so nothing is ever polled:
 * what happens, happens because the platform calls.
 */

const connection = {
  id: 'main',
  protocol: 'dujiao-next',
  url: 'https://platform.example',
  credentials: {apiKey: env('APP_ID'), apiSecret: env('APP_KEY')},
  listing: {price: {markup: {percent: '10'}}},
} as const;

interface Pair {
  readonly shop: TestShop;
  readonly sandbox: Sandbox;
  /** Callbacks that the platform sent, and what they were answered. */
  readonly callbacks: {readonly request: Request; readonly answer: string}[];
}

async function open(): Promise<Pair> {
  const good = makeGood({id: 100, code: 'MANUAL0000000001', delivery: 'manual', manualStock: 9});
  const callbacks: {request: Request; answer: string}[] = [];
  const upstream = fakeUpstream({goods: []});
  const shop = await openShop({upstream, config: {connections: [connection]}});
  const {clock} = shop;
  const sandbox = createSandbox({
    catalogue: catalogueOf([good], []),
    // A timer of the platform never strikes here: no callback is sent twice.
    clock: {now: clock.now, after: () => () => undefined},
    async fetch(request) {
      const copy = request.clone();
      const response = await shop.server.fetch(request);
      callbacks.push({request: copy, answer: await response.clone().text()});
      return response;
    },
  });
  const secrets = ({env: name}: {readonly env: string}) =>
    name === 'APP_ID' ? sandbox.credentials.appId : sandbox.credentials.appKey;
  const platform = createUpstream(shop.ports.config.connections[0]!, {
    secrets,
    clock,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
    callbackUrl: noticesAddress(shop.ports.config, 'main'),
  });
  Object.assign(upstream, platform);
  await shop.sync();
  return {shop, sandbox, callbacks};
}

async function placed({shop}: Pair) {
  const {items} = (await (await shop.fetch('/v1/products')).json()) as {items: {skuId: string}[]};
  const quote = await shop.quote([{skuId: items[0]!.skuId, quantity: 2}]);
  const body = {quote: quote.token, contact: 'buyer@example.com'};
  const answer = await shop.fetch('/v1/orders', {key: quote.intent!, body});
  const order = (await answer.json()) as Awaited<ReturnType<TestShop['place']>>;
  await shop.notify(await shop.openPayment(order));
  await shop.work();
  assert.equal((await shop.procurement(order)).state, 'accepted');
  return order;
}

/** The callback is sent and answered without anybody waiting for it. */
async function settled({callbacks}: Pair, count: number): Promise<void> {
  while (callbacks.length < count) await new Promise(resolve => setImmediate(resolve));
}

describe('a callback of a dujiao-next platform', () => {
  it('turns the order, without a poll', async () => {
    const pair = await open();
    const {shop, sandbox, callbacks} = pair;
    const order = await placed(pair);
    await shop.work();
    assert.equal((await shop.order(order)).state, 'fulfilling');
    sandbox.platform.deliver(sandbox.platform.orders()[0]!.tradeNo, 'CARD-1-AAAA\nCARD-2-AAAA');
    // The first one told that the platform is at work on it.
    await settled(pair, 2);
    assert.equal(callbacks[1]!.request.url, 'https://shop.example/v1/connections/main/notices');
    assert.equal(callbacks[1]!.answer, '{"ok":true}');
    await shop.work();
    assert.equal((await shop.order(order)).state, 'delivered');
    assert.equal((await shop.reveal(order)).keys.length, 2);
    assert.equal(sandbox.platform.orders().length, 1);
    sandbox.close();
  });

  it('is not taken for another one: altered, older than a minute, or of another account', async () => {
    const pair = await open();
    const {shop, sandbox, callbacks} = pair;
    const order = await placed(pair);
    const {tradeNo} = sandbox.platform.orders()[0]!;
    sandbox.platform.deliver(tradeNo, 'CARD-1-AAAA\nCARD-2-AAAA');
    await settled(pair, 2);
    const {request} = callbacks[1]!;
    const headers = Object.fromEntries(request.headers);
    const body = await request.text();
    const again = async (changed: {headers?: Record<string, string>; body?: string}) => {
      const answer = await shop.fetch('/v1/connections/main/notices', {
        method: 'POST',
        headers: {...headers, ...changed.headers},
        body: changed.body ?? body,
      });
      assert.equal(answer.status, 200);
      return ((await answer.json()) as {ok: boolean}).ok;
    };
    assert.equal(await again({body: body.replace('completed', 'refunded')}), false);
    assert.equal(await again({headers: {'dujiao-next-api-key': '1001'}}), false);
    assert.equal(await again({headers: {'dujiao-next-signature': '0'.repeat(64)}}), false);
    assert.equal(await again({body: ''}), false);
    assert.equal(await again({}), true);
    shop.clock.advance(61_000);
    assert.equal(await again({}), false);
    await shop.work();
    assert.equal((await shop.order(order)).state, 'delivered');
    assert.equal(sandbox.platform.orders().length, 1);
    sandbox.close();
  });

  it('A1, E2: twice, late, forged or meant for another shop: the order is delivered once, when the platform says so', async () => {
    const pair = await open();
    const {shop, sandbox, callbacks} = pair;
    const order = await placed(pair);
    await settled(pair, 1);
    for (const fault of ['callback-forged', 'callback-for-another-shop', 'callback-twice'] as const) {
      sandbox.faults.arm({fault});
    }
    sandbox.platform.deliver(sandbox.platform.orders()[0]!.tradeNo, 'CARD-1-AAAA\nCARD-2-AAAA');
    await settled(pair, 5);
    assert.deepEqual(
      callbacks.slice(1).map(({answer}) => (JSON.parse(answer) as {ok: boolean}).ok),
      [false, false, true, true],
    );
    await shop.work();
    assert.equal((await shop.order(order)).state, 'delivered');
    assert.equal((await shop.reveal(order)).keys.length, 2);
    assert.equal(sandbox.platform.orders().length, 1);
    assert.deepEqual(sandbox.faults.list(), []);
    sandbox.close();
  });

  it('B1: that is lost costs time and nothing else: the order is read all the same', async () => {
    const pair = await open();
    const {shop, sandbox, callbacks} = pair;
    const order = await placed(pair);
    await settled(pair, 1);
    sandbox.faults.arm({fault: 'callback-lost'});
    sandbox.platform.deliver(sandbox.platform.orders()[0]!.tradeNo, 'CARD-1-AAAA\nCARD-2-AAAA');
    await shop.work(5000);
    assert.equal((await shop.order(order)).state, 'delivered');
    assert.equal(callbacks.length, 1);
    sandbox.close();
  });

  it('is asked for only where a platform can reach the shop', () => {
    for (const address of [
      'http://localhost:4100',
      'http://127.0.0.1:4100',
      'http://192.168.1.5',
      'http://10.0.0.1',
      'http://172.20.0.2',
      'http://[::1]:4100',
      'http://[fd00::1]',
      'http://shop.local',
    ]) {
      assert.equal(noticesAddress({address}, 'main'), undefined, address);
    }
    assert.equal(
      noticesAddress({address: 'https://shop.example.com'}, 'main'),
      'https://shop.example.com/v1/connections/main/notices',
    );
    assert.notEqual(noticesAddress({address: 'https://172.32.0.1'}, 'main'), undefined);
  });
});
