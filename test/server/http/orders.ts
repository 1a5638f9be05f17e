import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Order, PlacedOrder} from '../../../src/contract/order.ts';
import {money} from '../../../src/domain/money.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {json, openShop, problem, type Call, type TestShop} from '../../support/shop-server.ts';
import {aGood} from '../../support/upstream-goods.ts';

const contact = 'buyer@example.com';

async function orderCall(shop: TestShop, overrides: Record<string, unknown> = {}): Promise<Call & {key: string}> {
  const {intent, token} = await shop.agree();
  return {key: intent, body: {quote: token, contact, ...overrides}};
}

const place = (shop: TestShop, call: Call) => shop.fetch('/v1/orders', call);
const ordersWritten = (shop: TestShop) => shop.store.writes.filter(({method}) => method === 'insertOrder').length;

describe('an order', () => {
  it('is what was quoted, waits for its payment, and can be read with its token', async () => {
    const shop = await openShop();
    const placed = await shop.place(2);
    const {order} = placed;
    assert.deepEqual(
      {
        state: order.state,
        total: order.total,
        refundDue: order.refundDue,
        payments: order.payments,
        keys: order.keysReady,
      },
      {state: 'pending_payment', total: money('24', 'CNY'), refundDue: money('0', 'CNY'), payments: [], keys: 0},
    );
    assert.equal(Date.parse(order.expiresAt) - Date.parse(order.createdAt), 900_000);
    assert.match(order.number, /^\d{18}$/);
    assert.equal(order.lines[0]!.status, 'waiting');
    assert.deepEqual(await shop.order(placed), order);
  });

  it('draws another number where the first one it drew is taken', async context => {
    const shop = await openShop();
    const real = crypto.getRandomValues.bind(crypto);
    const drawn = [123_456, 123_456, 654_321];
    context.mock.method(crypto, 'getRandomValues', ((view: Uint32Array<ArrayBuffer>) => {
      real(view);
      if (view instanceof Uint32Array) view[0] = drawn.shift()!;
      return view;
    }) as Crypto['getRandomValues']);
    const numbers = [await shop.place(), await shop.place()].map(({order}) => order.number.slice(-6));
    assert.deepEqual(numbers, ['123456', '654321']);
  });

  it('B6: costs what was quoted even if the price rises meanwhile', async () => {
    const shop = await openShop();
    const call = await orderCall(shop);
    shop.upstream.script({quote: async () => money('50', 'CNY')});
    const {order} = await json<PlacedOrder>(await place(shop, call), 201);
    assert.equal(order.total.amount, '12.00');
  });

  it('carries the values of declared fields to the platform, and no others', async () => {
    const fields = [{name: 'account', label: '账号', type: 'text' as const, required: true, pattern: '^.{3,}$'}];
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({fields})]})});
    const skuId = await shop.skuOf();
    const values = {account: 'player', request_no: 'evil', __proto__: {x: 'y'}};
    const {order} = await json<PlacedOrder>(await place(shop, await orderCall(shop, {fields: {[skuId]: values}})), 201);
    assert.deepEqual((await shop.store.order(order.id))!.lines[0]!.fields, {account: 'player'});
  });
});

describe('an order: one per intent', () => {
  it('A5: the same request again is answered by the same order and token', async () => {
    const shop = await openShop();
    const call = await orderCall(shop);
    const first = await json<PlacedOrder>(await place(shop, call), 201);
    const second = await json<PlacedOrder>(await place(shop, call), 201);
    assert.deepEqual(second, first);
    assert.equal(ordersWritten(shop), 1);
  });

  it('A5: twenty at once make one order, and twenty equal answers', async () => {
    const shop = await openShop();
    const call = await orderCall(shop);
    const answers = await Promise.all(Array.from({length: 20}, () => place(shop, call)));
    const placed = await Promise.all(answers.map(answer => json<PlacedOrder>(answer, 201)));
    for (const answer of placed) assert.deepEqual(answer, placed[0]);
    assert.equal(ordersWritten(shop), 1);
  });

  it('the same fields in another order are the same request', async () => {
    const fields = ['a', 'b'].map(name => ({name, label: name, type: 'text' as const, required: true}));
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({fields})]})});
    const skuId = await shop.skuOf();
    const {intent, token} = await shop.agree();
    const send = (values: Record<string, string>) =>
      place(shop, {key: intent, body: {quote: token, contact, fields: {[skuId]: values}}});
    const first = await json<PlacedOrder>(await send({a: '1', b: '2'}), 201);
    assert.deepEqual(await json<PlacedOrder>(await send({b: '2', a: '1'}), 201), first);
  });

  for (const [what, change] of [
    ['contact', {contact: 'other@example.com'}],
    ['language', {lang: 'en'}],
    ['fields', {fields: {sku: {account: 'x'}}}],
  ] as const) {
    it(`the same intent with another ${what} is refused`, async () => {
      const shop = await openShop();
      const call = await orderCall(shop);
      await json(await place(shop, call), 201);
      const changed = {...call, body: {...(call.body as object), ...change}};
      await problem(await place(shop, changed), 'idempotency_key_reused');
      assert.equal(ordersWritten(shop), 1);
    });
  }

  it('the same intent with another quote is refused', async () => {
    const shop = await openShop();
    const call = await orderCall(shop);
    await json(await place(shop, call), 201);
    const other = await shop.agree(2);
    await problem(await place(shop, {...call, body: {quote: other.token, contact}}), 'idempotency_key_reused');
  });

  it('an intent that is not the quote’s own is refused', async () => {
    const shop = await openShop();
    const [mine, other] = [await orderCall(shop), await orderCall(shop)];
    await problem(await place(shop, {...mine, key: other.key}), 'quote_invalid');
    await problem(await place(shop, {...mine, key: 'int_0000000000000000000000'}), 'quote_invalid');
    assert.equal(ordersWritten(shop), 0);
  });

  it('a quote that has expired is refused, but its first answer still comes', async () => {
    const shop = await openShop();
    const [used, unused] = [await orderCall(shop), await orderCall(shop)];
    const first = await json<PlacedOrder>(await place(shop, used), 201);
    shop.clock.advance(300_000);
    assert.deepEqual(await json<PlacedOrder>(await place(shop, used), 201), first);
    await problem(await place(shop, unused), 'quote_expired');
    assert.equal(ordersWritten(shop), 1);
  });

  it('the last millisecond of a quote still counts', async () => {
    const shop = await openShop();
    const call = await orderCall(shop);
    shop.clock.advance(299_999);
    await json(await place(shop, call), 201);
  });

  it('a quote for a good that was taken off the shelf meanwhile is refused', async () => {
    const shop = await openShop();
    const call = await orderCall(shop);
    shop.upstream.goods = [];
    await shop.sync();
    await problem(await place(shop, call), 'quote_expired');
  });
});

describe('an order: bad input', () => {
  it('without an intent is refused', async () => {
    const shop = await openShop();
    const {body} = await orderCall(shop);
    await problem(await place(shop, {body}), 'idempotency_key_missing');
    for (const key of ['short', 'x'.repeat(65), 'blanks in the key are bad', 'semicolon;semicolon']) {
      await problem(await place(shop, {body, key}), 'validation_failed');
    }
    assert.equal(ordersWritten(shop), 0);
  });

  it('B6: with a quote that was tampered with, at any letter, is refused', async () => {
    const shop = await openShop();
    const {intent, token} = await shop.agree();
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (let at = 0; at < token.length; at++) {
      const letter = token[at]!;
      const other = letters[(letters.indexOf(letter) + 1) % letters.length]!;
      const forged = token.slice(0, at) + other + token.slice(at + 1);
      const answer = await shop.server.fetch(
        new Request('https://shop.example/v1/orders', {
          method: 'POST',
          headers: {'Content-Type': 'application/json', 'Idempotency-Key': intent},
          body: JSON.stringify({quote: forged, contact}),
        }),
      );
      await problem(answer, 'quote_invalid');
    }
    assert.equal(ordersWritten(shop), 0);
  });

  for (const forged of ['x', 'k1.', '.', 'k1.AAAA', 'k1.AAAA.AAAA', 'other.AAAA', 'k1.%%%', '__proto__.AAAA']) {
    it(`with the quote ${JSON.stringify(forged)} is refused`, async () => {
      const shop = await openShop();
      const {key} = await orderCall(shop);
      await problem(await place(shop, {key, body: {quote: forged, contact}}), 'quote_invalid');
    });
  }

  for (const [kind, good, bad] of [
    ['any', ['x', ' 12 '], [' ', '　']],
    ['email', ['a@b.co', ' a@b.co '], ['a@b', 'a b@c.de', '13800000000']],
    ['phone', ['13800000000', '+86 138-0000-0000'], ['abc', '12', 'a@b.co']],
    ['qq', ['12345', '123456789012'], ['0123456', '1234', 'a@b.co']],
  ] as const) {
    it(`with a contact that is no ${kind} is refused where the good asks for one`, async () => {
      const shop = await openShop({upstream: fakeUpstream({goods: [aGood({contact: kind})]})});
      for (const text of good) await json(await place(shop, await orderCall(shop, {contact: text})), 201);
      for (const text of bad) {
        const answer = await place(shop, await orderCall(shop, {contact: text}));
        assert.equal((await problem(answer, 'validation_failed')).errors?.[0]?.path, 'contact');
      }
      assert.equal(ordersWritten(shop), good.length);
    });
  }

  it('with fields that do not fit is refused, place by place', async () => {
    const field = (name: string, pattern: string) => ({
      name,
      label: name,
      type: 'text' as const,
      required: true,
      pattern,
    });
    const fields = [field('account', '^[a-z]+$'), field('zone', '^(a+)+$'), field('broken', '('), field('empty', '')];
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({fields})]})});
    const skuId = await shop.skuOf();
    const values = {account: 'ABC', zone: `${'a'.repeat(200)}!`, broken: 'anything'};
    const answer = await place(shop, await orderCall(shop, {fields: {[skuId]: values}}));
    assert.deepEqual((await problem(answer, 'validation_failed')).errors, [
      {path: `fields.${skuId}.account`, message: 'mismatch'},
      {path: `fields.${skuId}.zone`, message: 'mismatch'},
      {path: `fields.${skuId}.empty`, message: 'required'},
    ]);
  });

  it('without a field by the name of an inherited property is refused like any other', async () => {
    const fields = [{name: 'constructor', label: '职业', type: 'text' as const, required: true}];
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({fields})]})});
    const answer = await place(shop, await orderCall(shop, {fields: {[await shop.skuOf()]: {}}}));
    assert.match((await problem(answer, 'validation_failed')).errors?.[0]?.path ?? '', /constructor$/);
  });

  it('may say what a database finds hard to keep, and reads it back', async () => {
    const shop = await openShop();
    await json(await place(shop, await orderCall(shop, {contact: 'a\0b \ud800 😀 \u202e'})), 201);
  });
});

describe('an order: who may see it', () => {
  const paths = [
    ['GET', ''],
    ['GET', '/events'],
    ['POST', '/payments'],
    ['POST', '/keys'],
  ] as const;

  for (const [method, end] of paths) {
    it(`${method} …${end} needs the order’s own token; absent and foreign orders are answered alike`, async () => {
      const shop = await openShop();
      const [mine, other] = [await shop.place(), await shop.place()];
      const written = shop.store.writes.length;
      const ask = (id: string, headers: Record<string, string>) =>
        shop.fetch(`/v1/orders/${id}${end}`, {
          method,
          headers,
          ...(method === 'POST' && {key: 'payment-key-0001', body: {method: 'fakepay-page'}}),
        });
      const bearer = (token: string) => ({Authorization: `Bearer ${token}`});

      const headerless: Record<string, string>[] = [{}, {Authorization: mine.token}, bearer('not base64!'), bearer('')];
      for (const headers of headerless) await problem(await ask(mine.order.id, headers), 'order_token_missing');

      const [foreign, absent, nul] = [
        await ask(mine.order.id, bearer(other.token)),
        await ask('ord_absent', bearer(mine.token)),
        await ask('%00', bearer(mine.token)),
      ];
      const texts = await Promise.all([foreign, absent, nul].map(answer => answer.text()));
      assert.deepEqual(texts, [texts[0], texts[0], texts[0]]);
      assert.deepEqual([foreign.status, absent.status], [403, 403]);
      assert.deepEqual([...foreign.headers], [...absent.headers]);
      assert.equal(shop.store.writes.length, written);
    });
  }

  it('E1: a token with any letter changed opens nothing', async () => {
    const shop = await openShop();
    const {order, token} = await shop.place();
    assert.ok(token.length * 6 >= 128);
    for (let index = 0; index < token.length; index++) {
      const forged = token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
      await problem(await shop.fetch(`/v1/orders/${order.id}`, {token: forged}), 'order_token_invalid');
    }
    for (const forged of [token.slice(0, -1), `${token}A`, token.toLowerCase()]) {
      await problem(await shop.fetch(`/v1/orders/${order.id}`, {token: forged}), 'order_token_invalid');
    }
  });

  it('its number opens nothing', async () => {
    const shop = await openShop();
    const {order, token} = await shop.place();
    await problem(await shop.fetch(`/v1/orders/${order.number}`, {token}), 'order_token_invalid');
  });

  it('its answers are never cached and tell no contact, cost or platform', async () => {
    const shop = await openShop();
    const {order, token} = await shop.place();
    const answer = await shop.fetch(`/v1/orders/${order.id}`, {token});
    const text = await answer.text();
    for (const secret of [contact, 'costCeiling', '"main"', 'STEAM50', 'source', token]) {
      assert.ok(!text.includes(secret), `the order says ${secret}`);
    }
  });
});

describe('an order: its payment window', () => {
  it('closes, and the order expires', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    await shop.work(899_999);
    assert.equal((await shop.order(placed)).state, 'pending_payment');
    await shop.work(1);
    assert.equal((await shop.order(placed)).state, 'expired');
  });

  it('closes when the job was lost, by the sweep', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    shop.clock.advance(900_000);
    await shop.server.runJob({type: 'sweep'}, new AbortController().signal);
    await shop.server.runJob({type: 'expire_order', orderId: placed.order.id}, new AbortController().signal);
    assert.equal(
      (await json<Order>(await shop.fetch(`/v1/orders/${placed.order.id}`, {token: placed.token}))).state,
      'expired',
    );
    assert.ok(shop.jobs.waiting().some(({job}) => job.type === 'expire_order'));
  });
});
