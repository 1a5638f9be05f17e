import assert from 'node:assert/strict';
import {test} from 'node:test';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {cardsOf, catalogueOf, makeGood} from '../support/goods.ts';
import {openShop, type Fields} from '../support/shop.ts';

const plain = 'PLAIN00000000001';
const raceSku = 'RSKU000000000001';

async function price(fields: Fields, shop = openShop()): Promise<string> {
  const answer = await shop.call('commodity/valuation', {race: '', card_id: 0, ...fields});
  assert.deepEqual(Object.keys(answer), answer.code === 200 ? ['code', 'data'] : ['code', 'msg']);
  return answer.code === 200 ? answer.data.price : answer.msg;
}

test('valuation: tiers, races, surcharges', async () => {
  assert.equal(await price({code: plain, num: 1}), '9.00');
  assert.equal(await price({code: plain, num: 5}), '42.50');
  assert.equal(await price({code: plain, num: 10}), '80.00');
  const all = {code: raceSku, race: '月卡', 'sku[区服]': '日区', 'sku[时长]': '加长'};
  assert.equal(await price({...all, num: 5}), '62.50');
  assert.equal(await price({code: raceSku, race: '月卡', 'sku[区服]': '日区', num: 1}), '12.00');
});

test('valuation: odd quantities and incomplete choices are answered', async () => {
  assert.equal(await price({code: plain, num: 0}), '0.00');
  assert.equal(await price({code: plain, num: -1}), '-9.00');
  assert.equal(await price({code: raceSku, num: 1}), '9.00');
  assert.equal(await price({code: 'OFF0000000000001', num: 9}), '13.50');
});

test('valuation refuses in its own words', async () => {
  assert.equal(await price({code: raceSku, num: 1, race: 'x'}), '此商品类型不存在[x]');
  assert.equal(await price({code: raceSku, num: 1, 'sku[x]': 'y'}), '此SKU不存在[x]');
  assert.equal(await price({code: raceSku, num: 1, 'sku[区服]': 'y'}), '此SKU不存在[y]');
  assert.equal(await price({code: 'NOPE', num: 1}), '商品不存在#0');
  assert.equal(await price({code: 'DRAFT00000000001', num: 1, card_id: 1}), '预选的宝贝不存在');
});

test('groups: no group pays the base price, a discount is cut to two decimals', async () => {
  assert.equal(await price({code: plain, num: 1, app_id: 1005}), '10.00');
  assert.equal(await price({code: plain, num: 1, app_id: 1004}), '8.55');
  const fixed = makeGood({code: 'A', levelDisabled: true});
  assert.equal(await price({code: 'A', num: 1, app_id: 1004}, openShop({catalogue: catalogueOf([fixed], [])})), '9.00');
});

test('a group’s own price counts only when lower; its settings replace entries', async () => {
  const level = (amount: string, settings = '') => ({1: {amount, show: false, settings}});
  const priced = (amount: string, settings?: string) => {
    const good = makeGood({code: 'A', levelPrices: level(amount, settings), tiers: [{from: 5, price: '8.00'}]});
    return openShop({catalogue: catalogueOf([good], [])});
  };
  assert.equal(await price({code: 'A', num: 1}, priced('8.80')), '8.80');
  assert.equal(await price({code: 'A', num: 1}, priced('9.50')), '9.00');
  assert.equal(await price({code: 'A', num: 5}, priced('8.80', '[wholesale]\n5=7.00')), '35.00');
});

test('a card’s own premium, or the good’s, on one picked card', async () => {
  const code = 'DRAFT00000000001';
  assert.equal(await price({code, num: 1, card_id: 107469}), '23.00');
  assert.equal(await price({code, num: 1, card_id: 107468}), '20.00');
  assert.equal(await price({code, num: 2, card_id: 107469}), '36.00');
});

test('what is charged is what valuation said', async () => {
  for (const [num, app_id] of [
    [1, 1000],
    [5, 1000],
    [12, 1003],
    [3, 1004],
    [7, 1005],
  ] as const) {
    const shop = openShop();
    const total = await price({code: plain, num, app_id}, shop);
    const answer = await shop.trade({shared_code: plain, num, app_id});
    assert.equal(answer.data.amount, Number(total));
    const movement = shop.sandbox.platform.ledger().movements.at(-1);
    assert.equal(movement?.amount.amount, `-${yuan(total).amount}`);
  }
});

test('a race with a dot breaks its price', async () => {
  const good = makeGood({code: 'A', races: [{name: '1.5年', price: '10.00', tiers: []}]});
  const {call} = openShop({catalogue: catalogueOf([good], cardsOf(good, ['X'], {race: '1.5年'}))});
  const config = (await call('commodity/item', {code: 'A'})).data.config;
  assert.deepEqual(config, {category: {1: {'5年': '10.00'}}});
  assert.equal((await call('commodity/valuation', {code: 'A', num: 1, race: '1.5年'})).msg, '此商品类型不存在[1.5年]');
});

test('stock is a text, of all races or of one combination', async () => {
  const {call} = openShop();
  const stock = async (fields: Fields) => (await call('commodity/stock', fields)).data.stock;
  assert.equal(await stock({code: plain}), '40');
  assert.equal(await stock({code: raceSku}), '8');
  assert.equal(await stock({code: raceSku, race: '月卡', 'sku[区服]': '美区'}), '2');
  assert.equal(await stock({code: raceSku, race: '周卡'}), '0');
  assert.equal(await stock({code: plain, 'sku[x]': 'y'}), '0');
  assert.equal(await stock({code: 'OFF0000000000001'}), '1');
  assert.equal(await stock({code: 'MANUAL0000000002'}), '20');
});

test('an unknown option group, or a race for a good without races, is out of stock in trade', async () => {
  const {trade} = openShop();
  assert.equal((await trade({shared_code: plain, race: '月卡'})).msg, '库存不足');
  assert.equal((await trade({shared_code: plain, 'sku[x]': 'y'})).msg, '库存不足');
});

test('inventory: count, unit price and settings of the older call', async () => {
  const {call} = openShop();
  assert.deepEqual(await call('commodity/inventory', {sharedCode: plain, race: '', app_id: 1004}), {
    code: 200,
    msg: 'success',
    data: {
      count: 40,
      delivery_way: 0,
      draft_status: 0,
      price: 10,
      user_price: 9,
      config: '[wholesale]\n5=8.50\n10=8.00',
      factory_price: 9,
      is_category: false,
    },
  });
  const {data} = await call('commodity/inventory', {sharedCode: raceSku, race: ''});
  assert.deepEqual([data.count, data.factory_price, data.is_category], [8, 0, true]);
  assert.match(data.config, /\[category_factory\]\n月卡=10\n季卡=27.5$/);
  const of = async (fields: Fields) => call('commodity/inventory', {race: '', ...fields});
  assert.equal((await of({sharedCode: raceSku, race: '周卡'})).data.count, 0);
  assert.equal((await of({sharedCode: 'MANUAL0000000002'})).data.count, 0);
  assert.equal((await of({sharedCode: 'OFF0000000000001'})).msg, '当前商品已停售');
  assert.equal((await of({code: plain})).msg, '商品代码不能为空');
});

test('inventoryState: yes or why not', async () => {
  const {call} = openShop();
  const state = async (fields: Fields) => {
    const {code, msg, data} = await call('commodity/inventoryState', {card_id: 0, num: 1, race: '', ...fields});
    return code === 200 ? [msg, data] : msg;
  };
  assert.deepEqual(await state({shared_code: plain, num: 40}), ['success', []]);
  assert.deepEqual(await state({shared_code: plain, num: 0}), ['success', []]);
  assert.deepEqual(await state({shared_code: raceSku, race: '月卡', 'sku[x]': 'y'}), ['success', []]);
  assert.equal(await state({shared_code: plain, num: 41}), '库存不足');
  assert.equal(await state({shared_code: 'DRAFT00000000001', card_id: 5}), '该卡已被他人抢走啦');
  assert.equal(await state({shared_code: 'DRAFT00000000001', card_id: 10001}), '该卡密不属于这个商品，无法预选');
});

test('draftCard lists what may be picked, newest first; draft says what one costs', async () => {
  const {call, trade} = openShop();
  const code = 'DRAFT00000000001';
  assert.deepEqual(await call('commodity/draftCard', {code, page: 1, limit: 2}), {
    code: 200,
    data: {
      list: [
        {id: 107469, draft: '尾号9999', draft_premium: '5.00'},
        {id: 107468, draft: null, draft_premium: null},
      ],
      total: 3,
    },
  });
  assert.equal((await call('commodity/draftCard', {code: plain, page: 1, limit: 2})).msg, '该商品不支持预选');
  const draft = (card_id: number) => call('commodity/draft', {code, card_id});
  assert.deepEqual(await draft(107469), {code: 200, data: {draft_premium: '5.00', cost: '2.00'}});
  assert.equal((await draft(1)).msg, '预选的宝贝不存在');
  await trade({shared_code: code, card_id: 107469});
  assert.equal((await draft(107469)).msg, '此宝贝已被他人抢走');
  assert.equal((await call('commodity/draftCard', {code, page: 1, limit: 9})).data.total, 2);
});
