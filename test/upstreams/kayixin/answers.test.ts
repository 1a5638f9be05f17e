import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {signatureOf} from '../../../src/sandbox/kayixin/signature.ts';
import {createKayixin, type KayixinOptions} from '../../../src/upstreams/kayixin/index.ts';
import type {BuyRequest} from '../../../src/upstreams/port.ts';

const patient = new AbortController().signal;
const appId = '10020';
const appSecret = 'the-secret-of-this-account-12345';
const start = Date.UTC(2026, 0, 1);

type Body = Readonly<Record<string, unknown>>;
type Answer = (body: Body) => object | Response;

/** An adapter against a platform that answers as told, by path. What is asked that it was not told of is refused. */
function platformWith(answers: Readonly<Record<string, Answer>>, options: Partial<KayixinOptions> = {}) {
  const sent: {path: string; body: Body; text: string; headers: Headers}[] = [];
  const all: Readonly<Record<string, Answer>> = {'goods/getDetail': () => ok(good), ...answers};
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const path = new URL(String(input)).pathname.replace('/api/v3/', '');
    const text = init?.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : '';
    const body = JSON.parse(text || '{}') as Body;
    sent.push({path, body, text, headers: new Headers(init?.headers)});
    const answer = all[path]?.(body) ?? refusal('无权限');
    return answer instanceof Response ? answer : Response.json(answer);
  };
  const platform = createKayixin({
    url: 'https://platform.example',
    appId,
    appSecret,
    fetch,
    clock: {now: () => start},
    ...options,
  });
  return {platform, sent, asked: (path: string) => sent.filter(question => question.path === path)};
}

const ok = (data: unknown) => ({code: 1000, msg: 'success', data});
const refusal = (msg: string, code = 2000) => ({code, msg});
const good = {
  goodsId: 6518,
  name: 'Steam 50',
  faceValue: 50,
  salesPrice: 2.8,
  goodsType: 1,
  status: 1,
  multiple: 1,
  skuType: 0,
  imgUrl: '/a.png',
  minQuantity: 1,
  maxQuantity: 100,
  stockCount: 7,
  goodsDescribe: '',
  goodsDetail: '<p>详情</p>',
  buyNotice: '',
  rechargeTemplates: [],
  goodsTags: ['热卖'],
  goodsSku: null,
  goodsSpec: [],
};
const placed = ok({orderNumber: '20251016160943194'});
const card = {cardId: '764', cardNo: 'NO-1', cardPwd: 'PWD-1', cancelRequest: 1, status: 0};
const row = {
  orderNumber: '20251016160943194',
  outerNumber: 'a1b2c3',
  status: 3,
  count: 1,
  money: 2.8,
  retMoney: 0,
  result: '',
  cards: [card],
};
const request = (overrides: Partial<BuyRequest> = {}): BuyRequest => ({
  reference: 'a1b2c3',
  offer: {code: '6518', choices: {}, nested: false},
  quantity: 1,
  fields: {},
  contact: 'keystall',
  password: '',
  delivery: 'automatic',
  ...overrides,
});
const order = (change: object = {}) => ({'order/getDetail': () => ok({...row, ...change})});

test('a purchase is exactly the seven names, its amount as it is written, and nothing of the buyer', async () => {
  const {platform, asked} = platformWith({'order/create': () => placed, ...order()});
  const outcome = await platform.buy(
    request({fields: {充值账号: '13800138000'}, costCeiling: money('2.80', 'CNY')}),
    patient,
  );
  assert.equal(
    asked('order/create')[0]!.text,
    '{"goodsId":6518,"count":1,"notifyUrl":"","outerNumber":"a1b2c3","safePrice":2.8,"sku":"","attach":[{"name":"充值账号","value":"13800138000"}]}',
  );
  assert.deepEqual(outcome, {
    kind: 'delivered',
    orderId: '20251016160943194',
    charged: money('2.8', 'CNY'),
    secret: '卡号：NO-1 密码：PWD-1',
  });
});

test('the ceiling is about all pieces: ours, or what they cost now', async () => {
  for (const [costCeiling, safePrice] of [
    [money('30.00', 'CNY'), '30'],
    [money('8.4050', 'CNY'), '8.405'],
    [money('100', 'CNY'), '100'],
    [undefined, '8.4'],
  ] as const) {
    const {platform, asked} = platformWith(
      {'order/create': () => placed, ...order()},
      {callbackUrl: 'https://shop.example/cb'},
    );
    await platform.buy(request({quantity: 3, ...(costCeiling && {costCeiling})}), patient);
    const {text, body} = asked('order/create')[0]!;
    assert.ok(text.includes(`"safePrice":${safePrice},`), text);
    assert.equal(body['notifyUrl'], 'https://shop.example/cb');
  }
});

test('what cannot be known before is not sent: no such good, no such SKU, another currency, no answer', async () => {
  for (const [answers, change, reason] of [
    [{'goods/getDetail': () => ok({...good, status: 2})}, {}, 'not_for_sale'],
    [{'goods/getDetail': () => refusal('商品不存在', 2404)}, {}, 'other'],
    [{'goods/getDetail': () => new Response('', {status: 502})}, {}, 'other'],
    [{}, {offer: {code: '6518', choices: {}, nested: false, sku: 'S9'}}, 'choice_not_allowed'],
    [{}, {costCeiling: money('3', 'USD')}, 'other'],
  ] as const) {
    const {platform, asked} = platformWith(answers);
    const outcome = await platform.buy(request(change), patient);
    assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['refused', reason]);
    assert.equal(asked('order/create').length, 0);
  }
});

test('a code without a meaning is "other", kept with its text, once the order was looked for', async () => {
  const {platform} = platformWith({
    'order/create': () => refusal('余额不足', 2403),
    'order/getDetail': () => refusal('订单不存在', 2404),
  });
  assert.deepEqual(await platform.buy(request(), patient), {
    kind: 'refused',
    reason: 'other',
    text: '余额不足',
    code: '2403',
  });
  const used = platformWith({'order/create': () => refusal('外部订单号已存在'), ...order()});
  assert.equal((await used.platform.buy(request(), patient)).kind, 'delivered', 'the number was used: by this order');
  const hidden = platformWith({
    'order/create': () => refusal('外部订单号已存在'),
    'order/getDetail': () => refusal('订单不存在', 2404),
  });
  assert.equal(
    (await hidden.platform.buy(request(), patient)).kind,
    'unknown',
    'used, be it for an order out of sight',
  );
  const silent = platformWith({
    'order/create': () => refusal('余额不足', 2403),
    'order/getDetail': () => new Response('', {status: 502}),
  });
  const outcome = await silent.platform.buy(request(), patient);
  assert.deepEqual([outcome.kind, 'code' in outcome && outcome.code], ['unknown', '2403']);
});

for (const [what, answer] of Object.entries({
  'a server’s error': () => Response.json(refusal('库存不足'), {status: 500}),
  'an answer without a code': () => ({msg: 'success'}),
  'an order without a number': () => ok({cards: [card]}),
  'a redirect': () => new Response(null, {status: 302, headers: {location: 'https://elsewhere.example'}}),
})) {
  test(`${what} leaves a purchase unknown`, async () => {
    const {platform} = platformWith({'order/create': answer});
    assert.equal((await platform.buy(request(), patient)).kind, 'unknown');
  });
}

test('a lost purchase is looked for and never sent again', async () => {
  const {platform, asked} = platformWith({'order/getDetail': () => refusal('订单不存在', 2404)});
  for (let look = 0; look < 5; look++) {
    const outcome = await platform.reconcile(request(), patient);
    assert.deepEqual([outcome.kind, 'code' in outcome && outcome.code], ['unknown', '2404']);
  }
  assert.equal(asked('order/create').length, 0);
  assert.deepEqual(asked('order/getDetail')[0]!.body, {orderNumber: '', outerNumber: 'a1b2c3'});
  const found = platformWith(order()).platform;
  assert.equal((await found.reconcile(request(), patient)).kind, 'delivered');
  const others = platformWith(order({outerNumber: 'x'})).platform;
  assert.equal((await others.reconcile(request(), patient)).kind, 'unknown', 'it is somebody else’s order');
});

test('an order that cannot be read back yet is accepted at the price it was offered at, and followed', async () => {
  const {platform} = platformWith({
    'order/create': () => ok({orderNumber: '1', cards: [card]}),
    'order/getDetail': () => new Response('', {status: 502}),
  });
  const outcome = await platform.buy(request({quantity: 2}), patient);
  assert.deepEqual([outcome.kind, 'charged' in outcome && outcome.charged.amount], ['accepted', '5.60']);
});

const voided = {...card, status: 2};
const voiding = {...card, cardPwd: 'PWD-2', status: 4};
for (const [what, change, bought, followed] of [
  ['unpaid', {status: 0, cards: []}, 'unknown', 'pending'],
  ['waiting', {status: 1, cards: null}, 'accepted', 'pending'],
  ['in progress, with a card already', {status: 2}, 'accepted', 'pending'],
  ['done', {}, 'delivered', 'delivered'],
  ['done without cards', {cards: []}, 'accepted', 'absent'],
  ['done with void cards only', {cards: [voided, voiding]}, 'accepted', 'absent'],
  ['withdrawn, all back', {status: 4, retMoney: '2.80'}, 'refused', 'refunded'],
  ['withdrawn, with no word of money', {status: 4}, 'unknown', 'absent'],
  ['refunded, all', {status: 5, retMoney: 2.8}, 'refused', 'refunded'],
  ['refunded, a part, with a card that holds', {status: 5, retMoney: 1}, 'delivered', 'delivered'],
  ['refunded, a part, with its card void', {status: 5, retMoney: 1, cards: [voided]}, 'bought_unreadable', 'refunded'],
  ['refunded, with no word of money', {status: 5}, 'unknown', 'absent'],
  ['to be synchronised', {status: 7, cards: []}, 'accepted', 'pending'],
  ['being withdrawn', {status: 8}, 'accepted', 'pending'],
  ['being refunded', {status: 9}, 'accepted', 'pending'],
  ['in a state nobody has written down', {status: 6}, 'accepted', 'pending'],
] as const) {
  test(`an order that is ${what} is ${bought}, and ${followed} when followed`, async () => {
    const {platform} = platformWith({'order/create': () => placed, ...order(change)});
    assert.equal((await platform.buy(request(), patient)).kind, bought);
    assert.equal((await platform.follow({orderId: row.orderNumber, placeholder: ''}, patient)).kind, followed);
  });
}

test('3, then 9, then 5, and 5 again with more: what came back only grows, and void cards go', async () => {
  const cards = [card, {...card, cardNo: '', cardPwd: 'PWD-2'}];
  const follow = async (change: object) =>
    platformWith(order({cards, ...change})).platform.follow({orderId: '1', placeholder: ''}, patient);
  const charged = money('2.80', 'CNY');
  assert.deepEqual(await follow({status: 3}), {kind: 'delivered', secret: '卡号：NO-1 密码：PWD-1\nPWD-2', charged});
  assert.equal((await follow({status: 9})).kind, 'pending');
  assert.deepEqual(await follow({status: 5, retMoney: 1.4, cards: [{...card, status: 2}, cards[1]]}), {
    kind: 'delivered',
    secret: 'PWD-2',
    refunded: money('1.40', 'CNY'),
    charged,
  });
  const all = await follow({status: 5, retMoney: 2.8});
  assert.ok(all.kind === 'refunded' && all.refunded.amount === '2.80');
});

test('where one piece is several cards, cost, stock and count are of whole pieces', async () => {
  const double = {'goods/getDetail': () => ok({...good, multiple: 2})};
  const cards = (count: number) =>
    Array.from({length: count}, (_, index) => ({...card, cardNo: '', cardPwd: `P${index}`}));
  const {platform} = platformWith(double);
  const {offers} = await platform.good('6518', patient);
  assert.deepEqual(
    [offers[0]!.costs[0]!.price.amount, offers[0]!.stock],
    ['5.60', {kind: 'counted', count: 3, at: start}],
  );
  for (const [count, kind] of [
    [4, 'delivered'],
    [3, 'bought_unreadable'],
  ] as const) {
    const bought = platformWith({...double, 'order/create': () => placed, ...order({cards: cards(count)})});
    assert.equal((await bought.platform.buy(request({quantity: 2}), patient)).kind, kind);
  }
  // What was accepted is remembered as so many pieces of so many cards.
  const waiting = platformWith({...double, 'order/create': () => placed, ...order({status: 2, cards: []})});
  const accepted = await waiting.platform.buy(request({quantity: 2}), patient);
  assert.ok(accepted.kind === 'accepted');
  const later = (count: number) =>
    platformWith(order({cards: cards(count)})).platform.follow({...accepted, orderId: '1'}, patient);
  assert.equal((await later(3)).kind, 'absent');
  assert.equal((await later(4)).kind, 'delivered');
});

test('a top-up that is done says so, and only a top-up does', async () => {
  const byHand = request({delivery: 'manual'});
  for (const [result, secret] of [
    ['', '充值成功'],
    ['有问题请联系客服。', '充值成功。有问题请联系客服。'],
  ] as const) {
    const {platform} = platformWith({'order/create': () => placed, ...order({cards: [], result})});
    const outcome = await platform.buy(byHand, patient);
    assert.equal(outcome.kind === 'delivered' && outcome.secret, secret);
  }
  const {platform} = platformWith({'order/create': () => placed, ...order({status: 1, cards: []})});
  const accepted = await platform.buy(byHand, patient);
  assert.ok(accepted.kind === 'accepted');
  const done = platformWith(order({cards: []})).platform;
  assert.equal((await done.follow({orderId: '1', placeholder: accepted.placeholder}, patient)).kind, 'delivered');
  assert.equal((await done.follow({orderId: '1', placeholder: ''}, patient)).kind, 'absent');
});

test('money is asked back for whole orders only, and nothing is said of it but that it was asked for', async () => {
  const {platform, asked} = platformWith({'order/refunds': () => ok({status: 5}), ...order()});
  assert.deepEqual(await platform.cancel({orderId: '1'}, patient), {kind: 'asked'});
  assert.deepEqual(await platform.refund({orderId: '1', why: ''}, patient), {kind: 'asked'});
  assert.deepEqual(await platform.refund({orderId: '1', why: '', amount: money('2.8', 'CNY')}, patient), {
    kind: 'asked',
  });
  const before = asked('order/refunds').length;
  const part = await platform.refund({orderId: '1', why: '', amount: money('1', 'CNY')}, patient);
  assert.deepEqual([part.kind, asked('order/refunds').length], ['refused', before]);
  const silent = platformWith({'order/refunds': () => new Response('')}).platform;
  assert.equal((await silent.refund({orderId: '1', why: ''}, patient)).kind, 'unknown');
});

test('sites differ in how they write the time, and in what an empty question is', async () => {
  const balance = {'user/getAccount': () => ok({balance: 363.52})};
  const usual = platformWith(balance);
  assert.deepEqual((await usual.platform.connect(patient)).balance, money('363.52', 'CNY'));
  assert.deepEqual([usual.sent[0]!.text, usual.sent[0]!.headers.get('x-timestamp')], ['{}', '1767225600']);
  const other = platformWith(balance, {timestamps: 'milliseconds', emptyBody: 'nothing'});
  await other.platform.connect(patient);
  const {text, headers} = other.sent[0]!;
  assert.deepEqual([text, headers.get('x-timestamp'), headers.get('x-version')], ['', '1767225600000', '3.0']);
  const signed = {timestamp: '1767225600000', body: ''};
  assert.equal(headers.get('x-signature'), signatureOf(signed, {appId, secret: appSecret}));
});

test('choices along several dimensions, in groups, and none; what is off or free of charge is no offer', async () => {
  const sku = {sku: 'A', status: 1, money: 1.5, count: 3};
  const several = {
    ...good,
    skuType: 1,
    goodsSku: {
      typeNames: [],
      details: [
        {
          ...sku,
          names: [
            {title: '时长', value: '月'},
            {title: '区', value: '一'},
          ],
        },
        {
          ...sku,
          sku: 'B',
          money: '0.0150',
          names: [
            {title: '时长', value: '年'},
            {title: '区', value: '一'},
          ],
        },
        {
          ...sku,
          sku: 'C',
          status: 0,
          names: [
            {title: '时长', value: '季'},
            {title: '区', value: '一'},
          ],
        },
        {
          ...sku,
          sku: 'D',
          money: 0,
          names: [
            {title: '时长', value: '日'},
            {title: '区', value: '一'},
          ],
        },
      ],
    },
  };
  const {options, offers} = await platformWith({'goods/getDetail': () => ok(several)}).platform.good('6518', patient);
  assert.deepEqual(options, [
    {name: '时长', values: ['月', '年']},
    {name: '区', values: ['一']},
  ]);
  assert.deepEqual(
    offers.map(({sku: code, choices, costs}) => [code, choices, costs[0]!.price.amount]),
    [
      ['A', {时长: '月', 区: '一'}, '1.50'],
      ['B', {时长: '年', 区: '一'}, '0.015'],
    ],
  );
  const groups = {
    ...good,
    skuType: 2,
    goodsSpec: [
      {name: '安卓', items: [{...sku, title: '月卡'}]},
      {name: '苹果', items: [{...sku, sku: 'B', title: '月卡'}]},
    ],
  };
  const grouped = await platformWith({'goods/getDetail': () => ok(groups)}).platform.good('6518', patient);
  assert.deepEqual(grouped.options, [{name: '规格', values: ['安卓 月卡', '苹果 月卡']}]);
  const {platform, asked} = platformWith({
    'goods/getDetail': () => ok(groups),
    'order/create': () => placed,
    ...order(),
  });
  await platform.buy(request({offer: {code: '6518', choices: {}, nested: false, sku: 'B'}}), patient);
  assert.equal(asked('order/create')[0]!.body['sku'], 'B');
});

test('the list is read to its end whatever it says of its length, and a broken good harms no other', async () => {
  const all = Array.from({length: 45}, (_, index) => ({
    ...good,
    goodsId: index + 1,
    dirIds: index === 0 ? [] : [1, 3],
  }));
  const details = new Map<number, object>(all.map(item => [item.goodsId, item]));
  details.set(2, {...good, goodsId: 2, rechargeTemplates: [{type: 1, title: '照片', required: 1}]});
  details.set(3, {...good, goodsId: 3, skuType: 1, goodsSku: {}});
  const {platform, asked} = platformWith({
    'goods/getDirs': () =>
      ok([{id: 1, name: '游戏', children: [{id: 3, name: '点卡', children: [], brands: []}], brands: {}}]),
    'goods/getList': ({page}) =>
      ok({allCount: 1, allPage: 1, items: all.slice((Number(page) - 1) * 20, Number(page) * 20)}),
    'goods/getDetail': ({goodsId}) => (goodsId === 4 ? refusal('商品不存在', 2404) : ok(details.get(Number(goodsId)))),
  });
  const {goods, categories, rejected} = await platform.catalogue(patient);
  assert.equal(goods.length, 42);
  assert.deepEqual(
    rejected.map(({code}) => code),
    ['2', '3', '4'],
  );
  assert.deepEqual(categories, [
    {id: '1', name: '游戏'},
    {id: '3', name: '点卡', parentId: '1'},
    {id: '0', name: '其他'},
  ]);
  assert.deepEqual([goods[0]!.categoryId, goods[1]!.categoryId], ['0', '3']);
  assert.equal(asked('goods/getList').length, 3);
  assert.deepEqual(goods[0]!.tags, ['热卖']);
});

test('a list that gives its last page again and again comes to an end', async () => {
  const {platform} = platformWith({
    'goods/getDirs': () => ok([]),
    'goods/getList': () => ok({items: [good]}),
  });
  assert.equal((await platform.catalogue(patient)).goods.length, 1);
});

test('fields are named by their titles; a cascade is its inmost options; what nobody needs is left out', async () => {
  const rechargeTemplates = [
    {type: 0, title: '充值账号', placeholder: '手机号', required: 1, regex: '^1\\d{10}$', options: []},
    {type: 1, title: '截图', required: 0},
    {type: 13, title: '等级', required: 0},
    {
      type: 16,
      title: '区服',
      required: 1,
      options: [
        {
          name: '华东',
          value: 'e',
          children: [
            {name: '一区', value: 'e1'},
            {name: '二区', value: 'e2'},
          ],
        },
      ],
    },
  ];
  const platform = (templates: object[]) =>
    platformWith({'goods/getDetail': () => ok({...good, rechargeTemplates: templates})}).platform;
  const {fields} = await platform(rechargeTemplates).good('6518', patient);
  assert.deepEqual(fields, [
    {
      name: '充值账号',
      label: '充值账号',
      type: 'text',
      required: true,
      placeholder: '手机号',
      pattern: '^1\\d{10}$',
    },
    {name: '等级', label: '等级', type: 'number', required: false},
    {
      name: '区服',
      label: '区服',
      type: 'select',
      required: true,
      options: [
        {label: '华东 / 一区', value: 'e1'},
        {label: '华东 / 二区', value: 'e2'},
      ],
    },
  ]);
  const twice = [
    {type: 0, title: '账号', required: 1},
    {type: 0, title: '账号', required: 1},
  ];
  await assert.rejects(platform(twice).good('6518', patient), {name: 'UpstreamError'});
});

test('callbacks about goods are verified and say nothing of orders; complaints have their order looked at', () => {
  const {platform} = platformWith({});
  const read = (data: object, timestamp = '1767225600') => {
    const body = JSON.stringify(data);
    const headers = {
      'x-app-id': appId,
      'x-version': '3.0',
      'x-timestamp': timestamp,
      'x-signature': signatureOf({timestamp, body}, {appId, secret: appSecret}),
    };
    return platform.webhook({method: 'POST', path: '/cb', headers, body: new TextEncoder().encode(body)});
  };
  const events = (reading: ReturnType<typeof read>) => (reading.kind === 'verified' ? reading.events : reading.reason);
  const aboutGood = read({goodsId: 6518, money: '0.15', status: '2'});
  assert.deepEqual([events(aboutGood), aboutGood.kind === 'verified' && aboutGood.goods], [[], ['6518']]);
  const complaint = {orderNumber: '1', outerNumber: 'a1b2c3', replay: '已补发', reqId: '77', status: 3};
  assert.deepEqual(events(read(complaint)), [
    {id: 'complaint 77 3', orderId: '1', reference: 'a1b2c3', status: 'complaint 3', at: start},
  ]);
  const refunded = {orderNumber: '1', outerNumber: 'a1b2c3', status: '5', money: '2.8', retMoney: '1.4', cards: ''};
  assert.deepEqual(events(read(refunded, '1767225600000')), [
    {id: '1 5 1.4 1767225600000', orderId: '1', reference: 'a1b2c3', status: '5', at: start},
  ]);
  assert.equal(events(read({hello: 1})), 'unreadable');
});

test('the secret is in no error', async () => {
  const {platform} = platformWith({'user/getAccount': () => refusal(`wrong: ${appSecret}`)});
  await assert.rejects(
    platform.connect(patient),
    error => error instanceof Error && !error.message.includes(appSecret),
  );
});

test('what a shop of one’s own may resell it for at least is told with the offer, for a whole piece', async () => {
  const marketplace = {type: 1, limitPrice: 9};
  for (const [channel, floor] of [
    [{status: 1, items: [marketplace, {type: 0, limitPrice: '3.5'}]}, '7.00'],
    [{status: 1, items: [marketplace, {type: 0, limitPrice: 0}]}, undefined],
    [{status: 1, items: [marketplace]}, undefined],
    [{status: 0, items: ''}, undefined],
    ['', undefined],
    [[], undefined],
    [null, undefined],
  ] as const) {
    const {platform} = platformWith({'goods/getDetail': () => ok({...good, multiple: 2, channel})});
    const {offers} = await platform.good('6518', patient);
    assert.equal(offers[0]!.resaleFloor?.amount, floor, JSON.stringify(channel));
  }
});

test('a reading that was cut off goes on behind its last page, and still knows where the list ends', async () => {
  const goods = Array.from({length: 45}, (_, index) => ({...good, goodsId: index + 1}));
  let isDown = true;
  const open = () =>
    platformWith({
      'goods/getDirs': () => ok([{id: 7, name: '游戏', children: []}]),
      'goods/getList': ({page}) =>
        isDown && page === 3
          ? new Response('<html></html>', {status: 502})
          : ok({allCount: 1, allPage: 45, items: goods.slice((Number(page) - 1) * 20, Number(page) * 20)}),
      'goods/getDetail': ({goodsId}) => ok(goods[Number(goodsId) - 1]),
    });
  const codes: string[] = [];
  let from: string | undefined;
  await assert.rejects(async () => {
    for await (const page of open().platform.pages({}, patient)) {
      codes.push(...page.goods.map(({code}) => code));
      from = page.next;
    }
  });
  assert.equal(codes.length, 40);
  isDown = false;
  const {platform, asked} = open();
  for await (const page of platform.pages({from}, patient)) {
    codes.push(...page.goods.map(({code}) => code));
    assert.equal(page.next, undefined);
  }
  assert.deepEqual(
    codes.map(Number),
    goods.map(({goodsId}) => goodsId),
  );
  assert.deepEqual(
    asked('goods/getList').map(({body}) => body['page']),
    [3],
  );
});
