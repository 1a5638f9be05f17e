import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {callbackSignature} from '../../../src/sandbox/kasushou/signature.ts';
import {createKasushou} from '../../../src/upstreams/kasushou/index.ts';
import type {BuyRequest} from '../../../src/upstreams/port.ts';

const patient = new AbortController().signal;
const apiKey = 'the-secret-key';
const start = Date.UTC(2026, 0, 1);

type Body = Readonly<Record<string, unknown>>;
type Answer = (body: Body) => object | Response | undefined;

/** An adapter against a platform that answers as told, by path. What is asked that it was not told of is refused. */
function platformWith(answers: Readonly<Record<string, Answer>>) {
  let now = start;
  const sent: {path: string; body: Body; text: string}[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const path = new URL(String(input)).pathname.replace('/api/v1/', '');
    const text = String(init?.body);
    const body = JSON.parse(text) as Body;
    sent.push({path, body, text});
    const answer = answers[path]?.(body) ?? refusal('没有权限');
    return answer instanceof Response ? answer : Response.json(answer);
  };
  const platform = createKasushou({
    url: 'https://platform.example',
    userId: 'u1',
    apiKey,
    fetch,
    clock: {now: () => now},
    callbackUrl: 'https://shop.example/cb',
  });
  return {
    platform,
    sent,
    asked: (path: string) => sent.filter(question => question.path === path),
    passTime(milliseconds: number) {
      now += milliseconds;
    },
  };
}

const ok = (data: unknown) => ({code: 200, msg: '成功', data});
const refusal = (msg: string) => ({code: 400, msg});
const placed = ok({ordersn: 'API1', external_orderno: 'a1b2c3', total_price: 1});
const row = {
  ordersn: 'API1',
  external_orderno: 'a1b2c3',
  recharge_info: [],
  recharge_hints: '',
  status: 3,
  total_price: '2.20',
  has_back_money: 0,
  card_list: [{card_no: '', card_password: 'yT7B1t50'}],
};
const request = (overrides: Partial<BuyRequest> = {}): BuyRequest => ({
  reference: 'a1b2c3',
  offer: {code: '2909', choices: {}, nested: false},
  quantity: 1,
  fields: {},
  contact: 'keystall',
  password: '',
  delivery: 'automatic',
  ...overrides,
});
const good = {
  id: 2909,
  goods_name: 'Steam 50',
  goods_img: '/a.png',
  goods_type: 1,
  face_value: '2.00',
  goods_price: '0.0150',
  status: 1,
  stock_num: 9999,
};

test('a purchase says what was asked for, its ceiling and where to report, and nothing of the buyer', async () => {
  const {platform, sent} = platformWith({'order/buy': () => placed, 'order/info': () => ok([row])});
  const outcome = await platform.buy(
    request({fields: {recharge_account: '138', lblName1: '一区/二'}, costCeiling: money('2.2', 'CNY')}),
    patient,
  );
  assert.equal(
    sent[0]!.text,
    '{"attach":{"recharge_account":"138","lblName1":"一区/二"},"external_orderno":"a1b2c3","id":2909,"quantity":1,"safe_price":"2.20","url":"https://shop.example/cb"}',
  );
  assert.deepEqual(outcome, {
    kind: 'delivered',
    orderId: 'API1',
    charged: money('2.20', 'CNY'),
    secret: 'yT7B1t50',
  });
  // The form of a card that has both, and the seller's hint beside cards.
  const cards = [{card_no: 'N1', card_password: 'P1'}];
  const both = platformWith({
    'order/buy': () => placed,
    'order/info': () => ok([{...row, card_list: cards, recharge_hints: '请尽快使用'}]),
  });
  const pair = await both.platform.buy(request(), patient);
  assert.ok(pair.kind === 'delivered');
  assert.deepEqual([pair.secret, pair.note], ['卡号：N1 密码：P1', '请尽快使用']);
});

test('a ceiling in another currency is not sent as yuan', async () => {
  const {platform, sent} = platformWith({'order/buy': () => placed});
  await platform.buy(request({costCeiling: money('2.2', 'USD')}), patient);
  assert.ok(!('safe_price' in sent[0]!.body));
});

test('a refusal in words is "other", with its code and text, once the order was looked for', async () => {
  for (const info of [refusal('订单不存在'), ok([]), refusal('签名错误')]) {
    const {platform, asked} = platformWith({'order/buy': () => refusal('账户余额不足'), 'order/info': () => info});
    assert.deepEqual(await platform.buy(request(), patient), {
      kind: 'refused',
      reason: 'other',
      text: '账户余额不足',
      code: '400',
    });
    assert.equal(asked('order/buy').length, 1);
  }
});

test('a number that is answered again, or refused because it was used, leads to the order that it made', async () => {
  for (const answer of [placed, refusal('外部订单号重复')]) {
    const {platform} = platformWith({'order/buy': () => answer, 'order/info': () => ok([row])});
    const outcome = await platform.buy(request(), patient);
    assert.deepEqual([outcome.kind, 'orderId' in outcome && outcome.orderId], ['delivered', 'API1']);
  }
});

test('a refusal that may mean that the number was used is never believed, though the order is out of sight', async () => {
  for (const message of ['外部订单号重复', '订单号已存在', 'Duplicate external_orderno']) {
    const {platform} = platformWith({'order/buy': () => refusal(message), 'order/info': () => ok([])});
    assert.equal((await platform.buy(request(), patient)).kind, 'unknown');
    for (const isLongAbsent of [false, true]) {
      assert.equal((await platform.reconcile(request(), patient, isLongAbsent)).kind, 'unknown');
    }
  }
});

test('a refusal is not believed while the order cannot be looked for', async () => {
  const {platform} = platformWith({
    'order/buy': () => refusal('账户余额不足'),
    'order/info': () => new Response('', {status: 502}),
  });
  const outcome = await platform.buy(request(), patient);
  assert.deepEqual([outcome.kind, 'code' in outcome && outcome.code], ['unknown', '400']);
});

for (const [what, answer] of Object.entries({
  'code 500': () => ({code: 500, msg: '未知错误'}),
  'a code nobody has written down': () => ({code: 401, msg: '没有权限'}),
  'a refusal with a server’s error': () => Response.json(refusal('库存不足'), {status: 500}),
  'an answer without a code': () => ({msg: '下单成功'}),
  'an order without a number': () => ok({total_price: 1}),
  'a redirect': () => new Response(null, {status: 302, headers: {location: 'https://elsewhere.example'}}),
})) {
  test(`${what} leaves a purchase unknown`, async () => {
    const {platform} = platformWith({'order/buy': answer, 'order/info': () => refusal('订单不存在')});
    assert.equal((await platform.buy(request(), patient)).kind, 'unknown');
  });
}

test('a lost purchase is sent again only when its order has been missing for long, at a price that still holds', async () => {
  let price = '2.20';
  const {platform, asked} = platformWith({
    'order/info': () => ok([]),
    'goods/info': () => ok({...good, goods_price: price}),
    'order/buy': () => placed,
  });
  const lost = request({costCeiling: money('2.20', 'CNY')});
  const missing = await platform.reconcile(lost, patient);
  assert.ok(missing.kind === 'unknown' && missing.absent);
  assert.equal(asked('order/buy').length, 0);
  price = '2.30';
  const tooMuch = await platform.reconcile(lost, patient, true);
  assert.ok(tooMuch.kind === 'unknown' && tooMuch.absent && tooMuch.text.includes('2.30'));
  assert.equal(asked('order/buy').length, 0);
  price = '2.20';
  assert.equal((await platform.reconcile(lost, patient, true)).kind, 'accepted');
  assert.equal(asked('order/buy')[0]!.body['external_orderno'], 'a1b2c3');
});

test('a refusal of what is sent again counts when the order is still missing, and in no other case', async () => {
  for (const [then, kind] of [
    [ok([]), 'refused'],
    [refusal('订单不存在'), 'refused'],
    [refusal('请求过于频繁'), 'unknown'],
    [ok([row]), 'delivered'],
  ] as const) {
    let isSent = false;
    const {platform} = platformWith({
      'order/info': () => (isSent ? then : ok([])),
      'order/buy': () => {
        isSent = true;
        return refusal('库存不足');
      },
    });
    const outcome = await platform.reconcile(request(), patient, true);
    assert.deepEqual([outcome.kind, 'absent' in outcome], [kind, false]);
  }
});

test('what only might mean that there is no such order never has a purchase sent again', async () => {
  for (const message of ['用户不存在', '请求过于频繁', '签名错误', '']) {
    const {platform, asked} = platformWith({'order/info': () => refusal(message), 'order/buy': () => placed});
    for (const isLongAbsent of [false, true]) {
      const outcome = await platform.reconcile(request(), patient, isLongAbsent);
      assert.deepEqual([outcome.kind, 'absent' in outcome], ['unknown', false]);
    }
    assert.equal(asked('order/buy').length, 0);
  }
});

test('orders of other numbers, or two of one, settle nothing', async () => {
  for (const rows of [[{...row, external_orderno: 'other'}], [row, {...row, ordersn: 'API2'}]]) {
    const {platform} = platformWith({'order/info': () => ok(rows)});
    assert.equal((await platform.reconcile(request(), patient)).kind, 'unknown');
  }
});

for (const [what, change, bought, followed] of [
  ['unpaid', {status: -1, card_list: []}, 'unknown', 'pending'],
  ['waiting', {status: 1, card_list: []}, 'accepted', 'pending'],
  ['under way', {status: 2, card_list: []}, 'accepted', 'pending'],
  ['done', {}, 'delivered', 'delivered'],
  ['done without a card', {card_list: [{card_no: '', card_password: ' '}]}, 'accepted', 'absent'],
  ['done with PHP’s empty list', {card_list: ''}, 'accepted', 'absent'],
  ['called off, all back', {status: 4, has_back_money: '2.2'}, 'refused', 'refunded'],
  ['called off, a part back', {status: 4, has_back_money: '1.00'}, 'unknown', 'refunded'],
  ['called off, nothing back', {status: 4}, 'unknown', 'absent'],
  ['paid back, all', {status: 5, has_back_money: 2.2}, 'refused', 'refunded'],
  ['paid back, a part', {status: 5, has_back_money: 1}, 'bought_unreadable', 'refunded'],
  ['in a state nobody has written down', {status: 9, card_list: []}, 'accepted', 'pending'],
] as const) {
  test(`an order that is ${what} is ${bought}, and ${followed} when followed`, async () => {
    const {platform, sent} = platformWith({'order/buy': () => placed, 'order/info': () => ok([{...row, ...change}])});
    assert.equal((await platform.buy(request(), patient)).kind, bought);
    assert.equal((await platform.follow({orderId: 'API1', placeholder: ''}, patient)).kind, followed);
    assert.deepEqual(sent.at(-1)!.body, {day: '0', ordersn: 'API1'});
  });
}

test('a top-up that is done says so, and only a top-up does', async () => {
  const info = (change: object) => ({'order/info': () => ok([{...row, card_list: [], ...change}])});
  const byHand = request({delivery: 'manual'});
  for (const [change, secret] of [
    [{}, '充值成功'],
    [{recharge_hints: '已充值到账'}, '已充值到账'],
    [{recharge_hints: '有问题请联系客服。'}, '充值成功。有问题请联系客服。'],
  ] as const) {
    const {platform} = platformWith({'order/buy': () => placed, ...info(change)});
    const outcome = await platform.buy(byHand, patient);
    assert.equal(outcome.kind === 'delivered' && outcome.secret, secret);
  }
  const {platform} = platformWith({'order/buy': () => placed, ...info({status: 1})});
  const accepted = await platform.buy(byHand, patient);
  assert.ok(accepted.kind === 'accepted');
  const done = platformWith(info({})).platform;
  const {orderId, placeholder} = accepted;
  assert.deepEqual(await done.follow({orderId, placeholder}, patient), {kind: 'delivered', secret: '充值成功'});
  assert.equal((await done.follow({orderId, placeholder: ''}, patient)).kind, 'absent');
});

test('an order that is said not to be there is absent; a refusal that says something else is no news', async () => {
  const follow = {orderId: 'API1', placeholder: ''};
  assert.equal(
    (await platformWith({'order/info': () => refusal('未找到该订单')}).platform.follow(follow, patient)).kind,
    'absent',
  );
  await assert.rejects(platformWith({'order/info': () => refusal('请求过于频繁')}).platform.follow(follow, patient), {
    name: 'UpstreamError',
    reason: 'refused',
    code: '400',
  });
});

test('calling off is asked for, refused with the platform’s words, or lost', async () => {
  const outcomes = [];
  for (const answer of [{code: 200, msg: '撤单成功'}, refusal('不支持撤单'), {code: 500, msg: '未知错误'}]) {
    const {platform} = platformWith({'order/close': () => answer});
    outcomes.push((await platform.cancel({orderId: 'API1'}, patient)).kind);
  }
  assert.deepEqual(outcomes, ['asked', 'refused', 'unknown']);
});

test('the tree of categories is its nesting, goods stand where they are listed inmost, and details are asked once', async () => {
  const tree = [
    {id: 1, name: 'A', pid: 0, children: [{id: 2, name: 'B', pid: 1, children: [{id: 3, name: 'C', pid: 1}]}]},
  ];
  const inner = {...good, id: 11};
  const outer = {...good, id: 12};
  const nowhere = {...good, id: 13};
  const byCategory: Readonly<Record<string, object[]>> = {3: [inner], 2: [inner], 1: [inner, outer]};
  const rows = (body: Body) => byCategory[String(body['cate_id'])] ?? [inner, outer, nowhere];
  const {platform, asked, passTime} = platformWith({
    'goods/cate': () => ok(tree),
    'goods/list': body => ok({list: body['page'] === 1 ? rows(body) : [], total: rows(body).length}),
    'goods/info': body => ok({...good, id: body['id'], goods_info: '<p>详情</p>', goods_notice: '<p>须知</p>'}),
  });
  const {categories, goods, rejected} = await platform.catalogue(patient);
  assert.deepEqual(rejected, []);
  assert.deepEqual(categories, [
    {id: '1', name: 'A'},
    {id: '2', name: 'B', parentId: '1'},
    {id: '3', name: 'C', parentId: '2'},
    {id: '0', name: '其他'},
  ]);
  assert.deepEqual(goods.map(({code, categoryId}) => [code, categoryId]).sort(), [
    ['11', '3'],
    ['12', '1'],
    ['13', '0'],
  ]);
  assert.equal(goods[0]!.description, '<p>【购买须知】</p><p>须知</p><p>【商品详情】</p><p>详情</p>');
  assert.equal(goods[0]!.offers[0]!.costs[0]!.price.amount, '0.015');
  assert.equal(asked('goods/info').length, 3);
  await platform.catalogue(patient);
  assert.equal(asked('goods/info').length, 3, 'nothing changed');
  passTime(6 * 3_600_000);
  await platform.catalogue(patient);
  assert.equal(asked('goods/info').length, 6, 'what no row shows may have');
});

test('a broken good harms no other, and what cannot be sold is left out with the reason', async () => {
  const rows = [
    good,
    {...good, id: 2, goods_price: '0.00'},
    {...good, id: 3, goods_type: 3},
    {...good, id: 4, status: 2},
    {...good, id: 5, goods_name: null},
    {...good, id: 6},
    {...good, id: 7, goods_type: 2},
  ];
  const {platform} = platformWith({
    'goods/cate': () => ok([]),
    'goods/list': () => ok({list: rows, total: String(rows.length)}),
    'goods/info': ({id}) => {
      if (id === 6) return refusal('商品不存在');
      const attach = id === 7 ? [{key: 'lblName1', type: 'cascader', name: '区服', options: '[]'}] : '';
      return ok({...rows.find(candidate => candidate.id === id), attach});
    },
  });
  const {goods, rejected} = await platform.catalogue(patient);
  assert.deepEqual(
    goods.map(({code}) => code),
    ['2909'],
  );
  assert.deepEqual(rejected.map(({code}) => code).sort(), ['2', '3', '5', '6', '7']);
  assert.ok(rejected.every(({reason}) => reason.length > 10));
});

test('a platform that is asked too often in the middle of a catalogue has not lost goods', async () => {
  const {platform} = platformWith({
    'goods/cate': () => ok([]),
    'goods/list': () => ok({list: [good], total: 1}),
    'goods/info': () => refusal('请求过于频繁'),
  });
  await assert.rejects(platform.catalogue(patient), {name: 'UpstreamError', retryAfterMs: 60_000});
});

test('a platform that falls silent in the middle of a catalogue has not lost goods', async () => {
  const {platform} = platformWith({
    'goods/cate': () => ok([]),
    'goods/list': () => ok({list: [good], total: 1}),
    'goods/info': () => new Response('<title>busy</title>', {status: 503}),
  });
  await assert.rejects(platform.catalogue(patient), {name: 'UpstreamError', reason: 'not_json'});
});

test('pages that are shorter than asked for are all read', async () => {
  const all = Array.from({length: 70}, (_, index) => ({...good, id: index + 1}));
  const {platform} = platformWith({
    'goods/cate': () => ok([]),
    'goods/list': ({page}) => ok({list: all.slice((Number(page) - 1) * 30, Number(page) * 30), total: 70}),
    'goods/info': ({id}) => ok({...good, id}),
  });
  assert.equal((await platform.catalogue(patient)).goods.length, 70);
});

test('fields of a top-up: options as a list or written into a text, limits, and nothing may stay empty', async () => {
  const attach = [
    {key: 'recharge_account', type: 'text', name: '充值账号', tip: '手机号'},
    {key: 'lblName1', type: 'select', name: '区服', options: '["一区","二区"]'},
    {key: 'lblName2', type: 'radio', name: '面值', options: [{name: '十元', value: '10'}]},
  ];
  const {platform} = platformWith({
    'goods/info': () => ok({...good, goods_type: 2, attach, start_count: 2, end_count: '5'}),
  });
  const {fields, minimum, maximum, delivery} = await platform.good('2909', patient);
  assert.deepEqual([minimum, maximum, delivery], [2, 5, 'manual']);
  assert.deepEqual(fields, [
    {name: 'recharge_account', label: '充值账号', type: 'text', required: true, placeholder: '手机号'},
    {
      name: 'lblName1',
      label: '区服',
      type: 'select',
      required: true,
      options: [
        {label: '一区', value: '一区'},
        {label: '二区', value: '二区'},
      ],
    },
    {name: 'lblName2', label: '面值', type: 'radio', required: true, options: [{label: '十元', value: '10'}]},
  ]);
});

test('callbacks are read as JSON and as a form, with unsigned cards of any shape, and cards are never taken from them', () => {
  const {platform} = platformWith({});
  const fields = {
    ordersn: 'API1',
    external_orderno: 'a1b2c3',
    status: '3',
    has_back_money: '0.00',
    total_price: '2.20',
    recharge_hints: '见 https://x.example/a?b=1&c=2',
    time: '1767225600000',
  };
  const sign = callbackSignature(fields, apiKey);
  const read = (text: string) =>
    platform.webhook({method: 'POST', path: '/cb', headers: {}, body: new TextEncoder().encode(text)});
  const card_list = '[{"card_no":"","card_password":"FORGED"}]';
  for (const body of [
    JSON.stringify({...fields, sign, card_list}),
    JSON.stringify({...fields, sign, card_list: JSON.parse(card_list) as unknown, express_list: {}}),
    JSON.stringify({...fields, status: 3, time: 1767225600000, sign}),
    new URLSearchParams({...fields, sign, card_list}).toString(),
  ]) {
    const reading = read(body);
    assert.ok(reading.kind === 'verified', body);
    assert.equal(reading.answer.body, 'ok');
    assert.deepEqual(reading.events, [
      {id: 'API1 3 1767225600000', orderId: 'API1', reference: 'a1b2c3', status: '3', at: start},
    ]);
    assert.ok(!JSON.stringify(reading).includes('FORGED'));
  }
  assert.equal(read(JSON.stringify({...fields, status: '5', sign})).kind, 'refused');
});

test('a callback about a good is verified and says nothing of orders; one about a complaint has its order looked at', () => {
  const {platform} = platformWith({});
  const read = (fields: object) =>
    platform.webhook({
      method: 'POST',
      path: '/cb',
      headers: {},
      body: new TextEncoder().encode(JSON.stringify(fields)),
    });
  const time = '1767225600000';
  const aboutGood = {id: '2909', time, sign: callbackSignature({id: '2909', time}, apiKey)};
  const goods = read({...aboutGood, goods_price: '0.01'});
  assert.ok(goods.kind === 'verified');
  assert.deepEqual([goods.events, goods.goods], [[], ['2909']]);
  const kind = read({...aboutGood, goods_sku_id: '2911'});
  assert.deepEqual(kind.kind === 'verified' && kind.goods, ['2909', '2911']);
  assert.equal(read({...aboutGood, id: '2910'}).kind, 'refused');
  const complaint = {ordersn: 'API1', status: '3', content: '已补发', time};
  const reading = read({...complaint, sign: callbackSignature(complaint, apiKey)});
  assert.deepEqual(reading.kind === 'verified' && reading.events.map(({orderId, status}) => [orderId, status]), [
    ['API1', 'complaint 3'],
  ]);
});

test('the key is in no error', async () => {
  const {platform} = platformWith({'user/info': () => refusal(`wrong: ${apiKey}`)});
  await assert.rejects(platform.connect(patient), error => error instanceof Error && !error.message.includes(apiKey));
});

test('what it may be resold for at least is told with the offer; nothing, in whatever form, is no floor', async () => {
  for (const [can_price, floor] of [
    ['3.50', '3.50'],
    [3.5, '3.50'],
    ['0.00', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ] as const) {
    const {platform} = platformWith({'goods/info': () => ok({...good, can_price})});
    const {offers} = await platform.good('2909', patient);
    assert.equal(offers[0]!.resaleFloor?.amount, floor, String(can_price));
  }
  const {platform} = platformWith({'goods/info': () => ok({...good, can_price: '面议'})});
  await assert.rejects(platform.good('2909', patient), /can_price/);
});

test('the sales channels it may be resold on, and those it may not, are told; nothing, in whatever form, is anywhere', async () => {
  for (const [can_buy, can_no_buy, resale] of [
    ['拼多多,京东， 快手', '抖音', {only: ['拼多多', '京东', '快手'], never: ['抖音']}],
    ['京东', '', {only: ['京东']}],
    ['', '抖音、快手', {never: ['抖音', '快手']}],
    ['', ' ,', undefined],
    [null, undefined, undefined],
  ] as const) {
    const {platform} = platformWith({'goods/info': () => ok({...good, can_buy, can_no_buy})});
    assert.deepEqual((await platform.good('2909', patient)).resale, resale, JSON.stringify([can_buy, can_no_buy]));
  }
});

test('a reading that was cut off goes on behind its last page, without asking about a good again', async () => {
  const goods = Array.from({length: 230}, (_, index) => ({...good, id: index + 1, goods_name: `商品 ${index + 1}`}));
  const inCategory = goods.slice(0, 130);
  let isDown = false;
  const shop = () =>
    platformWith({
      'goods/cate': () => ok([{id: 7, name: '游戏', children: []}]),
      'goods/list': ({cate_id, page, limit}) => {
        if (isDown && cate_id === undefined) return new Response('<html></html>', {status: 502});
        const all = cate_id === undefined ? goods : inCategory;
        return ok({
          list: all.slice((Number(page) - 1) * Number(limit), Number(page) * Number(limit)),
          total: all.length,
        });
      },
      'goods/info': ({id}) => ok(goods[Number(id) - 1]),
    });
  const first = shop();
  isDown = true;
  const codes: string[] = [];
  let from: string | undefined;
  await assert.rejects(async () => {
    for await (const page of first.platform.pages({}, patient)) {
      codes.push(...page.goods.map(({code}) => code));
      from = page.next;
    }
  });
  assert.equal(codes.length, 130);
  isDown = false;
  const second = shop();
  const rest = [];
  for await (const page of second.platform.pages({from}, patient)) rest.push(...page.goods);
  assert.deepEqual(
    [...codes, ...rest.map(({code}) => code)].map(Number),
    goods.map(({id}) => id),
  );
  assert.ok(rest.every(({categoryId}) => categoryId === '0'));
  assert.equal(second.asked('goods/info').length, 100);
  const whole = await second.platform.catalogue(patient);
  assert.deepEqual([whole.goods.length, whole.categories.map(({id}) => id)], [230, ['7', '0']]);
});

test('a reading whose category has gone meanwhile begins anew', async () => {
  const {platform} = platformWith({
    'goods/cate': () => ok([]),
    'goods/list': () => ok({list: [good], total: 1}),
    'goods/info': () => ok(good),
  });
  for (const from of ['99:3', 'nonsense', '0:1']) {
    const read = [];
    for await (const {goods, next} of platform.pages({from}, patient)) read.push([goods.length, next]);
    assert.deepEqual(read, [[1, undefined]]);
  }
});
