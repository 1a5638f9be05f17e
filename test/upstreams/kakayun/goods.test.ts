import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {platformWith, refusal} from './fake-platform.ts';

const patient = new AbortController().signal;

const good = (overrides: object = {}) => ({
  goodsid: 4584,
  goodsname: 'Steam 50 元',
  groupid: 196,
  stock: 9999,
  goodsprice: '13.0150',
  marketprice: 0,
  goodsstatus: 1,
  imgurl: '//img.example/a.png',
  goodstype: 0,
  minbuy: 1,
  maxbuy: 5000,
  details: '<p>即时到账</p>',
  attach: [],
  ...overrides,
});
const pageOf = (data: unknown, nowpage = '1', allpage: unknown = 1) => ({
  code: 1,
  msg: '',
  data,
  nowpage,
  allpage,
  count: 1,
});
const group = {
  groupid: 196,
  groupname: '充值卡',
  groupaliasname: '',
  brandid: 7,
  brandname: 'Steam',
};
const groups = {code: 1, msg: '', data: [group, {...group, groupid: null, groupname: '没有编号'}]};

describe('a good', () => {
  test('is read with its price to the last digit, below its group and brand', async () => {
    const {v3} = platformWith({'goods/group': groups, 'goods/all': pageOf([good()])});
    const {goods, categories, rejected} = await v3.catalogue(patient);
    assert.deepEqual(rejected, []);
    assert.deepEqual(categories, [
      {id: 'b7', name: 'Steam'},
      {id: '196', name: '充值卡', parentId: 'b7'},
    ]);
    const [found] = goods;
    assert.deepEqual(found!.offers[0]!.costs, [{from: 1, price: money('13.015', 'CNY')}]);
    assert.deepEqual(
      [found!.code, found!.categoryId, found!.cover, found!.delivery, found!.minimum, found!.maximum],
      ['4584', '196', 'https://img.example/a.png', 'automatic', 1, 5000],
    );
  });

  test('that is broken, free or off harms no other', async () => {
    const all = [
      good(),
      good({goodsid: 2, goodsprice: '0.0000'}),
      good({goodsid: 3, goodsstatus: 0}),
      good({goodsid: 6, goodsstatus: 'OFF_SALE'}),
      good({goodsid: 7, goodsstatus: 'ON_SALE', goodsprice: 0.5}),
      {goodsid: 4},
      'nothing',
      good({goodsid: 5, goodstype: 1, attach: [{title: '帐号'}, {title: '帐号'}]}),
    ];
    const {v3} = platformWith({'goods/group': groups, 'goods/all': pageOf(all)});
    const {goods, rejected} = await v3.catalogue(patient);
    assert.deepEqual(
      [goods.map(({code}) => code), rejected.map(({code}) => code)],
      [
        ['4584', '7'],
        ['2', '4', '', '5'],
      ],
    );
  });

  test('that is topped up asks for its fields, an account as its form is', async () => {
    const attach = [
      {title: '充值帐号', tip: '手机号', verification: 1},
      {title: '区服', tip: '', verification: 0},
    ];
    const {v3} = platformWith({'goods/details': {code: 1, msg: '', data: good({goodstype: 1, attach})}});
    const {delivery, fields} = await v3.good('4584', patient);
    assert.equal(delivery, 'manual');
    assert.deepEqual(fields, [
      {name: '1:充值帐号', label: '充值帐号', type: 'text', required: true, placeholder: '手机号', pattern: '1\\d{10}'},
      {name: '2:区服', label: '区服', type: 'text', required: true},
    ]);
  });

  test('that is topped up is asked for alone where the list leaves its fields out', async () => {
    const {attach: _attach, ...listed} = good({goodstype: 1});
    const details = {code: 1, msg: '', data: good({goodstype: 1, attach: [{title: 'QQ', verification: 2}]})};
    const {v3, paths} = platformWith({'goods/group': groups, 'goods/all': pageOf([listed]), 'goods/details': details});
    const {goods} = await v3.catalogue(patient);
    assert.equal(goods[0]!.fields[0]!.label, 'QQ');
    assert.deepEqual(paths(), ['goods/group', 'goods/all', 'goods/details']);
  });

  test('is priced and counted by the short question, whose price is a number', async () => {
    const lite = {code: 1, msg: '', data: {goodsid: 4584, stock: -3, goodsprice: 0.015, goodsstatus: 1, goodstype: 0}};
    const {v3, now} = platformWith({'goods/detailslite': lite});
    const offer = {code: '4584', choices: {}, nested: false};
    assert.deepEqual(await v3.quote(offer, 3, patient), money('0.045', 'CNY'));
    assert.deepEqual(await v3.stock(offer, patient), {kind: 'counted', count: 0, at: now()});
    await assert.rejects(v3.quote(offer, 0, patient), RangeError);
  });

  test('that is off, or none, is absent', async () => {
    const off = platformWith({'goods/details': {code: 1, msg: '', data: good({goodsstatus: 0})}});
    const none = platformWith({'goods/details': refusal(1214)});
    for (const {v3} of [off, none]) {
      await assert.rejects(v3.good('4584', patient), {name: 'UpstreamError', reason: 'absent'});
    }
    await assert.rejects(none.v3.stock({code: 'x', choices: {}, nested: false}, patient), {reason: 'absent'});
  });
});

test('a server that is asked too often says for how long it wants to be left alone', async () => {
  const busy = () => Response.json({code: 1, data: {}}, {status: 429, headers: {'retry-after': '30'}});
  const {v3} = platformWith({'user/info': busy});
  await assert.rejects(v3.connect(patient), {retryAfterMs: 30_000});
});

describe('pages', () => {
  test('are read to the last, a good that moved between them once, and no faster than is allowed', async () => {
    const {v3, sent, now} = platformWith({
      'goods/group': groups,
      'goods/all': [
        pageOf([good(), good({goodsid: 2})], '1', 3),
        pageOf([good({goodsid: 2})], '2', '3'),
        pageOf([good({goodsid: 3})], '3', 3),
      ],
    });
    const started = now();
    const {goods} = await v3.catalogue(patient);
    assert.deepEqual(
      goods.map(({code}) => code),
      ['4584', '2', '3'],
    );
    assert.deepEqual(
      sent.map(({members}) => members['page']),
      [undefined, 1, 2, 3],
    );
    assert.ok(now() - started >= 10_000);
  });

  test('can be gone on with where a reading was broken off', async () => {
    const {v3, sent} = platformWith({
      'goods/group': groups,
      'goods/all': [pageOf([good()], '1', 3), refusal(404), pageOf([good({goodsid: 2})], '2', 3), pageOf([], '3', 3)],
    });
    let from: string | undefined;
    await assert.rejects(
      async () => {
        for await (const page of v3.pages({}, patient)) from = page.next;
      },
      {code: '404', retryAfterMs: 5_000},
    );
    assert.equal(from, '2');
    const rest: (readonly [codes: readonly string[], next: string | undefined])[] = [];
    for await (const {goods, next} of v3.pages({from}, patient)) rest.push([goods.map(({code}) => code), next]);
    assert.deepEqual(rest, [
      [['2'], '3'],
      [[], undefined],
    ]);
    assert.deepEqual(
      sent.flatMap(({members}) => members['page'] ?? []),
      [1, 2, 2, 3],
    );
  });

  test('that say nothing of how many there are end with the first that is not full', async () => {
    const full = Array.from({length: 50}, (_, index) => good({goodsid: index + 1}));
    const {v3} = platformWith({'goods/group': groups, 'goods/all': [pageOf(full, '1', null), pageOf([], '2', null)]});
    assert.equal((await v3.catalogue(patient)).goods.length, 50);
  });

  test('of an old platform have the same goods under other names', async () => {
    const listed = {
      goodsid: 4584,
      goodsname: 'Steam 50 元',
      goodsgroupid: 196,
      goodsprice: 13.015,
      goodsstatus: 1,
      goodstype: 0,
      showstock: 0,
      stock: 7,
      buyminnum: 2,
      buymaxnum: 0,
      imgurl: '',
    };
    const {goodsid: id, ...alone} = {...listed, showstock: 1, details: '<p>说明</p>'};
    const {v2} = platformWith({
      'v2/getallgoodsgroup': groups,
      'v2/getallgoods.html': pageOf([listed]),
      'v2/goodsdetails.html': {code: 1, msg: '', goodsdetails: {...alone, id}},
    });
    const {goods} = await v2.catalogue(patient);
    const [found] = goods;
    assert.deepEqual([found!.code, found!.categoryId, found!.minimum, found!.maximum], ['4584', '196', 2, undefined]);
    assert.deepEqual(found!.offers[0]!.stock, {kind: 'unknown'}, 'a hidden stock is not known');
    const {description, offers} = await v2.good('4584', patient);
    assert.deepEqual([description, 'count' in offers[0]!.stock && offers[0]!.stock.count], ['<p>说明</p>', 7]);
    const quoted = await v2.quote({code: '4584', choices: {}, nested: false}, 2, patient);
    assert.deepEqual(quoted, money('26.03', 'CNY'));
  });
});

test('what can be spent is the money and the credit, and a debt is taken off', async () => {
  const data = {money: '-2257.2900', creditquota: '10000.00'};
  const {v3} = platformWith({'user/info': {code: 1, msg: '', data}});
  assert.deepEqual((await v3.connect(patient)).balance, money('7742.71', 'CNY'));
});

test('the key is in no error and no request', async () => {
  const echo = refusal(401, 'key the-secret-key is wrong');
  const {v3, v2, sent} = platformWith({'user/info': echo, 'index/userinfo': refusal(-1, 'the-secret-key')});
  for (const adapter of [v3, v2]) {
    await assert.rejects(
      adapter.connect(patient),
      error => error instanceof Error && !error.message.includes('the-secret-key'),
    );
  }
  assert.ok(!JSON.stringify(sent).includes('the-secret-key'));
});
