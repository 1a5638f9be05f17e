import assert from 'node:assert/strict';
import {beforeEach, describe, it} from 'node:test';
import {createSandbox, systemClock, type Sandbox} from '../../../src/sandbox/index.ts';
import {signatureOf} from '../../../src/sandbox/kakayun/signature.ts';
import {cardsOf, catalogueOf, makeGood} from '../support/goods.ts';

const cardGood = makeGood({id: 100, code: 'PLAIN00000000001', memberPrice: '9.00'});
const topUp = makeGood({
  id: 101,
  code: 'TOPUP00000000001',
  delivery: 'manual',
  manualStock: 5,
  fields: [
    {name: 'a', label: '帐号', type: 'text', placeholder: '手机', pattern: '1\\d{10}', error: '', choices: []},
    {name: 'b', label: '区服', type: 'text', placeholder: '', pattern: '', error: '', choices: []},
  ],
});

let sandbox: Sandbox;
let time: number;

beforeEach(() => {
  time = Date.UTC(2026, 0, 1);
  sandbox = createSandbox({
    clock: {...systemClock, now: () => time},
    catalogue: catalogueOf([cardGood, topUp], cardsOf(cardGood, ['CARD-1', '卡号: 8600 密码: 1234', 'CARD-3'])),
  });
});

type Answer = Readonly<Record<string, unknown>> & {readonly code: unknown; readonly data: unknown};

const own = () => ({userid: sandbox.credentials.appId, timestamp: Math.floor(time / 1000)});

async function ask(path: string, members: object = {}, key = sandbox.credentials.appKey): Promise<Answer> {
  const all = {...own(), ...members};
  const response = await sandbox.fetch(
    new Request(`https://platform.example/dockapiv3/${path}`, {
      method: 'POST',
      body: JSON.stringify({...all, sign: signatureOf(all, key)}),
    }),
  );
  assert.equal(response.status, 200);
  return (await response.json()) as Answer;
}

async function askOld(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const all = {userid: sandbox.credentials.appId, ...fields};
  const body = new URLSearchParams({...all, sign: signatureOf(all, sandbox.credentials.appKey)});
  const request = new Request(`https://platform.example/dockapi/${path}`, {method: 'POST', body});
  return (await (await sandbox.fetch(request)).json()) as Answer;
}

const create = (members: object = {}) =>
  ask('order/create', {goodsid: '100001', buynum: 2, usorderno: 'A-1', ...members});

describe('the dock API', () => {
  it('answers a purchase without cards, and the order with them in both forms', async () => {
    const {code, data} = await create();
    assert.equal(code, 1);
    assert.deepEqual(Object.keys(data as object), ['orderno', 'usorderno']);
    const order = (await ask('order/get', {usorderno: 'A-1'})).data as Record<string, unknown>;
    assert.deepEqual([order['status'], order['money'], order['refundstatus']], [5, '18.0000', 0]);
    assert.deepEqual(order['cards'], [
      {card_no: 'CARD-1', card_pwd: ''},
      {card_no: '8600', card_pwd: '1234'},
    ]);
    assert.deepEqual(order['cardlist'], ['卡号：CARD-1\r', '卡号：8600 密码：1234\r']);
  });

  it('refuses a reference that was used, also in another purchase', async () => {
    await create();
    assert.equal((await create()).code, 1205);
    assert.equal((await create({buynum: 1})).code, 1205);
    assert.equal(sandbox.platform.orders().length, 1);
  });

  for (const [what, members, code] of [
    ['more than the ceiling of all', {maxmoney: '17.9999'}, 1210],
    ['what there is not', {goodsid: '999'}, 1214],
    ['more than there is', {buynum: 4}, -1],
    ['nothing', {goodsid: null}, 1203],
    ['no number of pieces', {buynum: null}, 1204],
    ['an account that is no account', {goodsid: '101001', attach: '12'}, 1212],
    ['a top-up with a field missing', {goodsid: '101001', attach: '13800138000'}, 1211],
  ] as const) {
    it(`refuses to sell ${what} with ${code}`, async () => {
      assert.equal((await create(members)).code, code);
      assert.equal(sandbox.platform.orders().length, 0);
    });
  }

  it('takes the fields of a top-up by their kinds, which the template tells', async () => {
    const {data} = await ask('goods/tpl', {goodsid: '101001'});
    assert.deepEqual(data, [
      {type: 1, title: '帐号', desc: '手机'},
      {type: 2, title: '区服', desc: ''},
    ]);
    const attach = [
      {attachtype: '2', value: '一区'},
      {attachtype: '1', value: '13800138000'},
    ];
    assert.equal((await create({goodsid: '101001', buynum: 1, attach})).code, 1);
    const [order] = sandbox.platform.orders();
    assert.deepEqual(order!.fields, {a: {value: '13800138000', label: '帐号'}, b: {value: '一区', label: '区服'}});
  });

  it('knows who asks, and when', async () => {
    assert.equal((await ask('user/info', {}, 'WRONG')).code, 401);
    assert.equal((await ask('user/info', {timestamp: time / 1000 - 301})).code, 403);
    assert.equal((await ask('user/info', {userid: '77'})).code, 1000);
    sandbox.platform.setBanned(1000, true);
    assert.equal((await ask('user/info')).code, 1001);
  });

  it('is asked no more often than it allows', async () => {
    assert.equal((await ask('goods/detailslite', {goodsid: 100001})).code, 1);
    time += 999;
    assert.equal((await ask('goods/detailslite', {goodsid: 100001})).code, 404);
    time += 1;
    assert.equal((await ask('goods/detailslite', {goodsid: 100001})).code, 1);
  });

  it('says what page it is in a text, beside the goods', async () => {
    const {data, ...page} = await ask('goods/all', {limit: 1, page: 2});
    assert.deepEqual([page['nowpage'], page['allpage'], page['count']], ['2', 2, 2]);
    assert.equal((data as readonly Record<string, unknown>[])[0]!['goodsprice'], '9.0000');
  });

  it('forgets orders after 30 days, and shows an account its own only', async () => {
    const {data} = await create();
    const {orderno} = data as {readonly orderno: string};
    assert.equal((await ask('order/get', {orderno})).code, 1);
    assert.equal((await ask('order/get')).code, 1300);
    time += 31 * 24 * 3_600_000;
    assert.equal((await ask('order/get', {orderno})).code, 1301);
  });

  it('pays back whole orders that nothing was handed over for, once', async () => {
    await create({usorderno: 'done'});
    await create({
      goodsid: '101001',
      buynum: 1,
      usorderno: 'waiting',
      attach: [
        {attachtype: 1, value: '13800138000'},
        {attachtype: 2, value: '一区'},
      ],
    });
    const cancel = (usorderno: string) => ask('order/cancelOrder', {usorderno});
    assert.equal((await cancel('done')).code, 0);
    assert.equal((await cancel('nobody')).code, 0);
    assert.equal((await cancel('waiting')).code, 1);
    assert.equal((await cancel('waiting')).code, 0);
    const order = (await ask('order/get', {usorderno: 'waiting'})).data as Record<string, unknown>;
    assert.deepEqual([order['status'], order['refundstatus'], order['refundmoney']], [4, 1, '9.0000']);
    assert.equal(sandbox.platform.merchant(1000)!.balance.amount, '9982.00');
  });
});

describe('the dock API before version 3', () => {
  it('sells the same purchase twice, having no number for it', async () => {
    for (let times = 0; times < 2; times++) {
      const bought = await askOld('index/buy.html', {goodsid: '100001', buynum: '1'});
      assert.equal(bought.code, 1);
      assert.equal((bought['cardlist'] as readonly string[]).length, 1);
    }
    assert.equal(sandbox.platform.orders().length, 2);
  });

  it('refuses everything with -1', async () => {
    for (const fields of [{goodsid: '999', buynum: '1'}, {goodsid: '100001', buynum: '9'}, {buynum: '1'}]) {
      assert.equal((await askOld('index/buy', fields as Record<string, string>)).code, -1);
    }
    assert.equal((await askOld('index/queryorder', {orderno: 'SD1'})).code, -1);
  });

  it('takes the fields of a top-up in their order, and tells an order with its cards beside it', async () => {
    const attach = '["13800138000","一区"]';
    const bought = await askOld('index/buy', {goodsid: '101001', buynum: '1', attach});
    const found = await askOld('index/queryorder.html', {orderno: String(bought['orderno'])});
    assert.deepEqual([(found.data as Record<string, unknown>)['status'], found['cardlist']], [3, []]);
  });
});
