import assert from 'node:assert/strict';
import {test} from 'node:test';
import {apologyText, placeholderText} from '../../../src/sandbox/platform/platform.ts';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {assertPage, openShop, origin, type Fields} from '../support/shop.ts';
import type {Answer} from '../support/answer.ts';

// Every row of the exchanges recorded on a real shop, played again.

const raceSku = {shared_code: 'RSKU000000000001', race: '月卡', 'sku[区服]': '日区', 'sku[时长]': '加长'};
const dupe = {code: 0, msg: 'The request ID already exists'};

/** Order numbers differ, everything else is compared whole. */
function bought(
  answer: Answer,
  data: {amount: number; secret: string; leave_message: string | null; stock: string | null},
) {
  const {tradeNo} = answer.data;
  assert.match(tradeNo, /^\d{3}261123102000\d{3}$/);
  const url = `${origin}/user/personal/purchaseRecord?tradeNo=${tradeNo}`;
  assert.deepEqual(answer, {code: 200, msg: 'success', data: {url, ...data, tradeNo}});
  return tradeNo as string;
}

async function refused(fields: Fields, msg: string) {
  const {sandbox, trade} = openShop();
  const before = sandbox.platform.ledger();
  assert.deepEqual(await trade(fields), {code: 0, msg});
  assert.deepEqual(sandbox.platform.ledger(), before);
}

test('plain, with the seller’s note', async () => {
  const {sandbox, trade} = openShop();
  bought(await trade({shared_code: 'PLAIN00000000001'}), {
    amount: 9,
    secret: 'STEAM-0021-AAAA-BBBB',
    leave_message: '请在 24 小时内使用',
    stock: '39',
  });
  const {orders, movements, balances} = sandbox.platform.ledger();
  assert.deepEqual(orders[0]?.cards, ['STEAM-0021-AAAA-BBBB']);
  assert.equal(movements.at(-1)?.amount.amount, '-9.00');
  assert.equal(balances['1000'], '9880.76');
});

test('tier price, 5 cards', async () => {
  const {trade} = openShop();
  await trade({shared_code: 'PLAIN00000000001'});
  const secret = [22, 23, 24, 25, 26].map(serial => `STEAM-00${serial}-AAAA-BBBB`).join('\n');
  const note = '请在 24 小时内使用';
  const answer = await trade({shared_code: 'PLAIN00000000001', num: 5});
  bought(answer, {amount: 42.5, secret, leave_message: note, stock: '34'});
});

test('race and sku: stock is that of the combination', async () => {
  const {trade} = openShop();
  bought(await trade(raceSku), {amount: 13.5, secret: 'RS-月卡-日区-加长-7', leave_message: null, stock: '5'});
});

test('race missing, sku missing, unknown race, wrong option', async () => {
  const {race: _, ...noRace} = raceSku;
  await refused(noRace, '请选择商品类型');
  await refused({shared_code: 'RSKU000000000001', race: '月卡'}, '请选择区服');
  await refused({...raceSku, race: '周卡'}, '此商品类型不存在[周卡]');
  await refused({...raceSku, 'sku[区服]': '港区'}, '区服选择错误');
});

test('picked card, then the same card again', async () => {
  const {call, trade} = openShop();
  const picked = {shared_code: 'DRAFT00000000001', card_id: 107469};
  const price = await call('commodity/valuation', {code: 'DRAFT00000000001', num: 1, race: '', card_id: 107469});
  assert.deepEqual(price, {code: 200, data: {price: '23.00'}});
  bought(await trade({...picked, num: 3}), {amount: 23, secret: 'LUCKY-9999', leave_message: null, stock: '2'});
  assert.deepEqual(await trade(picked), {code: 0, msg: '此宝贝已被他人抢走'});
});

test('widget ok', async () => {
  const {call, trade} = openShop();
  const answer = await trade({shared_code: 'WIDGET0000000001', account: 'abc', area: 'dx1'});
  const tradeNo = bought(answer, {amount: 9, secret: 'C113-4', leave_message: null, stock: '1'});
  const widget = {account: {value: 'abc', cn: '游戏账号'}, area: {value: 'dx1', cn: '大区'}};
  const queried = await call('commodity/query', {tradeNo});
  assert.deepEqual(queried, {code: 200, msg: 'success', data: {secret: 'C113-4', widget, status: 1}});
});

test('widget bad', () => refused({shared_code: 'WIDGET0000000001', account: 'a'}, '账号错误'));

test('manual good: a placeholder, the stock from before, and the secret once an operator delivers', async () => {
  const {sandbox, call, trade} = openShop();
  const answer = await trade({shared_code: 'MANUAL0000000002'});
  const tradeNo = bought(answer, {amount: 19, secret: placeholderText, leave_message: null, stock: '20'});
  assert.deepEqual((await call('commodity/stock', {code: 'MANUAL0000000002'})).data, {stock: '19'});
  const waiting = await call('commodity/query', {tradeNo});
  assert.deepEqual(waiting.data, {secret: placeholderText, widget: null, status: 1});
  sandbox.platform.deliver(tradeNo, 'DELIVERED-1');
  const delivered = await call('commodity/query', {tradeNo});
  assert.deepEqual(delivered.data, {secret: 'DELIVERED-1', widget: null, status: 1});
});

test('manual good, too many: refused, although inventoryState says yes', async () => {
  await refused({shared_code: 'MANUAL0000000002', num: 99}, '库存不足');
  const {call} = openShop();
  const state = {shared_code: 'MANUAL0000000002', card_id: 0, num: 99, race: ''};
  assert.deepEqual(await call('commodity/inventoryState', state), {code: 200, msg: 'success', data: []});
});

test('hidden and api_status 0 goods are bought by code', async () => {
  const {trade} = openShop();
  assert.equal((await trade({shared_code: 'HIDE000000000001'})).data.amount, 1.5);
  assert.equal((await trade({shared_code: 'NOAPI00000000001'})).data.amount, 1.5);
});

test('off shelf', () => refused({shared_code: 'OFF0000000000001'}, '当前商品已停售'));
test('sold out', () => refused({shared_code: 'SOLD000000000001'}, '库存不足'));
test('poor merchant', () => refused({shared_code: 'PLAIN00000000001', app_id: 1001}, '余额不足'));
test('banned merchant', () => refused({shared_code: 'PLAIN00000000001', app_id: 1002}, 'You have been banned'));
test('wrong sign', () => refused({shared_code: 'PLAIN00000000001', sign: '0'.repeat(32)}, '密钥错误'));
test('wrong field', () => refused({code: 'PLAIN00000000001'}, '商品不存在'));

test('oversold: 8 in parallel for one card', async () => {
  const {sandbox, clock, call, trade} = openShop({commitDelayMs: 20});
  const answers = Promise.all(Array.from({length: 8}, () => trade({shared_code: 'SCARCE0000000001'})));
  await clock.advance(20);
  const secrets = (await answers).map(answer => answer.data.secret);
  assert.deepEqual(secrets.filter(secret => secret === 'LAST-1').length, 1);
  assert.deepEqual(secrets.filter(secret => secret === apologyText).length, 7);
  const apology = (await answers).find(answer => answer.data.secret === apologyText);
  bought(apology, {amount: 0.07, secret: apologyText, leave_message: null, stock: '0'});
  const queried = await call('commodity/query', {tradeNo: apology.data.tradeNo});
  assert.deepEqual(queried.data, {secret: apologyText, widget: null, status: 1});
  assert.equal(sandbox.platform.ledger().balances['1000'], '9889.20');
});

test('request_no of 20: a page, nothing charged', async () => {
  const {sandbox, trade} = openShop();
  assertPage(await trade({shared_code: 'PLAIN00000000001', request_no: '12345678901234567890'}));
  assert.deepEqual(sandbox.platform.ledger().orders, []);
  assert.equal((await trade({shared_code: 'PLAIN00000000001', request_no: '1234567890123456789'})).code, 200);
});

test('repeat; other case; other merchant; trailing space; another good', async () => {
  const {trade} = openShop();
  const request = {shared_code: 'PLAIN00000000001', request_no: 'ABCdef0123456789'};
  assert.equal((await trade(request)).code, 200);
  assert.deepEqual(await trade(request), dupe);
  assert.deepEqual(await trade({...request, request_no: 'abcdef0123456789'}), dupe);
  assert.deepEqual(await trade({...request, request_no: 'ABCdef0123456789  '}), dupe);
  assert.deepEqual(await trade({...request, app_id: 1003}), dupe);
  assert.deepEqual(await trade({...request, shared_code: 'BULK000000000001'}), dupe);
});

test('repeat when its card was the last', async () => {
  const {trade} = openShop();
  const request = {shared_code: 'SCARCE0000000001', request_no: 'LASTCARD00001'};
  assert.equal((await trade(request)).code, 200);
  assert.deepEqual(await trade(request), {code: 0, msg: '库存不足'});
});

test('repeat with own balance 0, stock left', async () => {
  const {sandbox, trade} = openShop();
  const request = {shared_code: 'PLAIN00000000001', request_no: 'NOMONEY00001'};
  await trade(request);
  sandbox.platform.spendElsewhere(1000, yuan('99999'));
  assert.deepEqual(await trade(request), dupe);
  assert.deepEqual(await trade({...request, request_no: 'NOMONEY00002'}), {code: 0, msg: '余额不足'});
});

test('a repeat by a merchant banned since says the number is used', async () => {
  const {sandbox, trade} = openShop();
  const request = {shared_code: 'PLAIN00000000001', request_no: 'BANNED00001'};
  await trade(request);
  sandbox.platform.setBanned(1000, true);
  assert.deepEqual(await trade(request), dupe);
  assert.deepEqual(await trade({...request, request_no: 'BANNED00002'}), {code: 0, msg: 'You have been banned'});
});

test('an empty request_no or "0" protects from nothing', async () => {
  const {trade} = openShop();
  for (const request_no of ['', '', '0', '0']) {
    assert.equal((await trade({shared_code: 'PLAIN00000000001', request_no})).code, 200);
  }
});

test('a refused attempt does not use its request_no up', async () => {
  const {sandbox, trade} = openShop();
  const request = {shared_code: 'PLAIN00000000001', request_no: 'AGAIN00001', app_id: 1001};
  assert.deepEqual(await trade(request), {code: 0, msg: '余额不足'});
  sandbox.platform.topUp(1001, yuan('100'));
  assert.equal((await trade(request)).code, 200);
});

test('query by another merchant', async () => {
  const {call, trade} = openShop();
  const {tradeNo} = (await trade({shared_code: 'PLAIN00000000001'})).data;
  const absent = {code: 0, msg: '订单不存在'};
  assert.deepEqual(await call('commodity/query', {tradeNo, app_id: 1003}), absent);
  assert.deepEqual(await call('commodity/query', {tradeNo: ''}), absent);
  assert.deepEqual(await call('commodity/query', {tradeNo: 'nope'}), absent);
});

test('stock of unknown code, without code', async () => {
  const {call} = openShop();
  assert.deepEqual(await call('commodity/stock', {code: 'NOPE'}), {code: 0, msg: '商品不存在'});
  assertPage(await call('commodity/stock'));
});

test('bulk: cards are joined by line breaks', async () => {
  const {trade} = openShop();
  const secret = 'BULK-00152\nBULK-00153\nBULK-00154';
  bought(await trade({shared_code: 'BULK000000000001', num: 3}), {
    amount: 0.87,
    secret,
    leave_message: null,
    stock: '1',
  });
});
