import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Good} from '../../../src/sandbox/index.ts';
import {cardsOf, catalogueOf, makeGood} from '../support/goods.ts';
import {openShop, type Fields} from '../support/shop.ts';

const minute = 60_000;

function shopWith(over: Partial<Good>, secrets: readonly string[] = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6']) {
  const good = makeGood({code: 'A', ...over});
  const shop = openShop({catalogue: catalogueOf([good], cardsOf(good, secrets))});
  return {...shop, buy: (fields: Fields = {}) => shop.trade({shared_code: 'A', ...fields})};
}

test('limits', async () => {
  const {buy} = shopWith({minimum: 2, maximum: 5});
  assert.equal((await buy({num: 0})).msg, '至少购买1个');
  assert.equal((await buy({num: 'x'})).msg, '至少购买1个');
  assert.equal((await buy({num: 1})).msg, '本商品最少购买2个');
  assert.equal((await buy({num: 6})).msg, '本商品单次最多购买5个');
  assert.equal((await buy({num: 2.9})).data.secret, 'A-1\nA-2');
});

test('a limit per buyer counts all orders of the account', async () => {
  const {buy} = shopWith({perBuyerLimit: 1});
  assert.equal((await buy()).code, 200);
  assert.equal((await buy()).msg, '该商品每人只能购买1件');
  assert.equal((await buy({app_id: 1003})).code, 200);
});

test('a flash sale has a beginning and an end', async () => {
  const {buy, clock} = shopWith({
    flashSale: {from: Date.UTC(2026, 10, 23, 2, 21), to: Date.UTC(2026, 10, 23, 2, 22)},
  });
  assert.equal((await buy()).msg, '抢购还未开始');
  await clock.advance(minute);
  assert.equal((await buy()).code, 200);
  await clock.advance(2 * minute);
  assert.equal((await buy()).msg, '抢购已结束');
});

test('an unknown coupon is refused for one piece and ignored for more', async () => {
  const {buy} = shopWith({});
  assert.equal((await buy({coupon: 'X'})).msg, '该优惠券不存在');
  assert.equal((await buy({coupon: 'X', num: 2})).code, 200);
});

test('a card number for a good that cannot be picked is ignored', async () => {
  const {buy} = shopWith({});
  assert.equal((await buy({card_id: 10005, num: 2})).data.secret, 'A-1\nA-2');
});

test('several mistakes: the shop names the first of its order', async () => {
  const field: Good['fields'][number] = {
    name: 'account',
    label: '账号',
    type: 'text',
    placeholder: '',
    pattern: '^.{3,}$',
    error: '账号错误',
    choices: [],
  };
  const flashSale = {from: 0, to: 1};
  const races = [{name: '月卡', price: '1.00', tiers: []}];
  const first = async (over: Partial<Good>, fields: Fields = {}, secrets: readonly string[] = []) =>
    (await shopWith(over, secrets).buy({num: 9, ...fields})).msg;
  const all = {onSale: false, maximum: 5, fields: [field], flashSale, races, perBuyerLimit: 1};
  assert.equal(await first(all, {num: 0}), '至少购买1个');
  assert.equal(await first(all), '当前商品已停售');
  assert.equal(await first({...all, onSale: true}), '本商品单次最多购买5个');
  assert.equal(await first({...all, onSale: true, maximum: 0}), '账号错误');
  assert.equal(await first({...all, onSale: true, maximum: 0, fields: []}), '抢购已结束');
  assert.equal(await first({races}), '请选择商品类型');
  assert.equal(await first({races}, {race: '月卡', app_id: 1002}), '库存不足');
});

test('patterns match bytes, and one with a slash never matches', async () => {
  const withPattern = (pattern: string) =>
    shopWith({
      fields: [{name: 'v', label: '值', type: 'text', placeholder: '', pattern, error: '不对', choices: []}],
    });
  assert.equal((await withPattern('^.{3}$').buy({v: '中'})).code, 200);
  assert.equal((await withPattern('^[\u4e00-\u9fa5]$').buy({v: '中'})).msg, '不对');
  assert.equal((await withPattern('a/b').buy({v: 'a/b'})).msg, '不对');
  assert.equal((await withPattern('a\\/b').buy({v: 'a/b'})).code, 200);
  assert.equal((await withPattern('(').buy({v: '('})).msg, '不对');
});

test('several values of one field are kept as a list; custom fields are not kept', async () => {
  const field = (name: string, type: Good['fields'][number]['type']): Good['fields'][number] => ({
    name,
    label: name,
    type,
    placeholder: '',
    pattern: '',
    error: '',
    choices: [],
  });
  const {buy, call} = shopWith({fields: [field('tags', 'checkbox'), field('x', 'custom')]});
  const {tradeNo} = (await buy({'tags[0]': 'a', 'tags[1]': 'b', x: '1'})).data;
  const {widget} = (await call('commodity/query', {tradeNo})).data;
  assert.deepEqual(widget, {tags: {value: ['a', 'b'], cn: 'tags'}});
});

test('a good that changes during checkout is refused', async () => {
  const {sandbox, clock, buy} = shopWith({});
  sandbox.settings.commitDelayMs = 20;
  const answer = buy();
  await clock.advance(0);
  sandbox.platform.changeGood('A', {price: '11.00'});
  await clock.advance(20);
  assert.deepEqual(await answer, {code: 0, msg: '商品信息已经更新，请刷新后重新下单'});
});

test('the same request_no six times in parallel: one order', async () => {
  const {sandbox, clock, buy} = shopWith({});
  sandbox.settings.commitDelayMs = 20;
  const answers = Promise.all(Array.from({length: 6}, () => buy({request_no: 'SAME0001'})));
  await clock.advance(20);
  const messages = (await answers).map(answer => answer.msg);
  assert.equal(messages.filter(msg => msg === 'success').length, 1);
  assert.equal(messages.filter(msg => msg === 'The request ID already exists').length, 5);
});

test('balance for two of six in parallel: two orders', async () => {
  const {sandbox, clock, buy} = shopWith({});
  sandbox.platform.topUp(1001, {currency: 'CNY', amount: '18.00'});
  sandbox.settings.commitDelayMs = 20;
  const answers = Promise.all(Array.from({length: 6}, () => buy({app_id: 1001})));
  await clock.advance(20);
  const messages = (await answers).map(answer => answer.msg);
  assert.equal(messages.filter(msg => msg === 'success').length, 2);
  assert.equal(messages.filter(msg => msg === '余额不足').length, 4);
  assert.equal(sandbox.platform.ledger().balances['1001'], '0.01');
});

test('the good’s own delivery message stands in for the usual one', async () => {
  const {buy} = shopWith({delivery: 'manual', manualStock: 3, deliveryMessage: '排队中'});
  assert.equal((await buy()).data.secret, '排队中');
});
