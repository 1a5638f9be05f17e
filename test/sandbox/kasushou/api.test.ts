import assert from 'node:assert/strict';
import {beforeEach, describe, it} from 'node:test';
import {createSandbox, systemClock, type Sandbox} from '../../../src/sandbox/index.ts';
import {callbackOf} from '../../../src/sandbox/kasushou/callback.ts';
import {requestSignature} from '../../../src/sandbox/kasushou/signature.ts';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {cardsOf, catalogueOf, makeGood} from '../support/goods.ts';

const plain = makeGood({id: 100, code: 'PLAIN00000000001', memberPrice: '9.00', minimum: 1, maximum: 2});
const topUp = makeGood({
  id: 101,
  code: 'TOPUP00000000001',
  delivery: 'manual',
  manualStock: 5,
  fields: [
    {name: 'a', label: '账号', type: 'text', placeholder: '手机', pattern: '1\\d{10}', error: '', choices: []},
    {name: 'b', label: '区服', type: 'text', placeholder: '', pattern: '', error: '', choices: []},
  ],
});

let sandbox: Sandbox;
let time: number;

beforeEach(() => {
  time = Date.UTC(2026, 0, 1);
  sandbox = createSandbox({
    clock: {...systemClock, now: () => time},
    catalogue: catalogueOf([plain, topUp], cardsOf(plain, ['CARD-1', '卡号: 8600 密码: 1234', 'CARD-3'])),
  });
});

interface Answer {
  readonly code: number;
  readonly msg: string;
  readonly data?: unknown;
}

/** @param text the body as it is sent, where it is not the members in the order of their names */
async function ask(path: string, members: Readonly<Record<string, unknown>> = {}, text?: string): Promise<Answer> {
  const timestamp = String(time);
  const response = await sandbox.fetch(
    new Request(`https://platform.example/api/v1/${path}`, {
      method: 'POST',
      headers: {
        userid: sandbox.credentials.appId,
        timestamp,
        sign: requestSignature(timestamp, members, sandbox.credentials.appKey),
      },
      body: text ?? JSON.stringify(members),
    }),
  );
  assert.equal(response.status, 200);
  return (await response.json()) as Answer;
}

const buy = (members: object = {}) => ask('order/buy', {id: 100001, quantity: 2, external_orderno: 'A-1', ...members});
const info = async (members: Readonly<Record<string, unknown>>) =>
  (await ask('order/info', members)).data as Record<string, unknown>[];

describe('the merchant API', () => {
  it('answers a purchase without cards and with a number for the amount; the order has the cards', async () => {
    assert.deepEqual(Object.keys((await buy()).data as object), ['ordersn', 'external_orderno', 'total_price']);
    const [order] = await info({external_orderno: 'A-1'});
    assert.deepEqual([order!['status'], order!['total_price'], order!['has_back_money']], [3, 18, 0]);
    assert.deepEqual(order!['card_list'], [
      {card_no: '', card_password: 'CARD-1'},
      {card_no: '8600', card_password: '1234'},
    ]);
  });

  it('refuses with 400 and words, and nothing was bought', async () => {
    await buy({quantity: 1, external_orderno: 'A-0'});
    for (const members of [
      {external_orderno: 'A-0'},
      {quantity: 3},
      {quantity: 0},
      {id: 999},
      {safe_price: '8.99'},
      {id: 101001},
      {external_orderno: undefined},
    ]) {
      const {code, msg, data} = await buy(members);
      assert.deepEqual([code, data], [400, undefined]);
      assert.ok(msg.length > 0);
    }
    assert.equal(sandbox.platform.orders().length, 1);
  });

  it('knows several orders by one question, none by a number that it does not have, and old ones when asked for all', async () => {
    await buy({quantity: 1});
    await buy({quantity: 1, external_orderno: 'A-2'});
    assert.equal((await info({external_orderno: 'A-1,A-2,A-3'})).length, 2);
    assert.equal((await ask('order/info', {external_orderno: 'A-3'})).code, 400);
    time += 31 * 24 * 3_600_000;
    assert.equal((await ask('order/info', {external_orderno: 'A-1'})).code, 400);
    assert.equal((await info({external_orderno: 'A-1', day: '0'})).length, 1);
  });

  it('takes note of what is called off, and pays back when an operator does, in part or in full', async () => {
    const fields = {attach: {recharge_account: '13800138000', lblName1: '一区'}};
    await buy({id: 101001, quantity: 2, ...fields});
    const [order] = await info({external_orderno: 'A-1'});
    assert.deepEqual(order!['recharge_info'], [
      {n: '账号', v: '13800138000', k: 'recharge_account'},
      {n: '区服', v: '一区', k: 'lblName1'},
    ]);
    const before = sandbox.platform.merchant(1000)!.balance;
    assert.deepEqual(await ask('order/close', {ordersn: order!['ordersn']}), {code: 200, msg: '撤单成功'});
    assert.deepEqual(sandbox.platform.merchant(1000)!.balance, before);
    const {tradeNo} = sandbox.platform.orders()[0]!;
    const states: unknown[] = [];
    for (const part of ['5', '13']) {
      sandbox.platform.refund(tradeNo, yuan(part));
      const [now] = await info({external_orderno: 'A-1'});
      states.push([now!['status'], now!['has_back_money']]);
    }
    assert.deepEqual(states, [
      [4, 5],
      [4, 18],
    ]);
  });

  it('still lists the cards of an order that it paid back unasked', async () => {
    await buy({quantity: 1});
    sandbox.platform.refund(sandbox.platform.orders()[0]!.tradeNo, yuan('9'));
    const [order] = await info({external_orderno: 'A-1'});
    assert.equal(order!['status'], 5);
    assert.equal((order!['card_list'] as unknown[]).length, 1);
  });

  it('signs the members in the order of their names, in whatever order they are sent', async () => {
    const members = {quantity: 1, id: 100001, external_orderno: 'A-1'};
    assert.equal((await ask('order/buy', members, JSON.stringify(members))).code, 200);
    assert.equal((await ask('order/buy', members, JSON.stringify({...members, id: 100002}))).code, 400);
    assert.equal((await ask('user/info', {}, 'no json')).code, 400);
  });

  it('lists by category with everything below, without saying the category', async () => {
    const list = async (members: object) =>
      (await ask('goods/list', {...members})).data as {list: object[]; total: number};
    const {list: rows, total} = await list({cate_id: 100, limit: 1, page: 2});
    assert.deepEqual([rows.length, total], [1, 2]);
    assert.ok(!('cate_id' in rows[0]!) && !('attach' in rows[0]!));
    assert.equal((await list({cate_id: 102})).total, 0);
    assert.equal((await list({keyword: '没有'})).total, 0);
  });

  it('sends callbacks of texts with escaped slashes, the cards as a text within the text', async () => {
    await buy();
    const order = sandbox.platform.orders()[0]!;
    const {body} = callbackOf(sandbox.platform, order, sandbox.credentials.appKey);
    const fields = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
    assert.ok(Object.values(fields).every(value => typeof value === 'string'));
    assert.equal((JSON.parse(fields['card_list'] as string) as object[]).length, 2);
  });
});
