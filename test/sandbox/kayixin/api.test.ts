import assert from 'node:assert/strict';
import {createDecipheriv} from 'node:crypto';
import {beforeEach, describe, it} from 'node:test';
import {createSandbox, systemClock, type Sandbox} from '../../../src/sandbox/index.ts';
import {callbackOf} from '../../../src/sandbox/kayixin/callback.ts';
import {signatureOf} from '../../../src/sandbox/kayixin/signature.ts';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {cardsOf, catalogueOf, makeGood} from '../support/goods.ts';

const appKey = '0123456789abcdef0123456789abcdef';
const plain = makeGood({id: 100, code: 'PLAIN00000000001', memberPrice: '9.00', maximum: 2});
const grid = makeGood({
  id: 101,
  code: 'GRID000000000001',
  races: [{name: '月卡', price: '10.00', tiers: []}],
  optionGroups: [
    {
      name: '区',
      options: [
        {name: '一', surcharge: '0'},
        {name: '二', surcharge: '1.50'},
      ],
    },
  ],
});
const topUp = makeGood({id: 102, code: 'TOPUP00000000001', delivery: 'manual', manualStock: 5});

let sandbox: Sandbox;
let time: number;

beforeEach(() => {
  time = Date.UTC(2026, 0, 1);
  sandbox = createSandbox({
    clock: {...systemClock, now: () => time},
    merchants: [{appId: 1000, appKey}],
    catalogue: catalogueOf(
      [plain, grid, topUp],
      [
        ...cardsOf(plain, ['CARD-1', '卡号: 8600 密码: 1234', 'CARD-3']),
        ...cardsOf(grid, ['GRID-1'], {race: '月卡', options: {区: '二'}}),
      ],
    ),
  });
});

interface Answer {
  readonly code: number;
  readonly msg: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

async function ask(path: string, members?: object, timestamp = String(time / 1000)): Promise<Answer> {
  const body = members === undefined ? '' : JSON.stringify(members);
  const response = await sandbox.fetch(
    new Request(`https://platform.example/api/v3/${path}`, {
      method: 'POST',
      headers: {
        'x-app-id': '1000',
        'x-version': '3.0',
        'x-timestamp': timestamp,
        'x-signature': signatureOf({timestamp, body}, {appId: '1000', secret: appKey}),
      },
      ...(body !== '' && {body}),
    }),
  );
  assert.equal(response.status, 200);
  return (await response.json()) as Answer;
}

const purchase = {goodsId: 100, count: 2, notifyUrl: '', outerNumber: 'A-1', safePrice: 18, sku: '', attach: []};
const create = (change: object = {}) => ask('order/create', {...purchase, ...change});
const order = async () => (await ask('order/getDetail', {orderNumber: '', outerNumber: 'A-1'})).data!;

describe('the customer API', () => {
  it('sells with 1000 and nothing else, cards inline where there are any', async () => {
    const {code, data} = await create();
    assert.equal(code, 1000);
    const cards = data!['cards'] as Record<string, unknown>[];
    assert.deepEqual(
      cards.map(({cardNo, cardPwd, status}) => [cardNo, cardPwd, status]),
      [
        [undefined, 'CARD-1', undefined],
        ['8600', '1234', undefined],
      ],
    );
    const later = await create({goodsId: 102, outerNumber: 'A-2', count: 1});
    assert.deepEqual(Object.keys(later.data!), ['orderNumber']);
  });

  it('wants every one of the seven names, and the ceiling is about the whole order', async () => {
    for (const name of Object.keys(purchase)) {
      assert.notEqual((await create({[name]: undefined})).code, 1000, name);
    }
    for (const change of [{safePrice: 17.99}, {count: 3}, {goodsId: 999}, {sku: 'S1'}, {goodsId: 101}]) {
      const {code, data} = await create(change);
      assert.notEqual(code, 1000);
      assert.equal(data, undefined);
    }
    assert.equal(sandbox.platform.orders().length, 0);
  });

  it('has stock and choices only in the detail, and the two counts of a list in each other’s place', async () => {
    const {data} = await ask('goods/getList', {
      page: 1,
      goodsType: '1',
      keyWord: '',
      skuType: '',
      showDirId: '1',
      dirId: '',
      brandId: '',
    });
    assert.deepEqual([data!['allCount'], data!['allPage']], [1, 2]);
    const [row] = data!['items'] as Record<string, unknown>[];
    assert.deepEqual(row!['dirIds'], [100, 101]);
    assert.ok(!('stockCount' in row!));
    const detail = (await ask('goods/getDetail', {goodsId: 101})).data!;
    assert.equal(detail['skuType'], 1);
    const {details} = detail['goodsSku'] as {details: Record<string, unknown>[]};
    assert.deepEqual(
      details.map(({money, count}) => [money, count]),
      [
        [10, 0],
        [11.5, 1],
      ],
    );
    const sku = details[1]!['sku'];
    assert.equal((await create({goodsId: 101, sku, count: 1, safePrice: 11.5})).code, 1000);
  });

  it('goes from done to refund running to refunded, the sum growing, and voids the cards at last', async () => {
    await create();
    const seen: unknown[] = [];
    const look = async () => {
      const {status, retMoney, cards} = await order();
      seen.push([status, retMoney, (cards as {status: number}[]).map(card => card.status)]);
    };
    await look();
    assert.deepEqual((await ask('order/refunds', {orderNumber: '', outerNumber: 'A-1'})).data, {status: 9});
    await look();
    for (const part of ['9', '9']) {
      sandbox.platform.refund(sandbox.platform.orders()[0]!.tradeNo, yuan(part));
      await look();
    }
    assert.deepEqual(seen, [
      [3, 0, [0, 0]],
      [9, 0, [0, 0]],
      [5, 9, [0, 0]],
      [5, 18, [2, 2]],
    ]);
  });

  it('withdraws what is not delivered yet', async () => {
    await create({goodsId: 102});
    assert.deepEqual((await ask('order/refunds', {orderNumber: '', outerNumber: 'A-1'})).data, {status: 8});
    const {tradeNo, amount} = sandbox.platform.orders()[0]!;
    sandbox.platform.refund(tradeNo, amount);
    assert.equal((await order())['status'], 4);
  });

  it('takes the time in seconds and in milliseconds, and no body for an empty one', async () => {
    for (const timestamp of [String(time / 1000), String(time)]) {
      for (const body of [undefined, {}]) {
        assert.deepEqual((await ask('user/getAccount', body, timestamp)).data, {balance: 10000});
      }
    }
    assert.notEqual((await ask('user/getAccount', {}, '17672256')).code, 1000);
  });

  it('encrypts the cards of a callback', async () => {
    await create();
    const account = {appId: '1000', secret: appKey};
    const {body} = await callbackOf(sandbox.platform, sandbox.platform.orders()[0]!, account);
    const {cards} = JSON.parse(new TextDecoder().decode(body)) as {cards: string};
    const decipher = createDecipheriv('aes-256-ecb', appKey, null);
    const text = decipher.update(cards, 'base64', 'utf8') + decipher.final('utf8');
    assert.deepEqual(
      (JSON.parse(text) as {cardPwd: string}[]).map(({cardPwd}) => cardPwd),
      ['CARD-1', '1234'],
    );
  });
});
