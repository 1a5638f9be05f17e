import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createDujiaoNext} from '../../../src/upstreams/dujiao-next/index.ts';
import type {BuyRequest} from '../../../src/upstreams/port.ts';

const patient = new AbortController().signal;
const account = {ok: true, site_name: 'Shop', balance: '100.00', currency: 'CNY', member_level: null};
const paid = {ok: true, order_id: 101, order_no: 'DJ1', status: 'paid', amount: '18.00', currency: 'CNY'};
const product = {
  id: 11,
  title: {'zh-CN': 'Steam 50', en: 'Steam 50'},
  price_amount: '9.00',
  fulfillment_type: 'auto',
  manual_form_schema: {fields: [{key: 'account', type: 'text', required: true, label: {'zh-CN': '账号'}}]},
  is_active: true,
  category_id: 3,
  skus: [
    {id: 1, sku_code: 'DEFAULT', spec_values: {}, price_amount: '9.00', stock_status: 'unlimited', stock_quantity: -1},
  ],
};

/** An adapter against a shop that answers as told, by method and path below the base. */
function shopWith(answers: Readonly<Record<string, object | (() => Response)>>) {
  const all: Readonly<Record<string, object | (() => Response)>> = {'POST /ping': account, ...answers};
  const sent: {question: string; body: string}[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const {pathname} = new URL(String(input));
    const question = `${init?.method} ${pathname.replace('/api/v1/upstream', '')}`;
    const body = init?.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : '';
    sent.push({question, body});
    const answer = all[question];
    if (answer === undefined) return Response.json({ok: false, error_code: 'order_not_found'}, {status: 404});
    return answer instanceof Function ? answer() : Response.json(answer);
  };
  const shop = createDujiaoNext({url: 'https://shop.example', apiKey: 'key', apiSecret: 'the-secret', fetch});
  return {shop, sent};
}

const refusal = (status: number, error_code: string) => () =>
  Response.json({ok: false, error_code, error_message: `it is ${error_code}`}, {status});

const request = (overrides: Partial<BuyRequest> = {}): BuyRequest => ({
  reference: 'a1b2c3d4e5f6g7h8j9k',
  offer: {code: '11', choices: {}, nested: false, sku: '1'},
  quantity: 2,
  fields: {账号: '买家1'},
  contact: 'keystall',
  password: '',
  delivery: 'automatic',
  ...overrides,
});

test('a purchase says what was asked for and nothing of the buyer', async () => {
  const {shop, sent} = shopWith({'POST /orders': paid});
  await shop.buy(request(), patient);
  assert.equal(
    sent[0]!.body,
    '{"sku_id":1,"quantity":2,"manual_form_data":{"账号":"买家1"},"downstream_order_no":"a1b2c3d4e5f6g7h8j9k"}',
  );
});

test('an offer without a SKU is not sent', async () => {
  const {shop, sent} = shopWith({});
  const outcome = await shop.buy(request({offer: {code: '11', choices: {}, nested: false}}), patient);
  assert.deepEqual([outcome.kind, sent.length], ['refused', 0]);
});

for (const [status, code, reason] of [
  [402, 'insufficient_balance', 'insufficient_balance'],
  [409, 'insufficient_stock', 'sold_out'],
  [400, 'sku_unavailable', 'not_for_sale'],
  [401, 'timestamp_expired', 'clock'],
  [403, 'user_disabled', 'account_blocked'],
  [200, 'payment_failed', 'other'],
  [200, 'product_out_of_stock', 'sold_out'],
  [422, 'something_new', 'other'],
] as const) {
  test(`${code} with status ${status} is the refusal "${reason}", its code kept; a repeat proves nothing`, async () => {
    const {shop} = shopWith({'POST /orders': refusal(status, code)});
    assert.deepEqual(await shop.buy(request(), patient), {kind: 'refused', reason, text: `it is ${code}`, code});
    const repeated = await shop.reconcile(request(), patient);
    assert.deepEqual(repeated, {kind: 'unknown', reason: 'ambiguous_refusal', text: `it is ${code}`, code});
  });
}

for (const [what, answer] of Object.entries({
  'an internal error': refusal(500, 'internal_error'),
  'a lost race in another envelope': () => Response.json({status_code: 409, msg: 'x', data: null}, {status: 409}),
  'a conflict with an unknown code': refusal(409, 'try_again'),
  'too many requests': refusal(429, 'rate_limited'),
  'a success that is a server error': () => Response.json(paid, {status: 502}),
  'an order without a number': () => Response.json({ok: true, status: 'paid'}),
  'a redirect': () => new Response(null, {status: 302, headers: {location: 'https://elsewhere.example'}}),
})) {
  test(`${what} leaves a purchase unknown`, async () => {
    const {shop} = shopWith({'POST /orders': answer});
    assert.equal((await shop.buy(request(), patient)).kind, 'unknown');
  });
}

test('an order that turns out canceled, or paid back to the cent, was not bought', async () => {
  for (const order of [
    {...paid, status: 'canceled'},
    {...paid, status: 'refunded', refunded_amount: '18.00'},
  ]) {
    const {shop} = shopWith({'POST /orders': paid, 'GET /orders/101': order});
    assert.equal((await shop.reconcile(request(), patient)).kind, 'refused');
  }
  const partly = {...paid, status: 'partially_refunded', refunded_amount: '9.00'};
  const {shop} = shopWith({'POST /orders': paid, 'GET /orders/101': partly});
  assert.equal((await shop.reconcile(request(), patient)).kind, 'accepted');
});

test('an order that nobody paid stays unknown', async () => {
  const unpaid = {...paid, status: 'pending_payment'};
  const {shop} = shopWith({'POST /orders': unpaid, 'GET /orders/101': unpaid});
  assert.equal((await shop.buy(request(), patient)).kind, 'unknown');
});

test('an order that cannot be read back yet is accepted, and followed', async () => {
  const {shop} = shopWith({'POST /orders': paid, 'GET /orders/101': refusal(500, 'internal_error')});
  const outcome = await shop.buy(request(), patient);
  assert.deepEqual([outcome.kind, 'orderId' in outcome && outcome.orderId], ['accepted', '101']);
});

test('completed with nothing in it is for a person; goods in an object are handed over whole', async () => {
  const order = (fulfillment?: object) => ({'GET /orders/101': {...paid, status: 'completed', fulfillment}});
  const follow = {orderId: '101', placeholder: ''};
  assert.equal((await shopWith(order()).shop.follow(follow, patient)).kind, 'absent');
  const delivered = shopWith(order({payload: '', delivery_data: {number: 'A1', pin: '0099'}}));
  assert.deepEqual(await delivered.shop.follow(follow, patient), {
    kind: 'delivered',
    secret: '{"number":"A1","pin":"0099"}',
  });
});

test('C5: of goods a broken one harms no other, one without a price is left out, unlimited stock is unlimited', async () => {
  const free = {...product, id: 12, skus: [{...product.skus[0]!, id: 2, price_amount: '0.00'}]};
  const items = [product, free, {id: 13}];
  const {shop} = shopWith({
    'GET /categories': {ok: true, categories: [{id: 3, parent_id: 0, name: {'zh-CN': 'Steam'}}]},
    'GET /products': {ok: true, items, total: 3, page: 1, page_size: 50},
  });
  const {goods, rejected} = await shop.catalogue(patient);
  assert.deepEqual(
    goods.map(({code, title, fields}) => [code, title, fields[0]!.label]),
    [['11', 'Steam 50', '账号']],
  );
  assert.equal(goods[0]!.offers[0]!.stock.kind, 'unlimited');
  assert.deepEqual(
    rejected.map(({code}) => code),
    ['12', '13'],
  );
});

test('SKUs that their names do not tell apart get names that do', async () => {
  const sku = product.skus[0]!;
  const skus = [
    {...sku, spec_values: {规格: '月卡'}},
    {...sku, id: 2, spec_values: {规格: '月卡'}},
    {...sku, id: 3, sku_code: 'YEAR', spec_values: {}},
  ];
  const {shop} = shopWith({'GET /products/11': {ok: true, product: {...product, skus}}});
  const {options} = await shop.good('11', patient);
  assert.deepEqual(options, [{name: '规格', values: ['月卡', '月卡 #2', 'YEAR']}]);
});

test('the secret is in no error', async () => {
  const echo = () => Response.json({ok: false, error_code: 'x', error_message: 'the-secret'}, {status: 401});
  const {shop} = shopWith({'POST /ping': echo});
  await assert.rejects(shop.connect(patient), error => error instanceof Error && !error.message.includes('the-secret'));
});

test('the catalogue is asked for two pages ahead, never past its end, and in the platform’s order', async () => {
  const asked: number[] = [];
  let answered = 0;
  let most = 0;
  const fetch: typeof globalThis.fetch = async input => {
    const url = new URL(String(input));
    if (url.pathname.endsWith('/ping')) return Response.json(account);
    if (url.pathname.endsWith('/categories')) return Response.json({ok: true, categories: []});
    const page = Number(url.searchParams.get('page'));
    asked.push(page);
    most = Math.max(most, asked.length - answered);
    await new Promise(resolve => setImmediate(resolve));
    answered++;
    const items = Array.from({length: page === 5 ? 7 : 50}, (_, index) => ({...product, id: page * 100 + index}));
    return Response.json({ok: true, items, total: 207, page, page_size: 50});
  };
  const shop = createDujiaoNext({url: 'https://shop.example', apiKey: 'key', apiSecret: 'the-secret', fetch});
  const read: (string | undefined)[][] = [];
  for await (const {goods, next} of shop.pages({}, patient)) read.push([goods[0]?.code, String(goods.length), next]);
  assert.deepEqual(read, [
    ['100', '50', '2'],
    ['200', '50', '3'],
    ['300', '50', '4'],
    ['400', '50', '5'],
    ['500', '7', undefined],
  ]);
  assert.deepEqual(asked, [1, 2, 3, 4, 5]);
  assert.equal(most, 2);
});

test('a page that fails fails the reading there, whatever was asked for behind it', async () => {
  const fetch: typeof globalThis.fetch = async input => {
    const url = new URL(String(input));
    if (url.pathname.endsWith('/ping')) return Response.json(account);
    if (url.pathname.endsWith('/categories')) return Response.json({ok: true, categories: []});
    const page = Number(url.searchParams.get('page'));
    if (page >= 3)
      return Response.json({ok: false, error_code: 'too_many'}, {status: 429, headers: {'retry-after': '7'}});
    return Response.json({ok: true, items: [{...product, id: page}], total: 200, page, page_size: 50});
  };
  const shop = createDujiaoNext({url: 'https://shop.example', apiKey: 'key', apiSecret: 'the-secret', fetch});
  const nexts: (string | undefined)[] = [];
  await assert.rejects(
    async () => {
      for await (const {next} of shop.pages({}, patient)) nexts.push(next);
    },
    {retryAfterMs: 7000},
  );
  assert.deepEqual(nexts, ['2', '3']);
});
