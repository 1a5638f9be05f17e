import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assertPage, openShop, origin, readAnswer, signedRequest} from '../support/shop.ts';

const unknownMerchant = {code: 0, msg: '商户ID不存在'};

test('connect answers with the balance as a number', async () => {
  const {call} = openShop();
  const data = {shopName: '异次元店铺', balance: 9889.76};
  assert.deepEqual(await call('authentication/connect'), {code: 200, msg: 'success', data});
  assert.equal((await call('authentication/connect', {app_id: 1003})).data.balance, 10000);
});

test('what is no form post has no merchant', async () => {
  const {sandbox} = openShop();
  const url = `${origin}/shared/authentication/connect`;
  const json = {method: 'POST', body: '{"app_id":1000}', headers: {'content-type': 'application/json'}};
  for (const init of [json, {method: 'GET'}, {method: 'OPTIONS'}]) {
    assert.deepEqual(await readAnswer(await sandbox.fetch(new Request(url, init))), unknownMerchant);
  }
  const inQuery = new Request(`${url}?app_id=1000&sign=72e34e88c96c5b00c8808f24cfac42b0`, {method: 'POST'});
  assert.deepEqual(await readAnswer(await sandbox.fetch(inQuery)), unknownMerchant);
});

test('merchant ids are cast, signs are compared exactly', async () => {
  const {call} = openShop();
  assert.equal((await call('authentication/connect', {app_id: '1000abc'})).code, 200);
  assert.deepEqual(await call('authentication/connect', {app_id: 77}), unknownMerchant);
  const upper = {sign: '72E34E88C96C5B00C8808F24CFAC42B0'};
  assert.deepEqual(await call('authentication/connect', upper), {code: 0, msg: '密钥错误'});
});

test('paths ignore case and a trailing slash; unknown ones are the page', async () => {
  const {sandbox, call} = openShop();
  assert.equal((await call('Authentication/CONNECT/')).code, 200);
  assertPage(await call('commodity/nothing'));
  assertPage(await call('commodity'));
  assertPage(await readAnswer(await sandbox.fetch(new Request(`${origin}/nowhere`))));
});

test('a banned merchant may read everything', async () => {
  const {call} = openShop();
  const reads = ['authentication/connect', 'commodity/items', 'commodity/stock', 'commodity/valuation'];
  for (const path of reads) {
    assert.equal((await call(path, {app_id: 1002, code: 'PLAIN00000000001', num: 1})).code, 200, path);
  }
});

test('the firewall speaks before the sign is looked at', async () => {
  const {call} = openShop();
  const msg = 'The current session is not secure. Please refresh the web page and try again.';
  for (const contact of ['select a from b ', 'user (x)']) {
    assert.deepEqual(await call('commodity/trade', {contact, sign: 'wrong'}), {code: 0, msg});
  }
});

test('a multipart form is read as well', async () => {
  const {sandbox} = openShop();
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(await signedRequest('x', {code: 'PLAIN00000000001'}).text())) {
    form.append(name, value);
  }
  const request = new Request(`${origin}/shared/commodity/stock`, {method: 'POST', body: form});
  assert.deepEqual(await readAnswer(await sandbox.fetch(request)), {code: 200, data: {stock: '40'}});
});

test('crashes of the shop’s PHP are the page and change nothing', async () => {
  const {sandbox, call, trade} = openShop();
  const plain = {shared_code: 'PLAIN00000000001'};
  assertPage(await trade({...plain, password: 'x'.repeat(33)}));
  assertPage(await trade({...plain, device: 256}));
  assertPage(await trade({...plain, sku: 'text'}));
  assertPage(await call('commodity/valuation', {num: 1}));
  assertPage(await call('commodity/valuation', {code: 'PLAIN00000000001', num: 1, sku: 'text'}));
  assertPage(await call('commodity/stock', {code: 'PLAIN00000000001', sku: 'text'}));
  assert.deepEqual(sandbox.platform.ledger().orders, []);
  assert.equal((await trade({...plain, password: 'x'.repeat(32), device: 255})).code, 200);
});

test('a refusal that comes before the database hides a field that is too long', async () => {
  const {trade} = openShop();
  const tooLong = {request_no: '12345678901234567890'};
  assert.equal((await trade({shared_code: 'SOLD000000000001', ...tooLong})).msg, '库存不足');
  assert.equal((await trade({shared_code: 'PLAIN00000000001', app_id: 1001, ...tooLong})).msg, '余额不足');
});
