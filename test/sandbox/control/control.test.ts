import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openControl} from '../support/control.ts';
import {origin} from '../support/shop.ts';

test('nothing without the token', async () => {
  const {send} = openControl();
  for (const token of ['', 'wrong', 'control-tokem', 'control-token-']) {
    assert.equal((await send('GET', '/ledger', undefined, token)).status, 401);
    assert.equal((await send('POST', '/faults', {fault: 'html'}, token)).status, 401);
  }
});

test('faults are armed, listed and cleared', async () => {
  const {send, sandbox} = openControl();
  const armed = await send('POST', '/faults', {fault: 'slow', delayMs: 9, probability: 0.5, times: null});
  assert.equal(armed.status, 201);
  assert.deepEqual((await send('GET', '/faults')).body, [armed.body]);
  assert.equal((await send('DELETE', `/faults/${armed.body.id}`)).status, 204);
  assert.equal((await send('DELETE', `/faults/${armed.body.id}`)).status, 404);
  await send('POST', '/faults', {fault: 'html'});
  await send('DELETE', '/faults');
  assert.deepEqual(sandbox.faults.list(), []);
  for (const wrong of [{}, {fault: 'fire'}, {fault: 'html', probability: 2}, {fault: 'html', times: 0}]) {
    assert.equal((await send('POST', '/faults', wrong)).status, 400);
  }
});

test('the ledger tells who bought what', async () => {
  const {send, trade} = openControl();
  await trade({shared_code: 'PLAIN00000000001', request_no: 'R-1'});
  const {body} = await send('GET', '/ledger');
  const [{merchantId, requestNo, amount, cards}] = body.orders;
  assert.deepEqual(
    [merchantId, requestNo, amount, cards],
    [1000, 'R-1', {currency: 'CNY', amount: '9.00'}, ['STEAM-0021-AAAA-BBBB']],
  );
  assert.equal(body.stock.PLAIN00000000001, 39);
});

test('an operator delivers, sets stock and price, tops up, bans', async () => {
  const {send, trade, call} = openControl();
  const {tradeNo} = (await trade({shared_code: 'MANUAL0000000002'})).data;
  assert.equal((await send('POST', `/orders/${tradeNo}/deliver`, {secret: 'D-1'})).body.secret, 'D-1');
  assert.equal((await send('POST', `/orders/${tradeNo}/deliver`)).status, 409);
  assert.equal((await send('POST', '/orders/1/deliver')).status, 404);
  const stock = '/goods/SOLD000000000001/stock';
  assert.equal((await send('PUT', stock, {count: 3})).body.stock, 3);
  assert.equal((await send('PUT', stock, {count: -3})).status, 400);
  assert.equal((await trade({shared_code: 'SOLD000000000001'})).code, 200);
  await send('PATCH', '/goods/PLAIN00000000001', {memberPrice: '9.99'});
  assert.equal((await call('commodity/valuation', {code: 'PLAIN00000000001', num: 1})).data.price, '9.99');
  assert.equal((await send('POST', '/wallets/1001/top-up', {amount: '12.3'})).body.balance.amount, '12.31');
  assert.equal((await send('POST', '/wallets/1001/spend', {amount: '100'})).body.balance.amount, '0.00');
  assert.equal((await send('POST', '/wallets/1001/top-up', {amount: '-1'})).status, 400);
  assert.equal((await send('POST', '/wallets/77/top-up', {amount: '1'})).status, 404);
  await send('PUT', '/merchants/1000', {banned: true});
  assert.equal((await trade({shared_code: 'PLAIN00000000001'})).msg, 'You have been banned');
});

test('settings and payments are within reach', async () => {
  const {send, sandbox} = openControl();
  const settings = await send('PATCH', '/settings', {commitDelayMs: 5, deliverManualAfterMs: 10});
  assert.deepEqual(settings.body, {commitDelayMs: 5, deliverManualAfterMs: 10});
  assert.deepEqual((await send('PATCH', '/settings', {deliverManualAfterMs: null})).body, {commitDelayMs: 5});
  const {payment} = sandbox.payments.create(
    {
      reference: 'K-1',
      amount: {currency: 'CNY', amount: '1.00'},
      description: '',
      method: 'redirect',
      returnUrl: 'https://host.example/',
      notifyUrl: 'https://api.example/',
      expiresAt: sandbox.payments.now() + 1000,
    },
    id => `${origin}/pay/${id}`,
  );
  assert.equal((await send('POST', `/payments/${payment.id}/pay`)).body.status, 'paid');
  assert.equal((await send('POST', `/payments/${payment.id}/pay`)).status, 409);
  assert.equal((await send('POST', '/payments/pay_0/pay')).status, 404);
  assert.equal((await send('GET', '/payments')).body.payments[0].status, 'paid');
});
