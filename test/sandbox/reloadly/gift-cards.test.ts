import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {createSandbox, type Sandbox} from '../../../src/sandbox/index.ts';
import {productsOf, worthOf} from '../../../src/sandbox/reloadly/product-rows.ts';
import type {Answer} from '../support/answer.ts';
import {FakeClock} from '../support/fake-clock.ts';
import {cardsOf, catalogueOf, makeGood} from '../support/goods.ts';

const plain = makeGood({id: 100, code: 'PLAIN00000000001', memberPrice: '5.79'});
const pairs = makeGood({id: 101, code: 'PAIRS00000000001'});
const manual = makeGood({id: 102, code: 'MANUAL0000000001', delivery: 'manual', manualStock: 5});
const productOf = (good: typeof plain) => productsOf(good)[0]!;
const id = (good: typeof plain) => productOf(good).sku.id;
const credentials = {client_id: '1000', client_secret: 'test_secret', grant_type: 'client_credentials'};

let clock: FakeClock;
let sandbox: Sandbox;
let token: string;

beforeEach(async () => {
  clock = new FakeClock();
  const cards = [
    ...cardsOf(plain, ['KEY-1-AAAA', 'KEY-2-AAAA', '00123']),
    ...cardsOf(pairs, ['卡号: 6120200345149064123 密码: 5821', 'https://redeem.example/r/1']),
  ];
  const catalogue = catalogueOf([plain, pairs, manual], cards);
  sandbox = createSandbox({clock, catalogue, merchants: [{appId: 1000, appKey: 'test_secret', balance: '40'}]});
  token = (await login()).body.access_token as string;
});

afterEach(() => sandbox.close());

const login = (changes: object = {}) =>
  ask('POST', '/oauth/token', {...credentials, audience: 'https://giftcards-sandbox.reloadly.com', ...changes});

async function ask(method: string, path: string, body?: object, bearer = token) {
  const response = await sandbox.fetch(
    new Request(`https://giftcards.example${path}`, {
      method,
      headers: {authorization: `Bearer ${bearer}`, 'content-type': 'application/json'},
      ...(body && {body: JSON.stringify(body)}),
    }),
  );
  const text = await response.text();
  const answer: Answer = JSON.parse(text);
  return {status: response.status, body: answer, text};
}

const buy = (good: typeof plain, changes: object = {}) =>
  ask('POST', '/orders', {
    productId: id(good),
    quantity: 1,
    unitPrice: worthOf(productOf(good)),
    senderName: 'shop',
    recipientEmail: 'cards@shop.example',
    ...changes,
  });

describe('the sandbox as Reloadly', () => {
  it('gives tokens for its audience, and takes them for 60 days', async () => {
    const {body} = await login({audience: 'https://giftcards.example'});
    assert.deepEqual([body.scope, body.expires_in, body.token_type], ['developer', 5_184_000, 'Bearer']);
    for (const wrong of [{client_secret: 'x'}, {client_id: '2'}, {audience: 'https://topups.reloadly.com'}]) {
      const refused = await login(wrong);
      assert.deepEqual(
        [refused.status, refused.body.errorCode, refused.body.message],
        [401, 'INVALID_CREDENTIALS', 'Access Denied'],
      );
    }
    await clock.advance(60 * 24 * 3_600_000);
    const late = await ask('GET', '/accounts/balance');
    assert.deepEqual([late.status, late.body.errorCode], [401, 'INVALID_TOKEN']);
  });

  it('lists products in pages, with a cost for each worth and no stock', async () => {
    const {body} = await ask('GET', '/products?size=2&page=2');
    assert.deepEqual([body.content.length, body.totalElements, body.last, body.number], [1, 3, true, 1]);
    const {body: one} = await ask('GET', `/products/${id(plain)}`);
    assert.deepEqual(one.fixedRecipientToSenderDenominationsMap, [{[`${worthOf(productOf(plain))}.00`]: 5.79}]);
    assert.ok(!Object.keys(one).some(name => /stock|qty|quantity/i.test(name)));
    assert.equal((await ask('GET', '/products/999')).status, 400);
  });

  it('buys without handing cards over, and tells them apart: numbers, texts, one, several', async () => {
    const {status, body: made} = await buy(plain, {quantity: 2, customIdentifier: 'A-1'});
    assert.deepEqual([status, made.status, made.amount, made.currencyCode], [200, 'SUCCESSFUL', 11.58, 'USD']);
    assert.deepEqual((await ask('GET', `/orders/transactions/${made.transactionId}/cards`)).body, [
      {cardNumber: 'KEY-1-AAAA', pinCode: null},
      {cardNumber: 'KEY-2-AAAA', pinCode: null},
    ]);
    assert.deepEqual((await ask('GET', `/reports/transactions/${made.transactionId}`)).body[0].status, 'SUCCESSFUL');
    const {body: pair} = await buy(pairs, {customIdentifier: 'A-2'});
    const {text} = await ask('GET', `/orders/transactions/${pair.transactionId}/cards`);
    assert.equal(text, '{"cardNumber":6120200345149064123,"pinCode":5821}');
    const {body: report} = await ask('GET', '/reports/transactions?customIdentifier=A-1');
    assert.deepEqual(
      report.content.map((row: Answer) => row.transactionId),
      [made.transactionId],
    );
  });

  it('refuses without codes', async () => {
    for (const [changes, message] of [
      [{unitPrice: 1}, /Unit price/],
      [{quantity: 4}, /unavailable/],
      [{quantity: 0}, /quantity/],
      [{recipientEmail: 'x'}, /recipientEmail/],
      [{productId: 5}, /not found/],
    ] as const) {
      const {status, body} = await buy(plain, changes);
      assert.deepEqual([status, body.errorCode], [400, null]);
      assert.match(body.message as string, message);
    }
    assert.match((await buy(plain, {customIdentifier: 'A-1'})).body.status as string, /SUCCESSFUL/);
    assert.match((await buy(plain, {customIdentifier: 'A-1'})).body.message as string, /already exists/);
    sandbox.platform.spendElsewhere(1000, sandbox.platform.merchant(1000)!.balance);
    assert.match((await buy(plain)).body.message as string, /insufficient/);
    assert.equal(sandbox.platform.orders().length, 1);
  });

  it('has two shapes of errors', async () => {
    const {status, body} = await ask('GET', '/orders/transactions/101/cards');
    assert.deepEqual([status, body.message, body.errorCode], [404, 'Invalid transaction id', null]);
    const {body: other} = await ask('GET', '/reports/transactions/1/2/3');
    assert.deepEqual([other.status, other.error, 'errorCode' in other], [404, 'Not Found', false]);
  });

  it('fails charged, and pays back later', async () => {
    sandbox.faults.arm({fault: 'oversold'});
    const {body: made} = await buy(plain);
    assert.equal(made.status, 'FAILED');
    const [order] = sandbox.platform.orders();
    sandbox.platform.refund(order!.tradeNo, order!.amount);
    assert.equal((await ask('GET', `/reports/transactions/${made.transactionId}`)).body[0].status, 'REFUNDED');
    assert.deepEqual((await ask('GET', `/orders/transactions/${made.transactionId}/cards`)).body, []);
    const {body: late} = await buy(manual);
    assert.equal(late.status, 'PENDING');
  });
});
