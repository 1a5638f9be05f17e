import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {noOrder, order, placed, platformWith, refusal, request} from './fake-platform.ts';

const patient = new AbortController().signal;
const cards = [
  {card_no: 'C1', card_pwd: 'P1', card_expire_at: 1830215121},
  {card_no: 'C2', card_pwd: '', card_expire_at: 1730215121},
];

describe('a purchase', () => {
  test('goes to the platform itself and everything else to the shared host', async () => {
    const {v3, sent} = platformWith({'order/create': placed, 'order/get': order({cards})});
    await v3.buy(request({costCeiling: money('18.5', 'CNY')}), patient);
    assert.deepEqual(
      sent.map(({url}) => url),
      ['https://platform.example/dockapiv3/order/create', 'https://dock.example/dockapiv3/order/get'],
    );
    const {sign, timestamp, ...said} = sent[0]!.members;
    assert.match(String(sign), /^[0-9a-f]{32}$/);
    assert.equal(timestamp, 1767225600);
    assert.deepEqual(said, {
      userid: '10001',
      goodsid: '720938',
      buynum: 2,
      usorderno: 'a1b2c3d4e5f6g7h8j9k',
      maxmoney: '18.50',
    });
  });

  test('is delivered with its structured cards, what the order cost, and when the first card ends', async () => {
    const cardlist = ['卡号：C1 密码：P1\r', '卡号：C2\r'];
    const {v3} = platformWith({'order/create': placed, 'order/get': order({cards, cardlist})});
    assert.deepEqual(await v3.buy(request(), patient), {
      kind: 'delivered',
      orderId: 'SD1',
      charged: money('18', 'CNY'),
      secret: '卡号：C1 密码：P1\nC2',
      expiresAt: 1730215121000,
    });
  });

  test('reads the lines for display where there is nothing else, without label and carriage return', async () => {
    const cardlist = ['卡号：jLeo\r', 'https://redeem.example/r/1', ''];
    const {v3} = platformWith({'order/create': placed, 'order/get': order({cardlist, cards: ''})});
    const outcome = await v3.buy(request(), patient);
    assert.equal('secret' in outcome && outcome.secret, 'jLeo\nhttps://redeem.example/r/1');
  });

  test('takes labels with nothing behind them for no card', async () => {
    for (const cardlist of [['卡号：\r'], ['卡号： 密码：\r', '密码：']]) {
      const {v3} = platformWith({'order/create': placed, 'order/get': order({cardlist, cards: ''})});
      assert.equal((await v3.buy(request(), patient)).kind, 'accepted');
    }
  });

  test('sends one field as a text', async () => {
    const {v3, sent} = platformWith({'order/create': placed, 'order/get': order({status: 3})});
    const outcome = await v3.buy(request({fields: {'1:充值帐号': '13800138000'}, delivery: 'manual'}), patient);
    assert.equal(sent[0]!.members['attach'], '13800138000');
    assert.equal(outcome.kind, 'accepted');
  });

  test('sends several fields by their kinds, which the template of the good tells', async () => {
    const template = {
      code: 1,
      msg: '',
      data: [
        {type: 9, title: '姓名', desc: ''},
        {type: 1, title: '帐号', desc: ''},
      ],
    };
    const {v3, sent, paths} = platformWith({'goods/tpl': template, 'order/create': placed, 'order/get': order()});
    await v3.buy(request({fields: {'2:姓名': '张三', '1:帐号': '138'}}), patient);
    assert.deepEqual(paths().slice(0, 2), ['goods/tpl', 'order/create']);
    assert.deepEqual(sent[1]!.members['attach'], [
      {attachtype: '1', value: '138'},
      {attachtype: '9', value: '张三'},
    ]);
  });

  for (const [what, fields, answers] of [
    ['of another form', {账号: '1'}, {}],
    ['with one missing', {'2:姓名': '张三'}, {}],
    ['that the template does not have', {'1:帐号': '1', '2:区服': '2'}, {'goods/tpl': {code: 1, msg: '', data: []}}],
    ['while the template cannot be read', {'1:帐号': '1', '2:区服': '2'}, {'goods/tpl': refusal(404)}],
  ] as const) {
    test(`with fields ${what} is refused, and nothing is sent`, async () => {
      const {v3, paths} = platformWith(answers);
      const outcome = await v3.buy(request({fields}), patient);
      assert.deepEqual(
        [outcome.kind, 'reason' in outcome && outcome.reason, paths().includes('order/create')],
        ['refused', 'field_not_accepted', false],
      );
    });
  }

  test('of no good of the platform is not sent', async () => {
    for (const version of ['v3', 'v2'] as const) {
      const platform = platformWith({});
      const outcome = await platform[version].buy(request({offer: {code: 'x', choices: {}, nested: false}}), patient);
      assert.deepEqual([outcome.kind, platform.sent.length], ['refused', 0]);
    }
  });

  for (const [code, reason] of [
    [401, 'credentials'],
    [402, 'credentials'],
    [403, 'clock'],
    [404, 'other'],
    [1206, 'not_for_sale'],
    [1210, 'price_too_high'],
    [1211, 'field_not_accepted'],
    [1213, 'insufficient_balance'],
    [1214, 'not_for_sale'],
    [7777, 'other'],
  ] as const) {
    test(`that is answered with ${code} is refused as "${reason}", its code kept`, async () => {
      const {v3} = platformWith({'order/create': refusal(code)});
      const expected = {kind: 'refused', reason, text: `code ${code}`, code: String(code)};
      assert.deepEqual(await v3.buy(request(), patient), expected);
    });
  }

  test('for which there is no stock is known by the words of -1', async () => {
    const {v3} = platformWith({'order/create': refusal(-1, '商品库存不足')});
    const outcome = await v3.buy(request(), patient);
    assert.equal('reason' in outcome && outcome.reason, 'sold_out');
  });

  for (const [what, answer] of Object.entries({
    'the code 9999': refusal(9999, '系统错误'),
    'a page': () => new Response('<title>502</title>', {status: 502}),
    'a success that is a server error': () => Response.json(placed, {status: 500}),
    'an answer without a code': {msg: 'ok'},
    'a success without an order': {code: 1, msg: 'ok', data: ''},
    'a redirect': () => new Response(null, {status: 302, headers: {location: 'https://elsewhere.example'}}),
  })) {
    test(`that is answered with ${what} is unknown`, async () => {
      const {v3} = platformWith({'order/create': answer});
      assert.equal((await v3.buy(request(), patient)).kind, 'unknown');
    });
  }
});

describe('a reference that was used', () => {
  test('is looked up, and its order is the purchase', async () => {
    const {v3} = platformWith({'order/create': refusal(1205), 'order/get': order({cards})});
    assert.equal((await v3.buy(request(), patient)).kind, 'delivered');
  });

  test('and has no order that can be read leaves it unknown', async () => {
    const {v3} = platformWith({'order/create': refusal(1205)});
    assert.deepEqual(await v3.buy(request(), patient), {
      kind: 'unknown',
      reason: 'ambiguous_refusal',
      text: 'code 1205',
      code: '1205',
    });
  });

  test('is not believed to be refused for good where only the words say so', async () => {
    const {v3} = platformWith({'order/create': refusal(-1, '商户订单号重复')});
    assert.equal((await v3.buy(request(), patient)).kind, 'unknown');
  });

  test('and is refused for something else was bought all the same', async () => {
    const {v3} = platformWith({'order/create': refusal(1213), 'order/get': order({cards})});
    assert.equal((await v3.buy(request(), patient)).kind, 'delivered');
  });

  test('must be the one that was asked for', async () => {
    const {v3} = platformWith({'order/create': placed, 'order/get': order({usorderno: 'another', cards})});
    assert.equal((await v3.buy(request(), patient)).kind, 'unknown');
  });
});

describe('a lost answer', () => {
  test('is found by our reference', async () => {
    const {v3, paths} = platformWith({'order/get': order({cards})});
    assert.equal((await v3.reconcile(request(), patient)).kind, 'delivered');
    assert.deepEqual(paths(), ['order/get']);
  });

  test('is sent again with the same reference only when the order has been absent for long', async () => {
    const {v3, paths, sent} = platformWith({
      'order/create': placed,
      'order/get': [noOrder, noOrder, order({cards})],
    });
    const missing = await v3.reconcile(request(), patient);
    assert.ok(missing.kind === 'unknown' && missing.absent);
    assert.ok(!paths().includes('order/create'));
    assert.equal((await v3.reconcile(request(), patient, true)).kind, 'delivered');
    const purchases = sent.filter(({path}) => path === 'order/create');
    assert.deepEqual(
      purchases.map(({members}) => members['usorderno']),
      ['a1b2c3d4e5f6g7h8j9k'],
    );
  });

  test('that exists after all when it is sent again stays unknown', async () => {
    const {v3} = platformWith({'order/create': refusal(1205)});
    const outcome = await v3.reconcile(request(), patient, true);
    assert.deepEqual(
      [outcome.kind, 'code' in outcome && outcome.code, 'absent' in outcome],
      ['unknown', '1205', false],
    );
  });

  test('whose order cannot be asked for stays unknown, and is not absent', async () => {
    const {v3, paths} = platformWith({'order/get': refusal(404)});
    for (const isLongAbsent of [false, true]) {
      const outcome = await v3.reconcile(request(), patient, isLongAbsent);
      assert.deepEqual([outcome.kind, 'absent' in outcome], ['unknown', false]);
    }
    assert.ok(!paths().includes('order/create'));
  });
});

describe('an order that failed', () => {
  test('was not bought only where every cent has come back', async () => {
    for (const [row, kind] of [
      [{refundstatus: 1, refundmoney: '18.0000'}, 'refused'],
      [{refundstatus: 4, refundmoney: 18}, 'refused'],
      [{refundstatus: 2, refundmoney: '9.0000'}, 'charged_without_goods'],
      [{refundstatus: 0, refundmoney: '0.0000'}, 'charged_without_goods'],
      [{refundstatus: 3, refundmoney: '18.0000'}, 'charged_without_goods'],
    ] as const) {
      const {v3} = platformWith({'order/get': order({status: 4, ...row})});
      assert.equal((await v3.reconcile(request(), patient)).kind, kind, JSON.stringify(row));
    }
  });

  test('tells what has come back, and that nothing has where it is only marked', async () => {
    const told = async (row: object) => {
      const {v3} = platformWith({'order/get': order({status: 4, ...row})});
      const found = await v3.follow({orderId: 'SD1', placeholder: ''}, patient);
      return [found.kind, 'refunded' in found && found.refunded?.amount];
    };
    assert.deepEqual(await told({refundstatus: 1, refundmoney: '18.0000'}), ['refunded', '18.00']);
    assert.deepEqual(await told({refundstatus: 2, refundmoney: '0.0150'}), ['refunded', '0.015']);
    assert.deepEqual(await told({refundstatus: 3, refundmoney: '18.0000'}), ['absent', false]);
    assert.deepEqual(await told({refundstatus: 0}), ['absent', false]);
  });

  test('was not bought where it was never paid', async () => {
    const {v3} = platformWith({'order/get': order({status: 2})});
    assert.equal((await v3.reconcile(request(), patient)).kind, 'refused');
  });
});

describe('an accepted order', () => {
  test('of cards is pending in every state but done', async () => {
    for (const status of [0, 1, 3, 9]) {
      const {v3} = platformWith({'order/get': order({status})});
      assert.equal((await v3.follow({orderId: 'SD1', placeholder: ''}, patient)).kind, 'pending');
    }
  });

  test('of cards that is done without any is for a person, and its receipt is told to nobody', async () => {
    const {v3} = platformWith({'order/get': order({receipt: 'SECRET-1234'})});
    const found = await v3.follow({orderId: 'SD1', placeholder: ''}, patient);
    assert.equal(found.kind, 'absent');
    assert.ok(!JSON.stringify(found).includes('SECRET-1234'));
  });

  test('of a top-up is done by its receipt, or by nothing but that', async () => {
    for (const [receipt, secret] of [
      ['流水 20260101', '流水 20260101'],
      ['', '充值成功'],
    ] as const) {
      const {v3} = platformWith({'order/create': placed, 'order/get': [order({status: 1}), order({receipt})]});
      const accepted = await v3.buy(request({delivery: 'manual'}), patient);
      assert.ok(accepted.kind === 'accepted');
      const {orderId, placeholder} = accepted;
      assert.deepEqual(await v3.follow({orderId, placeholder}, patient), {kind: 'delivered', secret});
    }
  });

  test('that was paid back in part keeps its cards and tells the part', async () => {
    const {v3} = platformWith({'order/get': order({cards, refundstatus: 2, refundmoney: '9.0000'})});
    const found = await v3.follow({orderId: 'SD1', placeholder: ''}, patient);
    assert.deepEqual(found, {kind: 'delivered', secret: '卡号：C1 密码：P1\nC2', refunded: money('9.0000', 'CNY')});
  });

  test('that is not there any more is for a person', async () => {
    const {v3} = platformWith({});
    assert.equal((await v3.follow({orderId: 'SD1', placeholder: ''}, patient)).kind, 'absent');
  });
});

describe('money asked back', () => {
  const whole = {orderId: 'SD1', why: '卡密无效'};
  const paidBack = order({status: 4, refundstatus: 1, refundmoney: '18.0000'});

  test('is back when the order says so, whatever the answer says', async () => {
    const yes = {code: 1, msg: '退款成功', data: ''};
    const done = platformWith({'order/get': [order({status: 3}), paidBack], 'order/cancelOrder': yes});
    assert.deepEqual(await done.v3.refund(whole, patient), {kind: 'refunded', amount: money('18.0000', 'CNY')});
    const later = platformWith({'order/get': order({status: 3}), 'order/cancelOrder': yes});
    assert.deepEqual(await later.v3.refund(whole, patient), {kind: 'asked'});
    const before = platformWith({'order/get': paidBack});
    assert.equal((await before.v3.refund(whole, patient)).kind, 'refunded');
    assert.deepEqual(before.paths(), ['order/get']);
  });

  test('is refused by code 0, and unknown by 9999', async () => {
    for (const [code, kind] of [
      [0, 'refused'],
      [9999, 'unknown'],
    ] as const) {
      const {v3} = platformWith({'order/get': order(), 'order/cancelOrder': refusal(code, '退款失败')});
      assert.equal((await v3.refund(whole, patient)).kind, kind);
    }
  });

  test('in part is not asked for: the protocol knows whole orders', async () => {
    const {v3, paths} = platformWith({'order/get': order()});
    const outcome = await v3.refund({...whole, amount: money('9', 'CNY')}, patient);
    assert.deepEqual([outcome.kind, paths()], ['refused', ['order/get']]);
  });
});

describe('an old platform', () => {
  const bought = {code: 1, msg: '', orderno: 'SD1', money: 18};
  const oldOrder = (status: number, cardlist: readonly string[] = []) => ({
    code: 1,
    msg: '',
    data: {status, money: 18},
    cardlist,
  });

  test('is sent a form without a time and without a reference', async () => {
    const {v2, sent} = platformWith({'index/buy.html': bought, 'index/queryorder.html': oldOrder(3)});
    await v2.buy(request({fields: {'1:帐号': '138', '2:区服': '一区'}}), patient);
    const {sign, ...said} = sent[0]!.members;
    assert.match(String(sign), /^[0-9a-f]{32}$/);
    assert.deepEqual(said, {userid: '10001', goodsid: '720938', buynum: '2', attach: '["138","一区"]'});
  });

  test('delivers cards from its answer or from the order, in whatever state nobody looked at them', async () => {
    const cardlist = ['卡号：C1\r', '卡号：C2\r'];
    for (const answers of [
      {'index/buy.html': {...bought, cardlist}, 'index/queryorder.html': oldOrder(0)},
      {'index/buy.html': bought, 'index/queryorder.html': oldOrder(1, cardlist)},
      {'index/buy.html': {...bought, cardlist}, 'index/queryorder.html': refusal(-1)},
    ]) {
      const outcome = await platformWith(answers).v2.buy(request(), patient);
      assert.deepEqual([outcome.kind, 'secret' in outcome && outcome.secret], ['delivered', 'C1\nC2']);
    }
  });

  test('that does not say what an order cost counts as the most that it may have', async () => {
    const {v2} = platformWith({'index/buy.html': {code: 1, msg: '', orderno: 'SD1', cardlist: ['C1', 'C2']}});
    const outcome = await v2.buy(request({costCeiling: money('18.5', 'CNY')}), patient);
    assert.deepEqual('charged' in outcome && outcome.charged, money('18.5', 'CNY'));
    assert.equal((await v2.buy(request(), patient)).kind, 'unknown');
  });

  test('refuses by -1 and by nothing else', async () => {
    for (const [code, kind] of [
      [-1, 'refused'],
      [0, 'unknown'],
      [500, 'unknown'],
    ] as const) {
      assert.equal((await platformWith({'index/buy.html': refusal(code)}).v2.buy(request(), patient)).kind, kind);
    }
  });

  test('is never asked about a purchase whose answer was lost, nor sent it again', async () => {
    const {v2, sent} = platformWith({});
    assert.equal((await v2.reconcile(request(), patient)).kind, 'unknown');
    assert.deepEqual(sent, []);
  });

  test('withdraws an order without a word of the money, which is then for a person', async () => {
    const {v2} = platformWith({'index/buy.html': bought, 'index/queryorder.html': oldOrder(4)});
    assert.equal((await v2.buy(request(), patient)).kind, 'charged_without_goods');
    assert.equal((await v2.follow({orderId: 'SD1', placeholder: ''}, patient)).kind, 'absent');
  });
});
