import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Category, ProductPage} from '../../../src/contract/product.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import type {Shop} from '../../../src/contract/shop.ts';
import {money} from '../../../src/domain/money.ts';
import {fakeUpstream, silent} from '../../support/fake-upstream.ts';
import {json, openShop, problem, type TestShop} from '../../support/shop-server.ts';
import {aGood, anOffer, costs, counted} from '../../support/upstream-goods.ts';

const codes = ['A', 'B', 'C', 'D', 'E'];

const openFull = () =>
  openShop({
    listing: {
      titles: {en: {A: 'Alpha'}},
      categoryNames: {en: {游戏: 'Games', 软件: 'Software'}},
    },
    upstream: fakeUpstream({
      goods: codes.map((code, index) =>
        aGood({
          code,
          title: `商品 ${code}`,
          categoryId: {A: 'games', E: 'software'}[code] ?? 'steam',
          offers: [anOffer({costs: costs([1, String(10 - index)]), stock: counted(index * 2)})],
        }),
      ),
    }),
  });

const page = async (shop: TestShop, query: string) => json<ProductPage>(await shop.fetch(`/v1/products${query}`));
const titles = ({items}: ProductPage) => items.map(({title}) => title);
const productPath = async (shop: TestShop) => `/v1/products/${(await page(shop, '')).items[0]!.id}`;

describe('the shop', () => {
  it('names itself and its payment methods in the reader’s language', async () => {
    const shop = await openShop();
    assert.deepEqual(await json<Shop>(await shop.fetch('/v1/shop?lang=en-GB')), {
      name: '卡铺',
      currency: 'CNY',
      locales: ['zh-CN', 'en'],
      notices: ['欢迎'],
      paymentMethods: [
        {id: 'fakepay-page', kind: 'redirect', label: 'Payment page'},
        {id: 'fakepay-qr', kind: 'qr', label: 'QR code'},
        {id: 'otherpay-page', kind: 'redirect', label: 'Payment page'},
        {id: 'otherpay-qr', kind: 'qr', label: 'QR code'},
      ],
    });
    const other = await json<Shop>(await shop.fetch('/v1/shop?lang=fr'));
    assert.equal(other.paymentMethods[0]!.label, '网页支付');
  });

  for (const path of ['/v1/shop', '/v1/categories', '/v1/products']) {
    it(`${path} answers 304 to whoever has it already`, async () => {
      const shop = await openFull();
      const etag = (await shop.fetch(path)).headers.get('ETag')!;
      for (const asked of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const again = await shop.fetch(path, {headers: {'If-None-Match': asked}});
        assert.deepEqual([again.status, await again.text(), again.headers.get('ETag')], [304, '', etag]);
      }
      assert.equal((await shop.fetch(path, {headers: {'If-None-Match': '"other"'}})).status, 200);
    });

    it(`${path} refuses a language of 36 characters`, async () => {
      const shop = await openShop();
      const {errors} = await problem(await shop.fetch(`${path}?lang=${'x'.repeat(36)}`), 'validation_failed');
      assert.equal(errors?.[0]?.path, 'lang');
    });
  }
});

describe('categories', () => {
  it('hold something for sale, and are named in the reader’s language', async () => {
    const shop = await openFull();
    const {items} = await json<{items: Category[]}>(await shop.fetch('/v1/categories?lang=en'));
    const named = items.map(({name, productCount}) => [name, productCount]);
    assert.deepEqual(named, [
      ['Games', 4],
      ['Steam', 3],
      ['Software', 1],
    ]);
    assert.equal(items[1]!.parentId, items[0]!.id);
  });

  it('name no parent that is not among them', async () => {
    const shop = await openShop();
    const {items} = await json<{items: Category[]}>(await shop.fetch('/v1/categories'));
    assert.deepEqual(
      items.map(({name, parentId}) => [name, parentId]),
      [['Steam', undefined]],
    );
  });

  it('may stand in a loop on their platform', async () => {
    const shop = await openShop();
    shop.upstream.script({
      catalogue: async () => ({
        categories: [
          {id: 'games', name: '游戏', parentId: 'steam'},
          {id: 'steam', name: 'Steam', parentId: 'games'},
        ],
        goods: [aGood({code: 'A', categoryId: 'games'}), aGood({code: 'B'})],
        rejected: [],
      }),
    });
    await shop.sync();
    const {items} = await json<{items: Category[]}>(await shop.fetch('/v1/categories'));
    assert.deepEqual(
      items.map(({name, productCount}) => [name, productCount]),
      [
        ['游戏', 2],
        ['Steam', 2],
      ],
    );
  });
});

describe('products', () => {
  it('come in the shop’s order, by price or by title', async () => {
    const shop = await openFull();
    for (const [sort, expected] of [
      // The categories take turns: A, B and E are the first of theirs.
      ['featured', 'ABECD'],
      ['price_ascending', 'EDCBA'],
      ['price_descending', 'ABCDE'],
      ['title', 'ABCDE'],
    ] as const) {
      assert.deepEqual(
        titles(await page(shop, `?sort=${sort}`)),
        [...expected].map(code => `商品 ${code}`),
      );
    }
  });

  it('come in pages that together are the whole', async () => {
    const shop = await openFull();
    const seen: string[] = [];
    for (let cursor: string | undefined, next = '?limit=2'; next !== '';) {
      const part = await page(shop, next);
      assert.equal(part.total, 5);
      seen.push(...titles(part));
      cursor = part.nextCursor;
      next = cursor === undefined ? '' : `?limit=2&cursor=${cursor}`;
    }
    assert.deepEqual(
      seen,
      [...'ABECD'].map(code => `商品 ${code}`),
    );
  });

  it('are found by a part of a title in any language, and by category with everything below it', async () => {
    const shop = await openFull();
    assert.deepEqual(titles(await page(shop, `?q=${encodeURIComponent(' 品 c ')}`)), ['商品 C']);
    assert.deepEqual(titles(await page(shop, '?q=alph&lang=en')), ['Alpha']);
    assert.deepEqual(titles(await page(shop, '?q=%25')), []);
    const {items} = await json<{items: Category[]}>(await shop.fetch('/v1/categories'));
    const games = items.find(({name}) => name === '游戏')!;
    assert.equal((await page(shop, `?category=${games.id}`)).total, 4);
  });

  it('are found by pinyin and by initials', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({goods: [aGood({title: '王者荣耀 点券'}), aGood({code: 'B'})]}),
    });
    for (const q of ['wzry', 'wangzhe', 'WangZhe', 'dianquan', '点券 wz', 'rongyaodq']) {
      assert.deepEqual(titles(await page(shop, `?q=${encodeURIComponent(q)}`)), ['王者荣耀 点券'], q);
    }
    assert.equal((await page(shop, '?q=herong')).total, 0);
  });

  it('are filtered by price, stock and delivery; the first page says what each filter would leave', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({
        goods: codes.map((code, index) =>
          aGood({
            code,
            title: code,
            delivery: index < 2 ? 'manual' : 'automatic',
            offers: [anOffer({costs: costs([1, String(10 * (index + 1))]), stock: counted(index % 2)})],
          }),
        ),
      }),
    });
    const filtered = async (query: string) => titles(await page(shop, `?sort=title&${query}`)).join('');
    assert.equal(await filtered('minPrice=24&maxPrice=48.00'), 'BCD');
    assert.equal(await filtered('inStock=true'), 'BD');
    assert.equal(await filtered('delivery=manual'), 'AB');
    assert.equal(await filtered('delivery=manual&inStock=true&maxPrice=24'), 'B');
    const first = await page(shop, '?inStock=true&limit=1');
    assert.deepEqual(first.facets, {
      inStock: 2,
      delivery: {automatic: 1, manual: 1},
      price: {lowest: money('24', 'CNY'), highest: money('48', 'CNY')},
    });
    assert.equal((await page(shop, `?inStock=true&limit=1&cursor=${first.nextCursor!}`)).facets, undefined);
  });

  it('say a level of stock and never a figure, a cost or a platform', async () => {
    const shop = await openFull();
    const listed = await page(shop, '');
    assert.deepEqual(
      listed.items.map(({stock}) => stock),
      ['sold_out', 'low', 'in_stock', 'low', 'in_stock'],
    );
    const {id} = listed.items[0]!;
    const text = await (await shop.fetch(`/v1/products/${id}`)).text();
    for (const secret of ['cost', 'connection', 'goodCode', 'count', '"main"', 'offer']) {
      assert.ok(!text.includes(secret), `the product says "${secret}"`);
    }
  });

  for (const [query, path] of [
    ['sort=cheapest', 'sort'],
    ['minPrice=-1', 'minPrice'],
    ['minPrice=', 'minPrice'],
    ['maxPrice=1e3', 'maxPrice'],
    ['maxPrice=1.00000', 'maxPrice'],
    ['inStock=', 'inStock'],
    ['inStock=false', 'inStock'],
    ['delivery=drone', 'delivery'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=', 'limit'],
    ['limit=many', 'limit'],
    [`q=${'x'.repeat(101)}`, 'q'],
    [`category=${'x'.repeat(65)}`, 'category'],
    ['cursor=99999999999999', 'cursor'],
    ['cursor=o-1', 'cursor'],
    ['cursor=o1%3Bdrop%20table', 'cursor'],
    [`cursor=${'9'.repeat(201)}`, 'cursor'],
  ] as const) {
    it(`refuse ?${query.slice(0, 30)}`, async () => {
      const shop = await openShop();
      const {errors} = await problem(await shop.fetch(`/v1/products?${query}`), 'validation_failed');
      assert.equal(errors?.[0]?.path, path);
    });
  }

  it('after the last page are none', async () => {
    const shop = await openShop();
    assert.deepEqual(await page(shop, '?cursor=o999999999'), {items: [], total: 1});
  });

  it('of a category by a name that no database can hold are none', async () => {
    const shop = await openShop();
    const {items, total} = await page(shop, '?category=%00');
    assert.deepEqual([items, total], [[], 0]);
    assert.equal((await page(shop, '?q=%00')).total, 1);
  });
});

describe('a product', () => {
  it('has its SKUs with prices, its fields, and its description without markup', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({
        goods: [
          aGood({
            fields: [{name: 'account', label: '账号', type: 'text', required: true, pattern: '^.{3,}$'}],
            options: [{name: '面值', values: ['50', '100']}],
            offers: [
              anOffer({choices: {面值: '50'}, costs: costs([1, '10'], [10, '9.5'])}),
              anOffer({choices: {面值: '100'}, costs: costs([1, '20']), stock: counted(0)}),
            ],
          }),
        ],
      }),
    });
    const product = await json<Product>(await shop.fetch(await productPath(shop)));
    assert.deepEqual(product.description, [{kind: 'paragraph', spans: [{text: '充值码\n自动发货'}]}]);
    assert.equal(product.categoryName, 'Steam');
    assert.deepEqual(
      product.skus.map(({choices, prices, stock}) => ({choices, prices, stock})),
      [
        {
          choices: {面值: '50'},
          prices: [
            {from: 1, price: money('12', 'CNY')},
            {from: 10, price: money('11.4', 'CNY')},
          ],
          stock: 'in_stock',
        },
        {choices: {面值: '100'}, prices: [{from: 1, price: money('24', 'CNY')}], stock: 'sold_out'},
      ],
    );
    assert.deepEqual(product.fields, [
      {name: 'account', label: '账号', type: 'text', required: true, pattern: '^.{3,}$'},
    ]);
    const [summary] = (await page(shop, '')).items;
    assert.deepEqual([summary!.skuId, summary!.priceVaries], [undefined, true]);
  });

  it('answers 304 to whoever has it already', async () => {
    const shop = await openShop();
    const path = await productPath(shop);
    const etag = (await shop.fetch(path)).headers.get('ETag')!;
    assert.equal((await shop.fetch(path, {headers: {'If-None-Match': etag}})).status, 304);
  });

  it('C1: has its stock asked for again when it is old, once for everybody who waits', async () => {
    const shop = await openShop();
    const path = await productPath(shop);
    shop.upstream.goods = [aGood({offers: [anOffer({stock: counted(0, shop.clock.now())})]})];
    const answers = await Promise.all([shop.fetch(path), shop.fetch(path), shop.fetch(path)]);
    for (const answer of answers) assert.equal((await json<Product>(answer)).skus[0]!.stock, 'sold_out');
    assert.equal(shop.upstream.asked('stock').length, 1);
    assert.equal((await page(shop, '')).items[0]!.stock, 'sold_out');
  });

  it('says when the stock of each SKU was last told, and of which it never was', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({
        goods: [
          aGood({
            options: [{name: '面值', values: ['50', '100']}],
            offers: [
              anOffer({choices: {面值: '50'}, stock: counted(3, Date.UTC(2026, 0, 2))}),
              anOffer({choices: {面值: '100'}, stock: {kind: 'unknown'}}),
            ],
          }),
        ],
      }),
    });
    shop.upstream.script({stock: silent});
    const {skus} = await json<Product>(await shop.fetch(await productPath(shop)));
    assert.deepEqual(
      skus.map(({stock, checkedAt}) => [stock, checkedAt]),
      [
        ['low', '2026-01-02T00:00:00.000Z'],
        ['unknown', undefined],
      ],
    );
  });

  it('has its notice apart from its description, and the tags of its platform as no more than that', async () => {
    const description = '<p>好货</p><p>【购买须知】</p><ol><li>不支持<b>退换</b></li></ol>';
    const goods = [aGood({description, tags: ['热卖', '官方直供']})];
    const shop = await openShop({upstream: fakeUpstream({goods})});
    const product = await json<Product>(await shop.fetch(await productPath(shop)));
    assert.deepEqual(product.description, [{kind: 'paragraph', spans: [{text: '好货'}]}]);
    assert.deepEqual(product.notice, [
      {kind: 'list', ordered: true, items: [[{text: '不支持'}, {text: '退换', strong: true}]]},
    ]);
    assert.deepEqual(product.badges, [{text: '热卖', evidence: 'platform'}]);
  });

  it('C3: is shown as it was when the platform is silent', async () => {
    const shop = await openShop();
    shop.upstream.script({stock: silent});
    const product = await json<Product>(await shop.fetch(await productPath(shop)));
    assert.equal(product.skus[0]!.stock, 'in_stock');
  });

  for (const id of ['prd_absent', '%00', '..', '%F0%9F', "'--", 'x'.repeat(64)]) {
    it(`"${id.slice(0, 12)}" is not for sale`, async () => {
      const shop = await openShop();
      const answer = await shop.fetch(`/v1/products/a${id}`);
      await problem(answer, 'product_not_found');
      await problem(await shop.fetch(`/v1/products/a${id}/cover`), 'cover_not_found');
      await problem(await shop.fetch(`/v1/products/a${id}/pictures/0`), 'cover_not_found');
    });
  }

  it('that its platform no longer offers is not for sale', async () => {
    const shop = await openShop();
    const path = await productPath(shop);
    shop.upstream.goods = [];
    await shop.sync();
    await problem(await shop.fetch(path), 'product_not_found');
  });
});

describe('a cover', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const openWithCover = async (mediaType: string) => {
    const cover = 'https://platform.example/cover.png';
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({cover})]})});
    shop.upstream.script({picture: async () => ({mediaType, bytes})});
    const [item] = (await page(shop, '')).items;
    return {shop, path: item!.cover!};
  };

  it('is handed on by the shop, may do nothing in a browser, and is fetched once', async () => {
    const {shop, path} = await openWithCover('image/PNG; charset=x');
    const answer = await shop.fetch(path);
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), bytes);
    assert.equal(answer.headers.get('Content-Type'), 'image/png');
    assert.equal(answer.headers.get('X-Content-Type-Options'), 'nosniff');
    assert.match(answer.headers.get('Content-Security-Policy')!, /^default-src 'none';.* sandbox$/);
    const etag = answer.headers.get('ETag')!;
    assert.equal((await shop.fetch(path, {headers: {'If-None-Match': etag}})).status, 304);
    assert.equal(shop.upstream.asked('picture').length, 1);
  });

  for (const mediaType of ['text/html', 'image/x-icon', '']) {
    it(`that comes as "${mediaType}" is none`, async () => {
      const {shop, path} = await openWithCover(mediaType);
      await problem(await shop.fetch(path), 'cover_not_found');
    });
  }
});

describe('the pictures of a description', () => {
  const cover = 'https://platform.example/a.png';
  const description = '<img src="/a.png"><p>一<img src="/b.png">二<img src="https://elsewhere.example/c.png"></p>';
  const openWithPictures = async () => {
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({cover, description})]})});
    shop.upstream.script({picture: async url => ({mediaType: 'image/png', bytes: new TextEncoder().encode(url)})});
    return {shop, path: await productPath(shop)};
  };

  it('are the shop’s own addresses, without the cover once more', async () => {
    const {shop, path} = await openWithPictures();
    const {pictures} = await json<Product>(await shop.fetch(path));
    assert.equal(pictures.length, 2);
    assert.ok(pictures.every((picture, position) => picture.startsWith(`${path}/pictures/${position}?v=`)));
    const answers = await Promise.all(pictures.map(async picture => (await shop.fetch(picture)).text()));
    assert.deepEqual(answers, ['/b.png', 'https://elsewhere.example/c.png']);
  });

  it('may do nothing in a browser, and are not sent again to whoever has them', async () => {
    const {shop, path} = await openWithPictures();
    const answer = await shop.fetch(`${path}/pictures/0`);
    assert.match(answer.headers.get('Content-Security-Policy')!, /^default-src 'none';.* sandbox$/);
    const etag = answer.headers.get('ETag')!;
    assert.equal((await shop.fetch(`${path}/pictures/0`, {headers: {'If-None-Match': etag}})).status, 304);
  });

  for (const position of ['2', '99', '00x', '-1', '1e1', '100']) {
    it(`number ${position} is not there`, async () => {
      const {shop, path} = await openWithPictures();
      assert.equal((await shop.fetch(`${path}/pictures/${position}`)).status, 404);
      assert.equal(shop.upstream.asked('picture').length, 0);
    });
  }
});

describe('listing', () => {
  it('D2: a cost that went missing takes the good off the shelf and never becomes a price', async () => {
    const shop = await openShop();
    const skuId = await shop.skuOf();
    shop.upstream.goods = [aGood({offers: [anOffer({costs: costs([1, '0'])})]})];
    await shop.sync();
    assert.equal((await page(shop, '')).total, 0);
    const {lines} = await shop.quote([{skuId, quantity: 1}]);
    assert.deepEqual([lines[0]!.problem, lines[0]!.unitPrice.amount], ['not_for_sale', '12.00']);
    assert.ok(shop.log.entries.some(({event, facts}) => event === 'good left out' && facts['code'] === 'STEAM50'));
  });

  it('a cost in another currency than the shop’s is no price here', async () => {
    const dollars = aGood({offers: [anOffer({costs: [{from: 1, price: money('10', 'USD')}]})]});
    const shop = await openShop({upstream: fakeUpstream({goods: [dollars]})});
    assert.equal((await page(shop, '')).total, 0);
    assert.ok(shop.log.entries.some(({facts}) => /USD.*CNY/.test(String(facts['reason']))));
  });

  it('C5: a code that stands twice is listed once, and the other one is reported', async () => {
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood(), aGood({title: '重复'})]})});
    assert.equal((await page(shop, '')).total, 1);
    assert.ok(shop.log.entries.some(({facts}) => /second time/.test(String(facts['reason']))));
  });

  it('takes the rule’s categories with everything below them, without what it excludes', async () => {
    const goods = [
      aGood({code: 'A', title: 'A', categoryId: 'steam'}),
      aGood({code: 'B', title: 'B', categoryId: 'software'}),
      aGood({code: 'C', title: 'C', categoryId: 'games'}),
    ];
    const shop = await openShop({
      upstream: fakeUpstream({goods}),
      listing: {categories: ['游戏'], exclude: ['C']},
    });
    assert.deepEqual(titles(await page(shop, '')), ['A']);
  });

  it('D1: the same catalogue gives the same ids and prices, and nothing is written', async () => {
    const shop = await openShop();
    const [before] = (await page(shop, '')).items;
    const version = await shop.store.catalogueVersion();
    const listing = await shop.store.listing(before!.id);
    shop.clock.advance(60_000);
    await shop.sync();
    const [after] = (await page(shop, '')).items;
    assert.deepEqual(after, {...before, checkedAt: new Date(shop.clock.now()).toISOString()});
    assert.equal(await shop.store.catalogueVersion(), version);
    assert.deepEqual(await shop.store.listing(before!.id), listing);
  });

  it('a platform that does not answer leaves the shelves as they are', async () => {
    const shop = await openShop();
    shop.upstream.script({catalogue: silent});
    await shop.sync();
    assert.equal((await page(shop, '')).total, 1);
    assert.ok(shop.log.events('warn').includes('catalogue could not be read'));
  });
});
