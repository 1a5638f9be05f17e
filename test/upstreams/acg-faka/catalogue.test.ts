import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {isUpstreamError} from '../../../src/upstreams/port.ts';
import {page, patient, raw, refusal, shopWith, success} from './fake-shop.ts';
import {categoryOf, listedGood, raceConfig, singleGood, widgetJson} from './goods.ts';

const yuan = (amount: string) => money(amount, 'CNY');

async function catalogueOf(categories: readonly unknown[]) {
  const {shop} = shopWith({'commodity/items': () => success(categories, {})});
  return shop.catalogue(patient);
}
const goodsOf = async (...goods: readonly Readonly<Record<string, unknown>>[]) =>
  catalogueOf([categoryOf(goods.map(listedGood))]);

test('a plain good in full', async () => {
  const catalogue = await goodsOf({});
  assert.deepEqual(catalogue, {
    categories: [{id: '101', name: 'Steam 充值'}],
    rejected: [],
    goods: [
      {
        code: 'PLAIN00000000001',
        title: 'Steam 50 元',
        categoryId: '101',
        description: '<p>即时到账</p>',
        cover: 'https://shop.example/assets/cache/a.png',
        delivery: 'automatic',
        contact: 'any',
        minimum: 1,
        tags: ['热卖'],
        fields: [],
        options: [],
        offers: [
          {
            choices: {},
            costs: [
              {from: 1, price: yuan('9')},
              {from: 5, price: yuan('8.5')},
              {from: 10, price: yuan('8')},
            ],
            stock: {kind: 'counted', count: 40, at: 1_000_000},
          },
        ],
        nested: false,
      },
    ],
  });
});

test('item and items give the same good', async () => {
  const {shop, calls} = shopWith({'commodity/item': () => success(singleGood(), {})});
  const {goods} = await goodsOf({});
  assert.deepEqual(await shop.good('PLAIN00000000001', patient), goods[0]);
  assert.equal(calls[0]?.form.get('code'), 'PLAIN00000000001');
});

test('before 3.1.2, item has another name for the code and answers the whole shelf', async () => {
  const {shop} = shopWith({
    'commodity/item': form =>
      form.get('sharedCode') === 'PLAIN00000000001'
        ? success([categoryOf([listedGood({code: 'OTHER', name: '别的'}), listedGood()])])
        : form.has('sharedCode')
          ? success([])
          : refusal('对接CODE不能为空'),
  });
  const {goods} = await goodsOf({});
  assert.deepEqual(await shop.good('PLAIN00000000001', patient), goods[0]);
  await assert.rejects(shop.good('NOPE', patient), error => isUpstreamError(error) && error.reason === 'absent');
});

test('races and sku groups make one offer per combination, of unknown stock', async () => {
  const {goods} = await goodsOf({config: raceConfig});
  const [good] = goods;
  assert.deepEqual(good?.options, [
    {name: '商品种类', values: ['月卡', '季卡']},
    {name: '区服', values: ['美区', '日区']},
    {name: '时长', values: ['标准', '加长']},
  ]);
  assert.equal(good.offers.length, 8);
  assert.ok(good.offers.every(offer => offer.stock.kind === 'unknown'));
  assert.deepEqual(
    good.offers.find(offer => offer.choices['区服'] === '日区' && offer.choices['时长'] === '加长'),
    {
      choices: {商品种类: '月卡', 区服: '日区', 时长: '加长'},
      costs: [
        {from: 1, price: yuan('13.5')},
        {from: 5, price: yuan('12.5')},
        {from: 10, price: yuan('12')},
      ],
      stock: {kind: 'unknown'},
    },
  );
});

test('numbers may be texts, and texts numbers', async () => {
  const {goods} = await goodsOf({
    price: '10.00',
    user_price: null,
    stock: '40',
    delivery_way: '1',
    category_id: '7',
    name: 2026,
  });
  assert.equal(goods[0]?.title, '2026');
  assert.equal(goods[0].delivery, 'manual');
  assert.deepEqual(goods[0].offers[0]?.costs[0], {from: 1, price: yuan('10')});
  assert.deepEqual(goods[0].offers[0].stock, {kind: 'counted', count: 40, at: 1_000_000});
});

test('a nested good says 0, which means nothing', async () => {
  const {goods} = await goodsOf({shared_id: 3, stock: 0});
  assert.equal(goods[0]?.nested, true);
  assert.deepEqual(goods[0].offers[0]?.stock, {kind: 'unknown'});
});

test('limits, contact and fields', async () => {
  const {goods} = await goodsOf({minimum: 2, maximum: 5, purchase_count: 3, contact_type: 2, widget: widgetJson});
  const {minimum, maximum, contact, fields} = goods[0]!;
  assert.deepEqual({minimum, maximum, contact}, {minimum: 2, maximum: 3, contact: 'email'});
  assert.deepEqual(
    fields.map(field => field.name),
    ['account', 'area'],
  );
});

test('a flash sale is offered while it lasts, by the clock of Shanghai', async () => {
  const offered = async (from: string | null, to: string | null, status: unknown = 1) => {
    const {goods, rejected} = await goodsOf({
      seckill_status: status,
      seckill_start_time: from,
      seckill_end_time: to,
    });
    assert.equal(goods.length + rejected.length, 1);
    return goods.length === 1;
  };
  // The clock of these tests stands at 1970-01-01 08:16:40 in Shanghai.
  assert.equal(await offered('1970-01-01 08:16:40', '1970-01-01 08:16:40'), true);
  assert.equal(await offered('1970-01-01 08:16:41', '1970-01-02 00:00:00'), false);
  assert.equal(await offered('1970-01-01 00:00:00', '1970-01-01 08:16:39'), false);
  assert.equal(await offered('1970-01-02 00:00:00', '1970-01-03 00:00:00', 0), true);
  assert.equal(await offered('1970-01-02 00:00:00', '1970-01-03 00:00:00', null), true);
  assert.equal(await offered(null, null), true);
  assert.equal(await offered('soon', '0000-00-00 00:00:00'), true);
});

test('C10: titles and descriptions come through unchanged', async () => {
  const name = `&amp;amp; < " ' & 🎮 <b>x</b>`;
  const {goods} = await goodsOf({name, description: `<p>${name}</p>`});
  assert.equal(goods[0]?.title, name);
  assert.equal(goods[0].description, `<p>${name}</p>`);
});

const covers: readonly [string | null, string | undefined][] = [
  ['/assets/a b.png', 'https://shop.example/assets/a%20b.png'],
  ['assets/a.png', 'https://shop.example/assets/a.png'],
  ['//cdn.example/a.png', 'https://cdn.example/a.png'],
  ['http://cdn.example:8080/a.png?x=1', 'http://cdn.example:8080/a.png?x=1'],
  ['', undefined],
  [null, undefined],
  ['data:image/png;base64,AAAA', undefined],
  ['javascript:alert(1)', undefined],
  ['http://127.0.0.1/a.png', undefined],
  ['http://2130706433/a.png', undefined],
  ['http://[::1]/a.png', undefined],
  ['http://localhost/a.png', undefined],
  ['http://metadata.google.internal/a.png', undefined],
  ['http://user:pass@cdn.example/a.png', undefined],
  ['http://', undefined],
];
for (const [cover, expected] of covers) {
  test(`C9: cover ${JSON.stringify(cover)}`, async () => {
    const {goods} = await goodsOf({cover});
    assert.equal(goods[0]?.cover, expected);
  });
}

test('tags that cannot be read are no tags', async () => {
  const {goods} = await goodsOf(
    {code: 'A', tags: '{"broken'},
    {code: 'B', tags: null},
    {code: 'C', tags: [{text: ''}]},
  );
  assert.deepEqual(
    goods.map(good => good.tags),
    [[], [], []],
  );
});

const broken: readonly [string, Readonly<Record<string, unknown>>, RegExp][] = [
  ['a config that does not parse', {config: '[wholesale]\n5=a=b'}, /5=a=b/],
  ['no price', {price: null, user_price: null, config: null}, /cost is missing/],
  ['a price of zero', {price: 0, user_price: 0, config: null}, /cost is missing/],
  ['a price that is no number', {price: '面议'}, /price should be/],
  ['no name', {name: ''}, /name should be/],
  ['no code', {code: null}, /code should be/],
  ['an unknown delivery way', {delivery_way: 7}, /delivery way 7/],
  ['limits nothing fits', {minimum: 5, maximum: 2}, /no quantity fits/],
  ['a field that cannot be sent', {widget: '[{"name":"a.b","type":"text"}]'}, /a\.b/],
  ['a group without options', {config: '[sku]\n区服=5'}, /区服 has no options/],
  ['a group that PHP would rename', {config: '[sku]\na]b.x=1'}, /cannot be sent/],
  ['a group named like the races', {config: '[sku]\n商品种类.x=1'}, /商品种类/],
];
for (const [name, overrides, reason] of broken) {
  test(`C5: one good with ${name} does not take the others along`, async () => {
    const {goods, rejected} = await goodsOf({code: 'FIRST'}, {code: 'BROKEN', ...overrides}, {code: 'LAST'});
    assert.deepEqual(
      goods.map(good => good.code),
      ['FIRST', 'LAST'],
    );
    assert.equal(rejected.length, 1);
    assert.match(rejected[0]!.reason, reason);
    assert.equal(rejected[0]!.code, overrides['code'] === null ? 'id 100' : 'BROKEN');
  });
}

test('records that are no goods or categories, and a code that comes twice', async () => {
  const {goods, rejected} = await catalogueOf([
    categoryOf([listedGood(), null, 'x', listedGood({name: 'Twin'})]),
    7,
    categoryOf([], {id: null}),
  ]);
  assert.equal(goods.length, 1);
  assert.deepEqual(
    rejected.map(({code}) => code),
    ['', '', 'PLAIN00000000001', '', ''],
  );
});

test('a combination without a cost is left out and told; the others stay', async () => {
  const {goods, rejected} = await goodsOf({config: '[category]\n试用=0\n月卡=10'});
  assert.deepEqual(goods[0]?.options, [{name: '商品种类', values: ['月卡']}]);
  assert.deepEqual(
    goods[0].offers.map(offer => offer.choices),
    [{商品种类: '月卡'}],
  );
  assert.equal(rejected[0]?.code, 'PLAIN00000000001');
  assert.match(rejected[0].reason, /试用.*gift/);
});

test('a good with too many combinations is rejected before they are made', async () => {
  const groups = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const config = `[sku]\n${groups.flatMap(group => groups.map(option => `${group}.${option}=1`)).join('\n')}`;
  const {goods, rejected} = await goodsOf({config}, {code: 'OTHER'});
  assert.equal(goods.length, 1);
  assert.match(rejected[0]!.reason, /16777216 combinations/);
});

test('categories form a tree although parents are missing, circular, or come later', async () => {
  const {categories} = await catalogueOf([
    categoryOf([], {id: 5, pid: 4, name: 'leaf'}),
    categoryOf([], {id: 4, pid: 99, name: 'orphan'}),
    categoryOf([], {id: 1, pid: 2, name: 'x'}),
    categoryOf([], {id: 2, pid: 1, name: 'y'}),
    categoryOf([], {id: 3, pid: 1, name: null}),
  ]);
  assert.deepEqual(categories, [
    {id: '5', name: 'leaf', parentId: '4'},
    {id: '4', name: 'orphan'},
    {id: '1', name: 'x'},
    {id: '2', name: 'y'},
    {id: '3', name: '3', parentId: '1'},
  ]);
});

test('a catalogue that fails as a whole says why', async () => {
  const failing = async (response: () => Response) => {
    const {shop} = shopWith({'commodity/items': response});
    return shop.catalogue(patient).then(
      () => assert.fail('must fail'),
      (error: unknown) => (isUpstreamError(error) ? `${error.reason}: ${error.message}` : assert.fail(String(error))),
    );
  };
  assert.match(await failing(() => refusal('配置解析异常，x 没有赋值')), /^refused: .*配置解析异常/);
  assert.match(await failing(page), /^not_json: .*titled "404"/);
  assert.match(await failing(() => success({}, {})), /^unexpected_answer/);
  assert.match(await failing(() => raw('{"code":200,"data":[')), /^not_json/);
});

test('a catalogue beyond the limit is not read to its end', async () => {
  const {shop} = shopWith(
    {'commodity/items': () => success([categoryOf(Array.from({length: 100}, () => listedGood()))])},
    {limits: {catalogue: 10_000}},
  );
  await assert.rejects(shop.catalogue(patient), error => isUpstreamError(error) && error.reason === 'too_large');
});

test('a single good that cannot be offered says why; so does one that is not there', async () => {
  const broken = shopWith({'commodity/item': () => success(singleGood({config: {sku: {区服: '5'}}}), {})}).shop;
  await assert.rejects(
    broken.good('X', patient),
    error => isUpstreamError(error) && /X.*区服 has no options/.test(error.message),
  );
  const absent = shopWith({'commodity/item': () => refusal('商品不存在')}).shop;
  await assert.rejects(absent.good('X', patient), error => isUpstreamError(error) && error.reason === 'absent');
});
