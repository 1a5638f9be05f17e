import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Quote} from '../../../src/contract/quote.ts';
import {money} from '../../../src/domain/money.ts';
import {UpstreamError} from '../../../src/upstreams/port.ts';
import {fakeUpstream, silent} from '../../support/fake-upstream.ts';
import {json, openShop, problem, type TestShop} from '../../support/shop-server.ts';
import {aGood, anOffer, costs, counted} from '../../support/upstream-goods.ts';

const shopWith = (...goods: Parameters<typeof aGood>[0][]) =>
  openShop({upstream: fakeUpstream({goods: goods.map(aGood)})});

async function lineOf(shop: TestShop, quantity: number, code?: string) {
  const quote = await shop.quote([{skuId: await shop.skuOf(code), quantity}]);
  return {...quote.lines[0]!, isSold: quote.token !== undefined && quote.intent !== undefined};
}

describe('a quote', () => {
  it('prices the cart, and carries an intent and a token when every line can be bought', async () => {
    const shop = await shopWith({code: 'A'}, {code: 'B', title: 'B', offers: [anOffer({costs: costs([1, '5'])})]});
    const lines = [
      {skuId: await shop.skuOf('A'), quantity: 2},
      {skuId: await shop.skuOf('B'), quantity: 1},
    ];
    const quote = await shop.quote(lines);
    assert.deepEqual(quote.total, money('30', 'CNY'));
    assert.deepEqual(
      quote.lines.map(({unitPrice, total}) => [unitPrice.amount, total.amount]),
      [
        ['12.00', '24.00'],
        ['6.00', '6.00'],
      ],
    );
    assert.match(quote.intent!, /^int_[A-Za-z0-9_-]{22}$/);
    assert.equal(Date.parse(quote.expiresAt), shop.clock.now() + 300_000);
    assert.deepEqual(
      shop.store.writes
        .map(({method}) => method)
        .filter(method => !['putListings', 'saveCatalogueSync', 'saveListing', 'insertConsoleToken'].includes(method)),
      [],
    );
  });

  it('is another one each time, and tells no cost in its token', async () => {
    const shop = await openShop();
    const [first, second] = [await shop.agree(), await shop.agree()];
    assert.notEqual(first.intent, second.intent);
    assert.notEqual(first.token, second.token);
    assert.ok(!Buffer.from(first.token.split('.')[1]!, 'base64url').includes('costCeiling'));
  });

  it('is in the reader’s language', async () => {
    const shop = await openShop({listing: {titles: {en: {STEAM50: 'Steam code'}}}});
    const body = {lines: [{skuId: await shop.skuOf(), quantity: 1}], lang: 'en-US'};
    const quote = await json<Quote>(await shop.fetch('/v1/quotes', {body}));
    assert.equal(quote.lines[0]!.title, 'Steam code');
  });

  it('D1: follows the cost as it is now', async () => {
    const shop = await openShop();
    shop.upstream.script({quote: async (_offer, quantity) => money(String(11 * quantity), 'CNY')});
    const line = await lineOf(shop, 3);
    assert.deepEqual([line.unitPrice.amount, line.total.amount, line.isSold], ['13.20', '39.60', true]);
  });

  it('takes the price that holds for the quantity', async () => {
    const shop = await shopWith({offers: [anOffer({costs: costs([1, '10'], [10, '9'])})]});
    assert.equal((await lineOf(shop, 9)).unitPrice.amount, '12.00');
    assert.equal((await lineOf(shop, 10)).unitPrice.amount, '10.80');
  });

  it('D2: a cost of nothing now is no price', async () => {
    const shop = await openShop();
    shop.upstream.script({quote: async () => money('0', 'CNY')});
    const line = await lineOf(shop, 1);
    assert.deepEqual([line.problem, line.isSold], ['not_for_sale', false]);
  });

  it('D3: is refused when the cost leaves less than the minimum margin', async () => {
    const shop = await openShop({
      listing: {price: {markup: {fixed: '2'}, rounding: 'down', step: '1', minimumMargin: '2'}},
    });
    assert.equal((await lineOf(shop, 1)).isSold, true);
    shop.upstream.script({quote: async () => money('10.5', 'CNY')});
    const line = await lineOf(shop, 1);
    assert.deepEqual([line.problem, line.isSold], ['not_for_sale', false]);
  });

  for (const [what, good, quantity, problemCode, available] of [
    ['sold out', {offers: [anOffer({stock: counted(0)})]}, 1, 'sold_out', 0],
    ['fewer than the minimum in stock', {minimum: 3, offers: [anOffer({stock: counted(2)})]}, 3, 'sold_out', 0],
    ['more than there are', {offers: [anOffer({stock: counted(2)})]}, 3, 'insufficient_stock', 2],
    ['of a stock that nobody knows', {offers: [anOffer({stock: {kind: 'unknown'}})]}, 1, 'stock_unknown', undefined],
    ['below the minimum', {minimum: 2}, 1, 'below_minimum', 2],
    ['above the maximum', {maximum: 5}, 6, 'above_maximum', 5],
  ] as const) {
    it(`of a line ${what} says so and is no promise`, async () => {
      const shop = await shopWith({...good});
      const line = await lineOf(shop, quantity);
      assert.deepEqual([line.problem, line.available, line.isSold], [problemCode, available, false]);
    });
  }

  it('of an unlimited good and of the very last piece is a promise', async () => {
    const shop = await shopWith(
      {code: 'A', offers: [anOffer({stock: {kind: 'unlimited', at: 0}})]},
      {code: 'B', title: 'B', offers: [anOffer({stock: counted(1)})]},
    );
    assert.equal((await lineOf(shop, 10_000, 'A')).isSold, true);
    assert.equal((await lineOf(shop, 1, 'B')).isSold, true);
  });

  it('of a good that nobody knows says so, whatever its name', async () => {
    const shop = await openShop();
    const names = ['sku_absent', '\0', '\ud800', "'; drop table", '__proto__', 'constructor'];
    const quote = await shop.quote(names.map(skuId => ({skuId, quantity: 1})));
    for (const line of quote.lines) assert.equal(line.problem, 'unknown_product');
    assert.equal(quote.token, undefined);
    assert.equal(quote.total.amount, '0.00');
  });

  it('with one line that cannot be bought is no promise for the others', async () => {
    const shop = await openShop();
    const lines = [await shop.skuOf(), 'sku_absent'].map(skuId => ({skuId, quantity: 1}));
    const quote = await shop.quote(lines);
    assert.deepEqual([quote.token, quote.lines[0]!.problem], [undefined, undefined]);
  });

  it('writes down again what a platform says again only when that has become old', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({goods: [aGood({offers: [anOffer({stock: counted(9, 0)})]})]}),
    });
    const skuId = await shop.skuOf();
    const writes = () => shop.store.writes.filter(({method}) => method === 'saveListing').length;
    const quoteLater = async (milliseconds: number) => {
      shop.clock.advance(milliseconds);
      shop.upstream.goods = [aGood({offers: [anOffer({stock: counted(9, shop.clock.now())})]})];
      const before = writes();
      await shop.quote([{skuId, quantity: 1}]);
      return writes() - before;
    };
    assert.deepEqual([await quoteLater(0), await quoteLater(4_999), await quoteLater(1)], [1, 0, 1]);
  });

  it('C1: tells every shelf of the stock it saw', async () => {
    const shop = await openShop();
    const skuId = await shop.skuOf();
    shop.upstream.goods = [aGood({offers: [anOffer({stock: counted(0, shop.clock.now())})]})];
    await shop.quote([{skuId, quantity: 1}]);
    const {items} = await json<{items: {stock: string}[]}>(await shop.fetch('/v1/products'));
    assert.equal(items[0]!.stock, 'sold_out');
  });

  it('C3: of a silent platform promises nothing, and after three silences asks it no more for a while', async () => {
    const shop = await openShop();
    const skuId = await shop.skuOf();
    shop.upstream.script({stock: silent, quote: silent});
    for (let time = 0; time < 5; time++) {
      const quote = await shop.quote([{skuId, quantity: 1}]);
      assert.deepEqual([quote.lines[0]!.problem, quote.token], ['stock_unknown', undefined]);
    }
    const asked = shop.upstream.asked('stock').length + shop.upstream.asked('quote').length;
    assert.ok(asked <= 5, `asked ${asked} times`);
  });

  it('goes on though the platform resells goods whose own platform refuses its key', async () => {
    const resold = ['A', 'B', 'C', 'D'].map(code => ({
      code,
      title: code,
      offers: [anOffer({stock: {kind: 'unknown'}})],
    }));
    const shop = await shopWith({code: 'OWN', title: '自营'});
    const {stock} = fakeUpstream({goods: shop.upstream.goods});
    shop.upstream.script({
      async stock(offer, signal) {
        if (offer.code !== 'OWN') throw new UpstreamError('credentials', 'commodity/stock was refused: 密钥错误');
        return stock(offer, signal);
      },
    });
    shop.upstream.goods = [...shop.upstream.goods, ...resold.map(aGood)];
    await shop.sync();
    assert.equal((await lineOf(shop, 1, 'OWN')).isSold, true);
  });
});

describe('a quote: bad input', () => {
  const skuId = 'sku_1';
  for (const [what, body, path] of [
    ['a quantity of 0', {lines: [{skuId, quantity: 0}]}, 'lines.0.quantity'],
    ['a quantity of −1', {lines: [{skuId, quantity: -1}]}, 'lines.0.quantity'],
    ['a quantity of 1e9', {lines: [{skuId, quantity: 1e9}]}, 'lines.0.quantity'],
    ['a quantity of 1.5', {lines: [{skuId, quantity: 1.5}]}, 'lines.0.quantity'],
    ['a quantity as text', {lines: [{skuId, quantity: '1'}]}, 'lines.0.quantity'],
    ['no quantity', {lines: [{skuId}]}, 'lines.0.quantity'],
    ['an empty SKU', {lines: [{skuId: '', quantity: 1}]}, 'lines.0.skuId'],
    ['no lines', {lines: []}, 'lines'],
    ['51 lines', {lines: Array.from({length: 51}, (_, index) => ({skuId: `s${index}`, quantity: 1}))}, 'lines'],
    [
      'the same SKU twice',
      {
        lines: [
          {skuId, quantity: 1},
          {skuId, quantity: 2},
        ],
      },
      'lines',
    ],
    ['a list', [], 'lines'],
    ['null', null, ''],
  ] as const) {
    it(`${what} is refused, with the place`, async () => {
      const shop = await openShop();
      const written = shop.store.writes.length;
      const {errors} = await problem(await shop.fetch('/v1/quotes', {body}), 'validation_failed');
      assert.equal(errors?.[0]?.path, path);
      assert.equal(shop.store.writes.length, written);
    });
  }

  it('B6: a price that the page sends is not looked at', async () => {
    const shop = await openShop();
    const line = {skuId: await shop.skuOf(), quantity: 1, unitPrice: {currency: 'CNY', amount: '0.01'}};
    assert.equal((await shop.quote([line])).total.amount, '12.00');
  });
});
