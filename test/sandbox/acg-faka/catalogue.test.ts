import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Good} from '../../../src/sandbox/index.ts';
import {cardsOf, catalogueOf, makeGood} from '../support/goods.ts';
import {openShop, origin} from '../support/shop.ts';
import type {Answer} from '../support/answer.ts';

/** The good of the protocol sheet, as `items` writes it there. */
const sheetRow = JSON.parse(
  String.raw`{"id":100,"category_id":101,"name":"Steam 50 元","description":"<p>即时到账</p>","cover":"/assets/cache/PLAIN00000000001.svg","factory_price":7,"price":10,"user_price":9,"status":1,"owner":0,"create_time":"2026-08-01 10:00:00","api_status":1,"code":"PLAIN00000000001","delivery_way":0,"delivery_auto_mode":0,"contact_type":0,"password_status":0,"sort":1,"coupon":0,"shared_id":null,"shared_code":null,"shared_premium":0,"shared_stock":null,"stock":40,"shared_premium_type":0,"shared_premium_template":0,"seckill_status":0,"seckill_start_time":null,"seckill_end_time":null,"draft_status":0,"draft_premium":0,"inventory_hidden":0,"recommend":0,"send_email":0,"only_user":0,"purchase_count":0,"widget":null,"tags":"[{\"text\":\"热卖\",\"color\":\"red\"}]","level_price":null,"level_disable":0,"minimum":0,"maximum":0,"shared_sync":0,"config":"[wholesale]\n5=8.50\n10=8.00\n","hide":0,"inventory_sync":0,"shared_amount_sync":0,"shared_config_sync":0}`,
);

/** The same good, as `item` writes it there. */
const sheetItem = JSON.parse(
  `{"id":100,"name":"Steam 50 元","description":"<p>即时到账</p>","only_user":0,"purchase_count":0,"category_id":101,"cover":"/assets/cache/PLAIN00000000001.svg","price":10,"user_price":9,"status":1,"owner":null,"delivery_way":0,"contact_type":0,"password_status":0,"level_price":null,"level_disable":0,"coupon":0,"shared_id":null,"shared_code":null,"shared_premium":0,"shared_premium_type":0,"seckill_status":0,"seckill_start_time":null,"seckill_end_time":null,"draft_status":0,"draft_premium":0,"inventory_hidden":0,"widget":null,"minimum":0,"maximum":0,"shared_sync":0,"config":{"wholesale":{"5":"8.50","10":"8.00"}},"stock":40,"code":"PLAIN00000000001","shared_amount_sync":0,"shared_config_sync":0,"tags":[{"text":"热卖","color":"red"}],"order_sold":0,"service_url":"","service_qq":"","share_url":"${origin}/item/100","login":false,"trade_captcha":0}`,
);

const rows = async (shop: ReturnType<typeof openShop>, fields = {}): Promise<Answer[]> =>
  (await shop.call('commodity/items', fields)).data.flatMap((category: Answer) => category.children);

test('items writes a good as the real shop does', async () => {
  const shop = openShop();
  const answer = await shop.call('commodity/items');
  assert.deepEqual(Object.keys(answer), ['code', 'data']);
  const [category] = answer.data;
  const {children, ...head} = category;
  assert.deepEqual(head, {
    id: 101,
    name: 'Steam 充值',
    sort: 11,
    create_time: '2026-08-01 10:00:00',
    owner: 0,
    icon: null,
    status: 1,
    hide: 0,
    user_level_config: null,
    pid: 100,
  });
  assert.deepEqual(Object.entries(children[0]), Object.entries(sheetRow));
});

test('item writes the same good with other types', async () => {
  const {call} = openShop();
  const answer = await call('commodity/item', {code: 'PLAIN00000000001'});
  assert.deepEqual(Object.keys(answer), ['code', 'data']);
  assert.deepEqual(answer.data, sheetItem);
});

test('options and fields are texts in items and structures in item', async () => {
  const shop = openShop();
  const all = await rows(shop);
  const row = (code: string) => all.find(good => good.code === code);
  const item = async (code: string) => (await shop.call('commodity/item', {code})).data;
  assert.equal(
    row('RSKU000000000001').config,
    '[category]\n月卡=10.00\n季卡=27.5\n[category_wholesale]\n月卡.5=9.00\n月卡.10=8.50\n[sku]\n区服.美区=0\n区服.日区=2.00\n时长.标准=0\n时长.加长=1.5\n',
  );
  assert.deepEqual((await item('RSKU000000000001')).config, {
    category: {月卡: '10.00', 季卡: '27.5'},
    category_wholesale: {月卡: {5: '9.00', 10: '8.50'}},
    sku: {区服: {美区: '0', 日区: '2.00'}, 时长: {标准: '0', 加长: '1.5'}},
  });
  const area = {
    cn: '大区',
    name: 'area',
    placeholder: '',
    type: 'select',
    regex: '',
    error: '',
    dict: '电信一区=dx1,网通二区=wt2',
  };
  assert.deepEqual(JSON.parse(row('WIDGET0000000001').widget)[1], area);
  assert.deepEqual((await item('WIDGET0000000001')).widget[1], area);
  const widget = await item('WIDGET0000000001');
  assert.deepEqual(
    [widget.config, widget.tags, widget.cover, row('WIDGET0000000001').cover],
    [[], [], '/favicon.ico', null],
  );
});

test('which goods are listed, and a parent category that is not', async () => {
  const shop = openShop();
  const codes = (await rows(shop)).map(good => good.code);
  for (const unlisted of ['HIDE000000000001', 'NOAPI00000000001', 'OFF0000000000001']) {
    assert.ok(!codes.includes(unlisted), unlisted);
  }
  assert.ok(codes.includes('SOLD000000000001'));
  const ids = (await shop.call('commodity/items')).data.map((category: Answer) => category.id);
  assert.deepEqual(ids, [101]);
});

test('a category whose goods are all hidden is listed empty; a disabled one is dropped, its goods are bought', async () => {
  const hidden = makeGood({id: 1, code: 'A', hidden: true});
  const disabled = makeGood({id: 2, code: 'B', categoryId: 102});
  const shop = openShop({catalogue: catalogueOf([hidden, disabled], cardsOf(disabled, ['B-1']))});
  const {data} = await shop.call('commodity/items');
  assert.deepEqual(
    data.map((category: Answer) => [category.id, category.children]),
    [[101, []]],
  );
  assert.equal((await shop.trade({shared_code: 'B'})).data.secret, 'B-1');
});

test('a hidden good is listed for a group that may see it', async () => {
  const levelPrices: Good['levelPrices'] = {2: {amount: '0', show: true, settings: ''}};
  const hidden = makeGood({code: 'A', hidden: true, levelPrices});
  const shop = openShop({catalogue: catalogueOf([hidden], [])});
  assert.deepEqual(await rows(shop), []);
  const [row] = await rows(shop, {app_id: 1004});
  assert.equal(row.code, 'A');
  assert.equal(row.level_price, '{"2":{"amount":"0","config":"","show":1}}');
});

test('one unreadable group price spoils items for that group', async () => {
  const levelPrices: Good['levelPrices'] = {1: {amount: '0', show: false, settings: '[wholesale]\n5=a=b'}};
  const goods = [makeGood({id: 1, code: 'A'}), makeGood({id: 2, code: 'B', levelPrices})];
  const {call} = openShop({catalogue: catalogueOf(goods, [])});
  assert.deepEqual(await call('commodity/items'), {code: 0, msg: '配置解析异常，5=a=b 没有赋值'});
});

test('an unreadable setting passes through items raw and spoils item', async () => {
  const settingsText = '[wholesale]\n5=a=b\n';
  const shop = openShop({catalogue: catalogueOf([makeGood({id: 114, code: 'A', settingsText})], [])});
  assert.equal((await rows(shop))[0].config, settingsText);
  const msg = '该商品配置异常，请商家检查商品[114]的批发/规格/会员价配置：配置解析异常，5=a=b 没有赋值';
  assert.deepEqual(await shop.call('commodity/item', {code: 'A'}), {code: 0, msg});
});

test('item refuses in its own words', async () => {
  const {call} = openShop();
  assert.equal((await call('commodity/item')).msg, '对接CODE不能为空');
  assert.equal((await call('commodity/item', {code: 'NOPE'})).msg, '商品不存在');
  assert.equal((await call('commodity/item', {code: 'OFF0000000000001'})).msg, '该商品暂未上架');
  assert.equal((await call('commodity/item', {code: 'HIDE000000000001'})).code, 200);
});

test('nested goods: 0 in items, nothing in item, and what is remembered in stock', async () => {
  const shop = openShop();
  const code = 'NESTED0000000001';
  const row = async () => (await rows(shop)).find(good => good.code === code);
  assert.equal((await row()).stock, 0);
  assert.equal((await row()).shared_id, 3);
  assert.equal((await row()).shared_stock, null);
  assert.equal((await shop.call('commodity/item', {code})).data.stock, null);
  assert.deepEqual(await shop.call('commodity/stock', {code}), {code: 200, data: {stock: '3'}});
  assert.match(Object.keys((await row()).shared_stock)[0]!, /^[0-9a-f]{32}$/);
  assert.deepEqual(Object.values((await row()).shared_stock), ['3']);
  shop.sandbox.platform.setStock(code, 1);
  assert.equal((await shop.call('commodity/stock', {code})).data.stock, '3');
  assert.equal((await shop.trade({shared_code: code})).data.stock, '0');
  assert.equal((await shop.call('commodity/stock', {code})).data.stock, '0');
});

test('a supplier is a number in items and a person in item', async () => {
  const shop = openShop({catalogue: catalogueOf([makeGood({code: 'A', supplierId: 7})], [])});
  assert.equal((await rows(shop))[0].owner, 7);
  const {owner} = (await shop.call('commodity/item', {code: 'A'})).data;
  assert.deepEqual(owner, {id: 7, username: '星河数卡', avatar: null, group: null});
});

test('covers are served as SVG under their relative path', async () => {
  const {sandbox} = openShop();
  const get = (path: string) => sandbox.fetch(new Request(`${origin}${path}`));
  const cover = await get('/assets/cache/PLAIN00000000001.svg');
  assert.equal(cover.headers.get('content-type'), 'image/svg+xml');
  assert.match(await cover.text(), /^<svg .*Steam 50 元.*<\/svg>$/s);
  assert.match((await get('/assets/cache/WIDGET0000000001.svg')).headers.get('content-type')!, /html/);
  assert.equal((await get('/favicon.ico')).headers.get('content-type'), 'image/x-icon');
});
