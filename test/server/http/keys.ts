import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {BuyOutcome} from '../../../src/upstreams/port.ts';
import {money} from '../../../src/domain/money.ts';
import {createServer} from '../../../src/server/app.ts';
import {createKeyRing} from '../../../src/server/security/key-ring.ts';
import {delivered} from '../../support/fake-upstream.ts';
import {json, masterKey, openShop, problem, requestOf, type TestShop} from '../../support/shop-server.ts';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Keys} from '../../../src/contract/keys.ts';

const keysPath = ({order}: PlacedOrder) => `/v1/orders/${order.id}/keys`;

async function deliveredShop(secret = 'AAAA-1111\nBBBB-2222'): Promise<{shop: TestShop; placed: PlacedOrder}> {
  const shop = await openShop();
  shop.upstream.script({buy: async () => delivered(secret)});
  const placed = await shop.placePaid(2);
  await shop.work();
  return {shop, placed};
}

describe('the keys of an order', () => {
  it('come on demand only, are never cached, and every showing is counted', async () => {
    const {shop, placed} = await deliveredShop();
    const call = {method: 'POST', token: placed.token};
    const answer = await shop.fetch(keysPath(placed), call);
    assert.equal(answer.headers.get('Cache-Control'), 'no-store');
    const {keys, revealCount} = await json<Keys>(answer);
    assert.deepEqual(
      keys.map(({title, lineId, secret}) => [title, lineId, secret]),
      [
        ['Steam 钱包充值码 50 元', 'l1', {kind: 'code', code: 'AAAA-1111'}],
        ['Steam 钱包充值码 50 元', 'l1', {kind: 'code', code: 'BBBB-2222'}],
      ],
    );
    const counts = [revealCount];
    for (let time = 0; time < 2; time++) counts.push((await shop.reveal(placed)).revealCount);
    assert.deepEqual(counts, [1, 2, 3]);
    assert.equal(shop.log.entries.filter(({event}) => event === 'keys revealed').length, 3);
  });

  it('say until when they work, where the platform says so', async () => {
    const shop = await openShop();
    const expiresAt = Date.parse('2027-03-01T00:00:00Z');
    shop.upstream.script({buy: async () => ({...delivered('AAAA-1111'), expiresAt}) as BuyOutcome});
    const placed = await shop.placePaid(1);
    await shop.work();
    assert.equal((await shop.reveal(placed)).keys[0]?.expiresAt, '2027-03-01T00:00:00.000Z');
  });

  it('are not ready before anything was delivered, and that is not counted', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const call = {method: 'POST', token: placed.token};
    await problem(await shop.fetch(keysPath(placed), call), 'keys_not_ready');
    await shop.notify(await shop.openPayment(placed));
    await problem(await shop.fetch(keysPath(placed), call), 'keys_not_ready');
    await shop.work();
    assert.equal((await shop.reveal(placed)).revealCount, 1);
  });

  it('E4: stand in no other answer, and in no log', async () => {
    const {shop, placed} = await deliveredShop('ZEBRA-CARD-1\nZEBRA-CARD-2');
    const {order, token} = placed;
    await shop.reveal(placed);
    const texts: string[] = [];
    for (const [path, call] of [
      [`/v1/orders/${order.id}`, {token}],
      [`/v1/orders/${order.id}/events`, {token}],
      [`/v1/orders/${order.id}/keys`, {token}],
      [`/v1/orders/${order.id}/payments`, {token, key: 'payment-key-0001', body: {method: 'fakepay-page'}}],
      ['/v1/shop', {}],
      ['/v1/products', {}],
    ] as const) {
      texts.push(await (await shop.fetch(path, call)).text());
    }
    texts.push(JSON.stringify(shop.log.entries));
    for (const text of texts) assert.ok(!text.includes('ZEBRA'), text);
  });

  const charged = money('10', 'CNY');
  const prose = 'ZEBRA 卡密在此，如有疑问请联系客服。';
  for (const [what, outcome] of [
    ['delivered', delivered('ZEBRA-CARD-1\nZEBRA-CARD-2')],
    ['delivered short', delivered('ZEBRA-CARD-1')],
    ['what looks like an apology', delivered(prose)],
    ['charged without goods', {kind: 'charged_without_goods', orderId: 'up1', charged, text: prose}],
    [
      'accepted with a text that may be a card',
      {kind: 'accepted', orderId: 'up1', charged, placeholder: 'ZEBRA-CARD-1'},
    ],
  ] as const satisfies readonly (readonly [string, BuyOutcome])[]) {
    it(`are encrypted at rest: ${what}`, async () => {
      const shop = await openShop();
      shop.upstream.script({buy: async () => outcome, follow: async () => ({kind: 'pending', text: 'ZEBRA-CARD-1'})});
      await shop.placePaid(2);
      await shop.work();
      await shop.work(10_000);
      assert.ok(shop.store.writes.some(({method}) => method === 'saveAttempt'));
      assert.ok(!JSON.stringify(shop.store.writes).includes('ZEBRA'));
      assert.ok(!JSON.stringify(shop.log.entries).includes('ZEBRA'));
    });
  }

  it('that wait for a late delivery are looked for with the very text the order was accepted with', async () => {
    const shop = await openShop();
    const placeholder = '发货中 ｜ 请稍候 😀';
    shop.upstream.script({
      buy: async () => ({kind: 'accepted', orderId: 'up1', charged, placeholder}),
      follow: async () => ({kind: 'delivered', secret: 'AAAA-1\nBBBB-2'}),
    });
    const placed = await shop.placePaid(2);
    await shop.work();
    await shop.work(5000);
    assert.deepEqual(shop.upstream.asked('follow')[0]![0], {orderId: 'up1', placeholder});
    assert.equal((await shop.reveal(placed)).keys.length, 2);
  });
});

describe('keys after the master key was changed', () => {
  const [old, next] = [masterKey('k1', 1), masterKey('k2', 2)];

  async function rotated(shop: TestShop, ...keys: [typeof old, ...(typeof old)[]]) {
    return createServer({...shop.ports, keys: await createKeyRing(keys)});
  }

  it('can be shown, and the order token still opens the order, as long as the old one is in the ring', async () => {
    const {shop, placed} = await deliveredShop();
    const server = await rotated(shop, next, old);
    const {keys} = await json<Keys>(
      await server.fetch(requestOf(keysPath(placed), {method: 'POST', token: placed.token})),
    );
    assert.equal(keys.length, 2);
  });

  it('F5: are still known as delivered', async () => {
    const {shop} = await deliveredShop('AAAA-1111\nBBBB-2222');
    const server = await rotated(shop, next, old);
    shop.upstream.script({buy: async () => delivered('AAAA-1111')});
    const second = await shop.placePaid();
    const {id: procurementId} = await shop.procurement(second);
    await server.runJob({type: 'procure', procurementId}, new AbortController().signal);
    assert.equal((await shop.order(second)).state, 'refund_pending');
  });

  it('a quote made before still holds, and an order placed before gets the same order again', async () => {
    const shop = await openShop();
    const {intent, token} = await shop.agree();
    const server = await rotated(shop, next, old);
    const call = {key: intent, body: {quote: token, contact: 'x'}};
    const first = await json<PlacedOrder>(await shop.fetch('/v1/orders', call), 201);
    const again = await json<PlacedOrder>(await server.fetch(requestOf('/v1/orders', call)), 201);
    assert.equal(again.order.id, first.order.id);
    for (const each of [first.token, again.token]) {
      await json(await server.fetch(requestOf(`/v1/orders/${first.order.id}`, {token: each})));
    }
  });

  it('a lost answer is looked into by the same request, password and all', async () => {
    const shop = await openShop();
    shop.upstream.script({buy: async () => ({kind: 'unknown', reason: 'timeout', text: ''})});
    const placed = await shop.placePaid();
    await shop.work();
    const server = await rotated(shop, next, old);
    shop.upstream.script({reconcile: async () => delivered('AAAA-1')});
    shop.clock.advance(1000);
    const {id: procurementId} = await shop.procurement(placed);
    await server.runJob({type: 'procure', procurementId}, new AbortController().signal);
    assert.deepEqual(shop.upstream.asked('reconcile')[0]![0], shop.upstream.asked('buy')[0]![0]);
  });

  it('without the old one cannot be shown: the fault is ours, named to the operator only, and nothing is counted', async () => {
    const {shop, placed} = await deliveredShop();
    const server = await rotated(shop, next);
    const answer = await server.fetch(requestOf(keysPath(placed), {method: 'POST', token: placed.token}));
    await problem(answer, 'order_token_invalid');
    const sealedElsewhere = createServer({
      ...shop.ports,
      keys: {...shop.ports.keys, open: async () => undefined},
    });
    const broken = await sealedElsewhere.fetch(requestOf(keysPath(placed), {method: 'POST', token: placed.token}));
    const {detail} = await problem(broken, 'internal_error');
    assert.ok(!detail!.includes('k1'));
    assert.match(JSON.stringify(shop.log.entries.at(-1)), /cannot be opened with key .*k1/);
    assert.equal((await shop.reveal(placed)).revealCount, 1);
  });
});
