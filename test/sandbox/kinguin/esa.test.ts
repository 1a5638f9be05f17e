import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {createSandbox, type Sandbox} from '../../../src/sandbox/index.ts';
import {productId, productsOf} from '../../../src/sandbox/kinguin/product-rows.ts';
import type {Answer} from '../support/answer.ts';
import {FakeClock} from '../support/fake-clock.ts';
import {cardsOf, catalogueOf, makeGood} from '../support/goods.ts';

const plain = makeGood({id: 100, code: 'PLAIN00000000001', memberPrice: '5.79'});
const topUp = makeGood({
  id: 101,
  code: 'TOPUP00000000001',
  fields: [{name: 'account', label: '账号', type: 'text', placeholder: '', pattern: '.+', error: '', choices: []}],
});
const manual = makeGood({id: 102, code: 'MANUAL0000000001', delivery: 'manual', manualStock: 5});
const productOf = (good: typeof plain) => productId(productsOf(good)[0]!);

let clock: FakeClock;
let sandbox: Sandbox;

beforeEach(() => {
  clock = new FakeClock();
  const catalogue = catalogueOf([plain, topUp, manual], cardsOf(plain, ['KEY-1-AAAA', 'KEY-2-AAAA', 'KEY-3-AAAA']));
  sandbox = createSandbox({
    clock,
    catalogue,
    merchants: [{appId: 1000, appKey: 'test_key_0001', balance: '12.45'}],
  });
});

afterEach(() => sandbox.close());

async function ask(method: string, path: string, body?: object, key = 'test_key_0001') {
  const response = await sandbox.fetch(
    new Request(`https://gateway.example/esa/api${path}`, {
      method,
      headers: {'x-api-key': key, 'content-type': 'application/json'},
      ...(body && {body: JSON.stringify(body)}),
    }),
  );
  const answer: Answer = await response.json();
  return {status: response.status, body: answer};
}

const buy = (changes: object = {}, orderExternalId = 'A-20260101-0001') =>
  ask('POST', '/v2/order', {
    products: [{productId: productOf(plain), qty: 1, price: 5.79, keyType: 'text', ...changes}],
    orderExternalId,
  });

describe('the sandbox as Kinguin', () => {
  it('answers the published exchanges', async () => {
    assert.deepEqual(await ask('GET', '/v1/balance'), {status: 200, body: {balance: 12.45}});
    const {status, body: made} = await buy();
    assert.deepEqual([status, made.status, made.totalPrice, made.paymentPrice], [201, 'processing', 5.79, '5.79']);
    assert.ok(!('keys' in made.products[0]), 'keys are in reads only');
    const {body: found} = await ask('GET', '/v1/order?orderExternalId=A-20260101-0001&limit=25');
    assert.deepEqual([found.item_count, found.results[0].orderId], [1, made.orderId]);
    assert.deepEqual(await ask('GET', '/v1/balance', undefined, 'another'), {
      status: 401,
      body: {kind: 'Authorization', status: 401, detail: 'Invalid authentication data.', type: 'Unauthorized'},
    });
  });

  it('takes both numbers of a product, and sells nothing that asks its buyer something', async () => {
    const {body} = await ask('GET', '/v1/products?limit=100');
    assert.deepEqual(
      body.results.map((row: {productId: string}) => row.productId),
      [plain, manual].map(productOf),
    );
    const {kinguinId} = body.results[0];
    assert.equal((await ask('GET', `/v1/products/${kinguinId}`)).body.productId, productOf(plain));
    const bought = await ask('POST', '/v1/order', {products: [{kinguinId, qty: 1, price: 6}]});
    assert.deepEqual([bought.status, bought.body.totalPrice], [201, 5.79]);
  });

  it('buys again for a reference that was used: nobody says that it does not', async () => {
    await buy();
    await buy();
    assert.equal((await ask('GET', '/v1/order?orderExternalId=A-20260101-0001')).body.item_count, 2);
    assert.equal(sandbox.platform.merchant(1000)!.balance.amount, '0.87');
  });

  it('refuses by kinds', async () => {
    for (const [changes, kind, status] of [
      [{qty: 10}, 'ConstraintViolation', 400],
      [{qty: 0}, 'ConstraintViolation', 400],
      [{keyType: 'image'}, 'ConstraintViolation', 400],
      [{price: 5.78}, 'ProductUnavailable', 422],
      [{qty: 4}, 'ProductUnavailable', 422],
      [{productId: 'ffffffffffffffffffffffff'}, 'ProductUnavailable', 422],
      [{qty: 3}, 'InsufficientBalance', 422],
    ] as const) {
      const answer = await buy(changes);
      assert.deepEqual([answer.status, answer.body.kind], [status, kind], JSON.stringify(changes));
    }
    assert.deepEqual(sandbox.platform.orders(), []);
    assert.equal((await ask('GET', '/v1/order/NOBODY')).body.kind, 'OrderNotFound');
    assert.equal((await ask('GET', '/v1/products?limit=101')).body.kind, 'ConstraintViolation');
    assert.equal((await ask('GET', '/v1/products?name=ab')).body.kind, 'ConstraintViolation');
  });

  it('hands keys out in pages', async () => {
    const {body: made} = await buy({qty: 2});
    const pages = await Promise.all(
      [1, 2, 3].map(page => ask('GET', `/v2/order/${made.orderId}/keys?limit=1&page=${page}`)),
    );
    assert.deepEqual(
      pages.map(({body}) => body.map((key: {serial: string}) => key.serial)),
      [['KEY-1-AAAA'], ['KEY-2-AAAA'], []],
    );
  });

  it('takes keys back once, within a day, all of an order', async () => {
    const {body: made} = await buy({qty: 2});
    const path = `/v2/order/${made.orderId}/keys/return`;
    assert.equal((await ask('POST', path)).status, 200);
    const {body: read} = await ask('GET', `/v1/order/${made.orderId}`);
    assert.deepEqual([read.status, read.products[0].keys[0].status], ['refunded', 'REFUNDED']);
    assert.equal(sandbox.platform.merchant(1000)!.balance.amount, '12.45');
    assert.equal((await ask('POST', path)).body.kind, 'NoKeysToReturn');

    const {body: late} = await buy({}, 'A-2');
    await clock.advance(24 * 3_600_000 + 1);
    assert.equal((await ask('POST', `/v2/order/${late.orderId}/keys/return`)).body.kind, 'NoKeysToReturn');
  });

  it('takes keys back that have not come yet, when they come', async () => {
    const {body: made} = await buy({productId: productOf(manual), price: 9});
    const {body} = await ask('POST', `/v2/order/${made.orderId}/keys/return`);
    assert.equal(body[0].status, 'PENDING');
    assert.equal((await ask('GET', `/v1/order/${made.orderId}`)).body.status, 'processing');
    sandbox.platform.deliver(sandbox.platform.orders()[0]!.tradeNo, 'KEY-9');
    assert.equal((await ask('GET', `/v1/order/${made.orderId}`)).body.status, 'refunded');
  });
});
