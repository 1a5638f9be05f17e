import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {CardPage} from '../../../src/contract/card.ts';
import type {ProductPage} from '../../../src/contract/product.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import type {Quote} from '../../../src/contract/quote.ts';
import {compare, money, subtract} from '../../../src/domain/money.ts';
import {UpstreamError} from '../../../src/upstreams/port.ts';
import {fakeUpstream, refused, silent} from '../../support/fake-upstream.ts';
import {json, openShop, problem, type TestShop, type TestShopOptions} from '../../support/shop-server.ts';
import {aGood, anOffer, costs} from '../../support/upstream-goods.ts';

const cny = (amount: string) => money(amount, 'CNY');

/** A shop whose only good lets buyers choose among these cards: 10 yuan, 2 more for choosing, 5 more for a lucky one. */
async function shopWithCards(
  {count = 3, ...good}: Parameters<typeof aGood>[0] & {readonly count?: number} = {},
  options: Pick<TestShopOptions, 'listing' | 'others' | 'config'> = {},
) {
  const upstream = fakeUpstream({
    goods: [aGood({cards: {premium: cny('2')}, ...good})],
    capabilities: {pickCard: true},
  });
  upstream.pickable['STEAM50'] = Array.from({length: count}, (_, index) => {
    const id = String(900 - index);
    return index === 0 ? {id, label: '尾号8888', premium: cny('5')} : {id};
  });
  const shop = await openShop({upstream, ...options});
  const {items} = await json<ProductPage>(await shop.fetch('/v1/products'));
  const productId = items[0]!.id;
  const skuId = await shop.skuOf();
  const path = (query = `sku=${skuId}`) => `/v1/products/${productId}/cards?${query}`;
  const cards = async (query?: string) => json<CardPage>(await shop.fetch(path(query)));
  return {shop, upstream, productId, skuId, path, cards};
}

async function order(shop: TestShop, {intent, token}: Quote): Promise<PlacedOrder> {
  const body = {quote: token, contact: 'buyer@example.com'};
  return json<PlacedOrder>(await shop.fetch('/v1/orders', {key: intent!, body}), 201);
}

async function paid(shop: TestShop, quote: Quote): Promise<PlacedOrder> {
  const placed = await order(shop, quote);
  await shop.notify(await shop.openPayment(placed));
  return placed;
}

describe('cards to choose from', () => {
  it('are listed with their price, and with what choosing them adds', async () => {
    const {shop, productId, skuId, cards} = await shopWithCards({count: 2});
    assert.equal((await json<Product>(await shop.fetch(`/v1/products/${productId}`))).cards, true);
    assert.deepEqual(await cards(), {
      total: 2,
      items: [
        {
          skuId: `${skuId}~900`,
          label: '尾号8888',
          choices: {自选卡密: '尾号8888'},
          price: cny('18'),
          premium: cny('6'),
        },
        {
          skuId: `${skuId}~899`,
          label: '编号 899',
          choices: {自选卡密: '编号 899'},
          price: cny('14.4'),
          premium: cny('2.4'),
        },
      ],
    });
  });

  it('are named in the reader’s language, and stand beside the choices of the SKU', async () => {
    const {cards, skuId} = await shopWithCards({
      options: [{name: '区服', values: ['日区']}],
      offers: [anOffer({choices: {区服: '日区'}})],
    });
    const {items} = await cards(`sku=${skuId}&lang=en`);
    assert.deepEqual(items[1]!.choices, {区服: '日区', 'Chosen card': 'No. 899'});
    const {items: taiwan} = await cards(`sku=${skuId}&lang=zh-TW`);
    assert.deepEqual(taiwan[1]!.choices, {区服: '日区', 自選卡密: '編號 899'});
  });

  it('come page by page, each once, however many there are', async () => {
    const {cards, skuId} = await shopWithCards({count: 61});
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await cards(`sku=${skuId}${cursor ? `&cursor=${cursor}` : ''}`);
      assert.equal(page.total, 61);
      seen.push(...page.items.map(item => item.skuId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    assert.equal(new Set(seen).size, 61);
  });

  it('are asked for anew each time and kept by nobody', async () => {
    const {shop, upstream, path, cards} = await shopWithCards();
    assert.equal((await shop.fetch(path())).headers.get('Cache-Control'), 'no-store');
    upstream.pickable['STEAM50'] = [];
    assert.deepEqual(await cards(), {total: 0, items: []});
  });

  it('show a stranger’s words as one short line, and no card whose number is none', async () => {
    const {upstream, cards} = await shopWithCards();
    upstream.pickable['STEAM50'] = [
      {id: '5', label: ` <b>尾号</b>\n\u202e${'8'.repeat(500)}`},
      {id: '../../secret', label: 'x'},
      {id: 'a'.repeat(33)},
    ];
    const {items} = await cards();
    assert.equal(items.length, 1);
    assert.match(items[0]!.label, /^<b>尾号<\/b> 8{70}$/);
  });

  it('are none where the product has none, and where the platform lets nobody choose any more', async () => {
    const plain = await openShop();
    const {items} = await json<ProductPage>(await plain.fetch('/v1/products'));
    const page = await plain.fetch(`/v1/products/${items[0]!.id}/cards?sku=${await plain.skuOf()}`);
    assert.deepEqual(await json<CardPage>(page), {total: 0, items: []});
    assert.equal(plain.upstream.asked('cards').length, 0);
    const {upstream, cards} = await shopWithCards();
    upstream.script({
      cards: async () => {
        throw new UpstreamError('refused', '该商品不支持预选');
      },
    });
    assert.deepEqual(await cards(), {total: 0, items: []});
  });

  it('cannot be told while the platform is silent', async () => {
    const {shop, upstream, path} = await shopWithCards();
    upstream.script({cards: silent});
    await problem(await shop.fetch(path()), 'cards_unavailable');
  });

  it('are refused for what is not there, and for a question that is none', async () => {
    const {shop, path, skuId} = await shopWithCards();
    await problem(await shop.fetch(path('sku=sku_other')), 'product_not_found');
    await problem(await shop.fetch(`/v1/products/prd_none/cards?sku=${skuId}`), 'product_not_found');
    for (const [query, place] of [
      ['', 'sku'],
      [`sku=${'x'.repeat(65)}`, 'sku'],
      [`sku=${skuId}&cursor=next`, 'cursor'],
      [`sku=${skuId}&lang=${'x'.repeat(36)}`, 'lang'],
    ] as const) {
      const {errors} = await problem(await shop.fetch(path(query)), 'validation_failed');
      assert.equal(errors?.[0]?.path, place);
    }
  });
});

describe('a chosen card', () => {
  it('is quoted, ordered and bought at its price: that card, once', async () => {
    const {shop, upstream, skuId} = await shopWithCards();
    const quote = await shop.quote([{skuId: `${skuId}~900`, quantity: 1}]);
    assert.deepEqual(quote.lines[0]!.choices, {自选卡密: '尾号8888'});
    assert.deepEqual([quote.lines[0]!.unitPrice, quote.total], [cny('18'), cny('18')]);
    const placed = await paid(shop, quote);
    const [line] = placed.order.lines;
    assert.deepEqual([line!.skuId, line!.choices, line!.total], [`${skuId}~900`, {自选卡密: '尾号8888'}, cny('18')]);
    await shop.work();
    const requests = upstream.asked('buy').map(([{offer, quantity}]) => ({offer, quantity}));
    assert.deepEqual(requests, [{offer: {code: 'STEAM50', choices: {}, nested: false, cardId: '900'}, quantity: 1}]);
    assert.equal((await shop.order(placed)).state, 'delivered');
  });

  it('is another line than the same SKU with no card, or with another', async () => {
    const {shop, upstream, skuId} = await shopWithCards();
    const quote = await shop.quote([
      {skuId, quantity: 2},
      {skuId: `${skuId}~900`, quantity: 1},
      {skuId: `${skuId}~899`, quantity: 1},
    ]);
    assert.deepEqual(quote.total, cny('56.4'));
    await paid(shop, quote);
    await shop.work();
    const bought = upstream.asked('buy').map(([{offer, quantity}]) => [offer.cardId, quantity]);
    assert.deepEqual(bought, [
      [undefined, 2],
      ['900', 1],
      ['899', 1],
    ]);
  });

  for (const [what, id, quantity, problemCode, available] of [
    ['that is gone', '1', 1, 'card_gone', undefined],
    ['twice', '900', 2, 'above_maximum', 1],
    ['with a number that is none', '9 or 1=1', 1, 'card_gone', undefined],
    ['with no number', '', 1, 'card_gone', undefined],
  ] as const) {
    it(`is not sold ${what}`, async () => {
      const {shop, skuId} = await shopWithCards();
      const {lines, token} = await shop.quote([{skuId: `${skuId}~${id}`, quantity}]);
      assert.deepEqual([lines[0]!.problem, lines[0]!.available, token], [problemCode, available, undefined]);
    });
  }

  it('is not sold in two lines of one cart', async () => {
    const {shop, skuId} = await shopWithCards();
    const line = {skuId: `${skuId}~900`, quantity: 1};
    await problem(await shop.fetch('/v1/quotes', {body: {lines: [line, line]}}), 'validation_failed');
  });

  it('is not sold of a good that lets nobody choose, nor of one that stopped to', async () => {
    const plain = await openShop();
    const quote = await plain.quote([{skuId: `${await plain.skuOf()}~900`, quantity: 1}]);
    assert.equal(quote.lines[0]!.problem, 'card_gone');
    const {shop, upstream, skuId} = await shopWithCards();
    upstream.goods = [aGood()];
    await shop.sync();
    assert.equal((await shop.quote([{skuId: `${skuId}~900`, quantity: 1}])).lines[0]!.problem, 'card_gone');
  });

  it('is not promised while the platform is silent', async () => {
    const {shop, upstream, skuId} = await shopWithCards();
    upstream.script({card: silent});
    assert.equal((await shop.quote([{skuId: `${skuId}~900`, quantity: 1}])).lines[0]!.problem, 'stock_unknown');
  });

  it('A9: sold to somebody else after the payment, it is owed back; nothing is bought in its place', async () => {
    for (const sold of [
      // Before the purchase was sent, and while it was.
      (upstream: TestShop['upstream']) => void (upstream.pickable['STEAM50'] = []),
      (upstream: TestShop['upstream']) => upstream.script({buy: async () => refused('sold_out', '此宝贝已被他人抢走')}),
    ]) {
      const {shop, upstream, skuId} = await shopWithCards();
      const placed = await paid(shop, await shop.quote([{skuId: `${skuId}~900`, quantity: 1}]));
      sold(upstream);
      await shop.work();
      const {state, refundDue, lines} = await shop.order(placed);
      assert.deepEqual([state, refundDue, lines[0]!.status], ['refund_pending', cny('18'), 'failed']);
      assert.ok(upstream.asked('buy').every(([{offer}]) => offer.cardId === '900'));
      assert.deepEqual(upstream.sold, []);
    }
  });

  it('ordered twice by two buyers is bought by one of them', async () => {
    const {shop, upstream, skuId} = await shopWithCards();
    const line = [{skuId: `${skuId}~900`, quantity: 1}];
    const [first, second] = [await shop.quote(line), await shop.quote(line)];
    const {buy} = fakeUpstream();
    upstream.script({
      async buy(request, signal) {
        const isThere = upstream.pickable['STEAM50']!.some(({id}) => id === request.offer.cardId);
        upstream.pickable['STEAM50'] = [];
        return isThere ? buy(request, signal) : refused('sold_out');
      },
    });
    const orders = [await paid(shop, first), await paid(shop, second)];
    await shop.work();
    const states = await Promise.all(orders.map(async placed => (await shop.order(placed)).state));
    assert.deepEqual(states.toSorted(), ['delivered', 'refund_pending']);
  });

  it('fills in its form under its own name', async () => {
    const field = {name: 'account', label: '账号', type: 'text', required: true} as const;
    const {shop, upstream, skuId} = await shopWithCards({fields: [field]});
    const {intent, token} = await shop.quote([{skuId: `${skuId}~900`, quantity: 1}]);
    const body = {quote: token, contact: 'a@example.com'};
    const {errors} = await problem(await shop.fetch('/v1/orders', {key: intent!, body}), 'validation_failed');
    assert.deepEqual(errors, [{path: `fields.${skuId}~900.account`, message: 'required'}]);
    const filled = {...body, fields: {[`${skuId}~900`]: {account: 'me'}}};
    const placed = await json<PlacedOrder>(await shop.fetch('/v1/orders', {key: intent!, body: filled}), 201);
    await shop.notify(await shop.openPayment(placed));
    await shop.work();
    assert.deepEqual(upstream.asked('buy')[0]![0].fields, {account: 'me'});
  });

  it('D5: costs the same wherever its price is told, whatever its premium and the rule', async () => {
    const cents = fc.integer({min: 0, max: 99_999}).map(count => (count / 100).toFixed(2));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          cost: cents,
          general: cents,
          own: fc.option(cents, {nil: undefined}),
          percent: fc.integer({min: 0, max: 80}),
        }),
        async ({cost, general, own, percent}) => {
          const {shop, upstream, skuId, cards} = await shopWithCards(
            {offers: [anOffer({costs: costs([1, cost === '0.00' ? '0.01' : cost])})], cards: {premium: cny(general)}},
            {listing: {price: {markup: {percent: String(percent)}, step: '0.10'}}},
          );
          upstream.pickable['STEAM50'] = [{id: '7', ...(own && own !== '0.00' && {premium: cny(own)})}];
          const [card] = (await cards()).items;
          const quote = await shop.quote([{skuId: card!.skuId, quantity: 1}]);
          const plain = await shop.quote([{skuId, quantity: 1}]);
          assert.deepEqual(quote.total, card!.price);
          assert.deepEqual(subtract(quote.total, plain.total), card!.premium);
          assert.ok(compare(card!.premium, cny('0')) >= 0);
          assert.deepEqual((await order(shop, quote)).order.total, card!.price);
        },
      ),
      {numRuns: 25},
    );
  });

  it('D4: cost what the merchant pinned, and what choosing them adds on top, on the shelf as at the quote and paid', async () => {
    const {shop, upstream, skuId, cards} = await shopWithCards(
      {},
      {listing: {goods: [{code: 'STEAM50', price: '15'}]}},
    );
    const {items} = await cards();
    assert.deepEqual(
      items.map(({price, premium}) => [price.amount, premium.amount]),
      [
        ['20.00', '5.00'],
        ['17.00', '2.00'],
        ['17.00', '2.00'],
      ],
    );
    const lucky = [{skuId: `${skuId}~900`, quantity: 1}];
    const quote = await shop.quote(lucky);
    assert.equal(quote.total.amount, '20.00');
    const placed = await paid(shop, quote);
    await shop.work();
    assert.equal((await shop.order(placed)).state, 'delivered');
    // The cost moves the margin and not the price, and never below nothing.
    upstream.script({quote: async () => cny('19')});
    assert.equal((await shop.quote(lucky)).total.amount, '20.00');
    upstream.script({quote: async () => cny('20.01')});
    assert.equal((await shop.quote(lucky)).lines[0]!.problem, 'not_for_sale');
  });

  /** The cards' good is sold by another source as well, which is cheaper. */
  async function shopWithTwoSources() {
    const other = fakeUpstream({goods: [aGood({code: 'B', offers: [anOffer({costs: costs([1, '9'])})]})]});
    const sources = [
      {connection: 'main', good: 'STEAM50'},
      {connection: 'other', good: 'B'},
    ];
    const config = {listings: [{sources, policy: 'cheapest' as const, splits: true}]};
    return {other, ...(await shopWithCards({}, {others: {other}, config}))};
  }

  it('are bought where they were chosen and nowhere else, though the good has other sources', async () => {
    const {shop, upstream, other, cards} = await shopWithTwoSources();
    const {items} = await cards();
    const placed = await paid(shop, await shop.quote([{skuId: items[0]!.skuId, quantity: 1}]));
    upstream.script({buy: async () => refused('sold_out')});
    await shop.work();
    assert.deepEqual([upstream.asked('buy').length, other.asked('buy').length], [1, 0]);
    assert.equal(upstream.asked('buy')[0]![0].offer.cardId, '900');
    assert.equal((await shop.order(placed)).state, 'refund_pending');
  });

  it('are none when the source that has them no longer offers the good, though another one does', async () => {
    const {shop, upstream, cards, skuId} = await shopWithTwoSources();
    const {items} = await cards();
    upstream.goods = [];
    await shop.sync();
    assert.deepEqual(await cards(), {total: 0, items: []});
    const quote = await shop.quote([{skuId: items[0]!.skuId, quantity: 1}]);
    assert.equal(quote.lines[0]!.problem, 'card_gone');
    assert.equal((await shop.quote([{skuId, quantity: 1}])).lines[0]!.problem, undefined);
  });
});
