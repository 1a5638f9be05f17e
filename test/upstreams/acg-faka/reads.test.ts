import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {createAcgFaka} from '../../../src/upstreams/acg-faka/index.ts';
import {isUpstreamError, type OfferKey, type UpstreamError} from '../../../src/upstreams/port.ts';
import {
  appKey,
  expectedSign,
  origin,
  page,
  patient,
  raw,
  refusal,
  shopWith,
  success,
  type Behaviour,
} from './fake-shop.ts';

const plain: OfferKey = {code: 'PLAIN00000000001', choices: {}, nested: false};
const race: OfferKey = {
  code: 'RSKU000000000001',
  choices: {时长: '加长', 商品种类: '月卡', 区服: '日区'},
  nested: false,
};

const failureOf = (promise: Promise<unknown>): Promise<UpstreamError> =>
  promise.then(
    () => assert.fail('must fail'),
    (error: unknown) => (isUpstreamError(error) ? error : assert.fail(String(error))),
  );

test('connect reads the shop’s name and the balance, whole or not, noisy or not', async () => {
  for (const [balance, amount] of [
    ['9889.76', '9889.76'],
    ['9800', '9800.00'],
    ['"12.5"', '12.50'],
    ['9889.759999999998', '9889.76'],
    ['-3.2', '-3.20'],
  ] as const) {
    const {shop} = shopWith({
      'authentication/connect': () =>
        raw(`{"code":200,"msg":"success","data":{"shopName":"异次元店铺","balance":${balance}}}`),
    });
    assert.deepEqual(await shop.connect(patient), {name: '异次元店铺', balance: money(amount, 'CNY')});
  }
});

test('every call is a signed form post that carries no key and follows no redirect', async () => {
  const inits: RequestInit[] = [];
  const shop = createAcgFaka({
    url: `${origin}/`,
    appId: '1000',
    appKey,
    fetch: async (input, init) => {
      inits.push(init!);
      assert.equal(String(input), `${origin}/shared/commodity/valuation`);
      return success({price: '62.50'}, {});
    },
  });
  assert.deepEqual(await shop.quote(race, 5, patient), money('62.5', 'CNY'));
  const init = inits[0]!;
  // Newer shops translate their refusals; what is understood here is the Chinese of the source.
  assert.equal(new Headers(init.headers).get('accept-language'), 'zh-CN');
  const form = new Map(new URLSearchParams(String(init.body)));
  assert.deepEqual(Object.fromEntries(form), {
    app_id: '1000',
    code: 'RSKU000000000001',
    race: '月卡',
    'sku[区服]': '日区',
    'sku[时长]': '加长',
    num: '5',
    card_id: '0',
    sign: 'afc9e86945753efbb71f39203ebab02d',
  });
  assert.equal(init.method, 'POST');
  assert.equal(init.redirect, 'manual');
  assert.match(new Headers(init.headers).get('content-type')!, /^application\/x-www-form-urlencoded/);
  assert.ok(!JSON.stringify([...form, ...new Headers(init.headers)]).includes(appKey));
});

test('equal choices are equal bytes, in whatever order they were stored', async () => {
  const {shop, calls} = shopWith({'commodity/stock': () => success({stock: '41'}, {})});
  await shop.stock(race, patient);
  await shop.stock({...race, choices: {商品种类: '月卡', 区服: '日区', 时长: '加长'}}, patient);
  assert.equal(calls[0]!.body, calls[1]!.body);
  assert.equal(calls[0]!.form.get('sign'), expectedSign(calls[0]!.form));
});

test('stock is a text, or nothing that counts', async () => {
  const cases: readonly [unknown, unknown][] = [
    ['41', {kind: 'counted', count: 41, at: 1_000_000}],
    [7, {kind: 'counted', count: 7, at: 1_000_000}],
    ['0', {kind: 'counted', count: 0, at: 1_000_000}],
    ['-2', {kind: 'counted', count: 0, at: 1_000_000}],
    [null, {kind: 'unknown'}],
    ['充足', {kind: 'unknown'}],
  ];
  for (const [stock, expected] of cases) {
    const {shop, calls} = shopWith({'commodity/stock': () => success({stock}, {})});
    assert.deepEqual(await shop.stock(plain, patient), expected);
    assert.deepEqual([...calls[0]!.form.keys()].sort(), ['app_id', 'code', 'sign']);
  }
});

test('a quote of zero is no quote', async () => {
  const {shop} = shopWith({'commodity/valuation': () => success({price: '0.00'}, {})});
  assert.equal((await failureOf(shop.quote(plain, 1, patient))).reason, 'unexpected_answer');
  await assert.rejects(shop.quote(plain, 0, patient), RangeError);
  await assert.rejects(shop.quote(plain, 1.5, patient), RangeError);
});

test('a quote in another currency is no quote in yuan', async () => {
  const quote = (more: object) =>
    shopWith({'commodity/valuation': () => success({price: '42.50', ...more}, {})}).shop.quote(plain, 5, patient);
  for (const more of [{currency_code: 'CNY'}, {currency_code: 'RMB'}, {currency_code: ''}, {currency_code: null}]) {
    assert.deepEqual(await quote(more), money('42.5', 'CNY'));
  }
  const {reason, message} = await failureOf(quote({currency_code: 'USD'}));
  assert.equal(reason, 'unexpected_answer');
  assert.match(message, /USD/);
});

const answers: readonly [string, Behaviour, UpstreamError['reason']][] = [
  ['a page', page, 'not_json'],
  ['an empty body', () => raw(''), 'not_json'],
  ['a cut body', () => raw('{"code":200,"data":{"shopName":"x"'), 'not_json'],
  ['JSON that is no envelope', () => raw('[1]'), 'unexpected_answer'],
  ['an unknown code', () => raw('{"code":500,"msg":"x"}'), 'unexpected_answer'],
  ['code 0 without words', () => raw('{"code":0}'), 'unexpected_answer'],
  ['data of another shape', () => success({shopName: '店'}), 'unexpected_answer'],
  ['status 502', () => new Response('Bad Gateway', {status: 502}), 'unexpected_answer'],
  ['status 404', () => new Response('<h1>Not Found</h1>', {status: 404}), 'not_json'],
  ['status 403 with JSON', () => Response.json({code: 200, data: {}}, {status: 403}), 'unexpected_answer'],
  [
    'a redirect',
    () => new Response(null, {status: 302, headers: {location: 'https://other.example/'}}),
    'unexpected_answer',
  ],
  ['an endless body', () => raw(`{"code":200,"x":"${'x'.repeat(1_100_000)}"}`), 'too_large'],
  ['wrong credentials', () => refusal('密钥错误'), 'credentials'],
  ['an unknown merchant', () => refusal('商户ID不存在'), 'credentials'],
  ['a missing good', () => refusal('商品不存在#0'), 'absent'],
  ['another refusal', () => refusal('该商品暂未上架'), 'refused'],
  ['no connection', () => Promise.reject(new TypeError('fetch failed')), 'connection'],
];
for (const [name, behaviour, reason] of answers) {
  test(`connect answered by ${name} is ${reason}`, async () => {
    const {shop} = shopWith({'authentication/connect': behaviour});
    assert.equal((await failureOf(shop.connect(patient))).reason, reason);
  });
}

test('an error shows the shop’s words without markup, bounded, and never the key', async () => {
  const {shop} = shopWith({
    'authentication/connect': () => refusal(`<b>错误</b>\n key=${appKey} ${'长'.repeat(5000)}`),
  });
  const {message} = await failureOf(shop.connect(patient));
  assert.match(message, /错误 key=••• 长/);
  assert.ok(message.length < 400 && !message.includes(appKey));
});

test('an unreadable answer is described without its values', async () => {
  const {shop} = shopWith({'commodity/query': () => success({secret: {text: 'STEAM-0021'}})});
  const {message} = await failureOf(shop.follow({orderId: '1', placeholder: ''}, patient));
  assert.match(message, /secret should be/);
  assert.ok(!message.includes('STEAM'));
});

test('a read without an answer ends after its time, though fetch ignores its signal', async t => {
  t.mock.timers.enable({apis: ['setTimeout']});
  const {shop} = shopWith({'authentication/connect': () => new Promise(() => {})}, {timeouts: {read: 5000}});
  const failure = failureOf(shop.connect(patient));
  t.mock.timers.tick(5000);
  assert.equal((await failure).reason, 'timeout');
});

test('a body that never ends counts against the same time', async t => {
  t.mock.timers.enable({apis: ['setTimeout']});
  const {shop} = shopWith(
    {'authentication/connect': () => new Response(new ReadableStream())},
    {timeouts: {read: 5000}},
  );
  const failure = failureOf(shop.connect(patient));
  t.mock.timers.tick(5000);
  assert.equal((await failure).reason, 'timeout');
});

test('an aborted read ends at once', async () => {
  const controller = new AbortController();
  const {shop} = shopWith({'authentication/connect': () => new Promise(() => {})});
  const failure = failureOf(shop.connect(controller.signal));
  controller.abort();
  assert.equal((await failure).reason, 'connection');
});

const inventoryOf =
  (overrides: object = {}) =>
  () =>
    success({
      count: 60,
      delivery_way: 0,
      draft_status: 0,
      price: 10,
      user_price: 9,
      config: '',
      factory_price: 9,
      is_category: false,
      ...overrides,
    });

test('C6: an older shop’s stock comes from inventory, and the missing endpoint is not asked again for an hour', async () => {
  let now = 0;
  const {shop, calls} = shopWith({'commodity/inventory': inventoryOf()}, {clock: {now: () => now}});
  assert.deepEqual(await shop.stock({...plain, choices: {商品种类: '月卡'}}, patient), {
    kind: 'counted',
    count: 60,
    at: 0,
  });
  assert.deepEqual([calls[1]!.form.get('sharedCode'), calls[1]!.form.get('race')], ['PLAIN00000000001', '月卡']);
  await shop.stock(plain, patient);
  assert.deepEqual(shop.endpoints(), [
    {name: 'commodity/stock', state: 'missing', instead: 'commodity/inventory'},
    {name: 'commodity/valuation', state: 'not_asked'},
  ]);
  now = 3_600_000;
  await shop.stock(plain, patient);
  assert.deepEqual(
    calls.map(({endpoint}) => endpoint),
    ['commodity/stock', 'commodity/inventory', 'commodity/inventory', 'commodity/stock', 'commodity/inventory'],
  );
});

test('an older shop may say with the status, too, that an endpoint is missing', async () => {
  const missing = () => new Response('<h1>404 Not Found</h1>', {status: 404});
  const {shop} = shopWith({
    'commodity/stock': missing,
    'commodity/valuation': missing,
    'commodity/inventory': inventoryOf(),
  });
  assert.deepEqual(await shop.stock(plain, patient), {kind: 'counted', count: 60, at: 1_000_000});
  assert.deepEqual(await shop.quote(plain, 2, patient), money('18', 'CNY'));
});

test('an older reselling shop’s inventory tells what that shop pays, which is no price of ours', async () => {
  const {shop} = shopWith({'commodity/inventory': inventoryOf({factory_price: 4})});
  const {reason, message} = await failureOf(shop.quote({...plain, nested: true}, 1, patient));
  assert.equal(reason, 'unexpected_answer');
  assert.match(message, /PLAIN00000000001/);
});

test('where inventory cannot count, inventoryState can still say "none"', async () => {
  const manual = inventoryOf({count: 0, delivery_way: 1});
  const ok = shopWith({'commodity/inventory': manual, 'commodity/inventoryState': () => success([])});
  assert.deepEqual(await ok.shop.stock(plain, patient), {kind: 'unknown'});
  const {app_id: _id, sign: _sign, ...state} = Object.fromEntries(ok.calls[2]!.form);
  assert.deepEqual(state, {shared_code: 'PLAIN00000000001', card_id: '0', num: '1', race: ''});
  const lost = shopWith({'commodity/inventory': manual, 'commodity/inventoryState': () => refusal('密钥错误')});
  assert.equal((await failureOf(lost.shop.stock(plain, patient))).reason, 'credentials');
  const none = shopWith({'commodity/inventory': inventoryOf(), 'commodity/inventoryState': () => refusal('库存不足')});
  assert.deepEqual(await none.shop.stock(race, patient), {kind: 'counted', count: 0, at: 1_000_000});
});

test('a page from an endpoint that has answered before is a crash, not an older shop', async () => {
  let crashed = false;
  const {shop, calls} = shopWith({
    'commodity/stock': () => (crashed ? page() : success({stock: '1'}, {})),
    'commodity/inventory': inventoryOf(),
  });
  await shop.stock(plain, patient);
  crashed = true;
  assert.equal((await failureOf(shop.stock(plain, patient))).reason, 'not_json');
  assert.equal(calls.length, 2);
});

test('a shop whose every endpoint answers a page is broken, not older', async () => {
  const {shop, calls} = shopWith({});
  assert.equal((await failureOf(shop.stock(plain, patient))).reason, 'not_json');
  await failureOf(shop.stock(plain, patient));
  assert.deepEqual(
    calls.map(({endpoint}) => endpoint),
    ['commodity/stock', 'commodity/inventory', 'commodity/stock', 'commodity/inventory'],
  );
});

test('an older shop’s price comes from inventory: by piece, race and surcharge', async () => {
  const quote = async (offer: OfferKey, quantity: number, overrides: object) => {
    const {shop} = shopWith({'commodity/inventory': inventoryOf(overrides)});
    return (await shop.quote(offer, quantity, patient)).amount;
  };
  assert.equal(await quote(plain, 5, {}), '45.00');
  const config = '[category]\n月卡=10\n[category_factory]\n月卡=9.5\n[sku]\n区服.日区=2\n时长.加长=1.5';
  assert.equal(await quote(race, 2, {is_category: true, factory_price: 0, config}), '26.00');
});

test('an older shop that names no price gives none', async () => {
  for (const [offer, overrides] of [
    [plain, {factory_price: 0}],
    [race, {is_category: true, factory_price: 0, config: '[category]\n月卡=10'}],
    [race, {is_category: true, config: '[category_factory]\n月卡=9.5'}],
    [plain, {config: 'broken'}],
  ] as const) {
    const {shop} = shopWith({'commodity/inventory': inventoryOf(overrides)});
    assert.equal((await failureOf(shop.quote(offer, 1, patient))).reason, 'unexpected_answer');
  }
});

test('options that cannot be right are refused without showing the key', () => {
  const fetch = () => assert.fail('must not be called');
  for (const wrong of [
    {url: 'shop.example'},
    {url: 'ftp://shop.example'},
    {url: 'https://shop.example/shared'},
    {url: 'https://user:s3cr3t@shop.example'},
    {appId: '1000abc'},
    {appId: ''},
    {appKey: ''},
    {appKey: `${appKey} `},
  ]) {
    assert.throws(
      () => createAcgFaka({url: origin, appId: '1000', appKey, fetch, ...wrong}),
      error => error instanceof RangeError && !error.message.includes(appKey) && !error.message.includes('s3cr3t'),
    );
  }
});

test('the capabilities are those of the protocol', () => {
  assert.deepEqual(shopWith({}).shop.capabilities, {
    webhook: false,
    webhookSigned: false,
    cancel: false,
    refund: false,
    delta: false,
    orders: false,
    search: false,
    pages: false,
    countsStock: true,
    deliveryKinds: true,
    queryByReference: false,
    idempotency: 'reject',
    claimsReference: true,
    quote: true,
    costCeiling: false,
    refusalReasons: true,
    refundStatus: false,
    refundsInPart: false,
    cardsOutliveRefund: true,
    pickCard: true,
    maximumReferenceLength: 19,
    parallelPurchases: 1,
    clockSkewSeconds: null,
  });
});
