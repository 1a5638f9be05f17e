import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Quote} from '../../../src/contract/quote.ts';
import {money} from '../../../src/domain/money.ts';
import type {ShopConfig} from '../../../src/server/config/config.ts';
import {delivered, fakeUpstream} from '../../support/fake-upstream.ts';
import {json, openShop, problem, type TestShop} from '../../support/shop-server.ts';
import {aGood, anOffer, costs} from '../../support/upstream-goods.ts';

type CouponConfig = NonNullable<ShopConfig['coupons']>[number];

const contact = 'buyer@example.com';

/** A shop with, among others, a game card for 12.00 in `Steam`, below `游戏`, and a licence for 6.00 in `软件`. */
const shopWith = (coupon: Partial<CouponConfig> = {}) =>
  openShop({
    upstream: fakeUpstream({
      goods: [
        aGood({code: 'CONSOLE', title: 'console', categoryId: 'games'}),
        aGood({code: 'CARD', title: 'card'}),
        aGood({code: 'LICENCE', title: 'licence', categoryId: 'software', offers: [anOffer({costs: costs([1, '5'])})]}),
      ],
    }),
    config: {coupons: [{code: 'Spring-10', discount: {percent: '10'}, ...coupon}]},
  });

async function cartOf(shop: TestShop) {
  return [
    {skuId: await shop.skuOf('CARD'), quantity: 1},
    {skuId: await shop.skuOf('LICENCE'), quantity: 1},
  ];
}

async function place(shop: TestShop, coupon: string, buyer = contact, quantity = 1) {
  const {intent, token} = await shop.agree(quantity, 'CARD', coupon);
  return shop.fetch('/v1/orders', {key: intent, body: {quote: token, contact: buyer}});
}

const placed = async (shop: TestShop, coupon: string, buyer?: string, quantity?: number) =>
  json<PlacedOrder>(await place(shop, coupon, buyer, quantity), 201);

describe('a coupon on goods that may not be sold for less', () => {
  /** A card for 12.00 whose platform demands so much for a piece, and one for 6.00 of a platform that does not care. */
  const flooredShop = (floor: string, coupon: Partial<CouponConfig>) =>
    openShop({
      upstream: fakeUpstream({
        goods: [
          aGood({code: 'CARD', title: 'card', offers: [anOffer({resaleFloor: money(floor, 'CNY')})]}),
          aGood({code: 'LICENCE', title: 'licence', offers: [anOffer({costs: costs([1, '5'])})]}),
        ],
      }),
      config: {coupons: [{code: 'SPRING-10', discount: {percent: '10'}, ...coupon}]},
    });
  const discounts = ({lines}: Quote) => lines.map(({discount}) => discount?.amount);

  it('takes off what is permitted, more of the other goods, and says when it is less than it is worth', async () => {
    for (const [floor, off, saves, limited] of [
      ['10.80', ['1.20', '0.60'], '1.80', undefined],
      ['11.0001', ['0.99', '0.81'], '1.80', undefined],
      ['12', [undefined, '1.80'], '1.80', undefined],
    ] as const) {
      const shop = await flooredShop(floor, {});
      const quote = await shop.quote(await cartOf(shop), 'SPRING-10');
      assert.deepEqual([discounts(quote), quote.coupon?.saves?.amount, quote.coupon?.limited], [off, saves, limited]);
    }
    const shop = await flooredShop('11', {discount: {fixed: '9'}});
    const quote = await shop.quote(await cartOf(shop), 'SPRING-10');
    assert.deepEqual(quote.coupon, {code: 'SPRING-10', saves: money('7', 'CNY'), limited: true});
    assert.deepEqual([discounts(quote), quote.total.amount], [['1.00', '6.00'], '11.00']);
  });

  it('that permit nothing says so, and keeps nobody from buying', async () => {
    const shop = await flooredShop('12', {});
    const {coupon, total} = await shop.agree(2, 'CARD', 'SPRING-10');
    assert.deepEqual([coupon, total.amount], [{code: 'SPRING-10', problem: 'below_platform_price'}, '24.00']);
  });

  it('is bought for no less than is demanded by then: what was promised at a lower price is asked for anew', async () => {
    const shop = await flooredShop('10', {});
    const {intent, token} = await shop.agree(1, 'CARD', 'SPRING-10');
    shop.upstream.goods = [
      aGood({code: 'CARD', title: 'card', offers: [anOffer({resaleFloor: money('10.81', 'CNY')})]}),
    ];
    await shop.sync();
    const answer = await shop.fetch('/v1/orders', {key: intent, body: {quote: token, contact}});
    await problem(answer, 'quote_expired');
  });
});

describe('a coupon in a quote', () => {
  it('is taken off, in all and by line, and is told in the form it is compared in', async () => {
    const shop = await shopWith();
    const quote = await shop.quote(await cartOf(shop), ' spring-10');
    assert.deepEqual(quote.coupon, {code: 'SPRING-10', saves: {currency: 'CNY', amount: '1.80'}});
    assert.deepEqual(
      quote.lines.map(({total, discount}) => [total.amount, discount?.amount]),
      [
        ['12.00', '1.20'],
        ['6.00', '0.60'],
      ],
    );
    assert.equal(quote.total.amount, '16.20');
  });

  for (const [what, categories, discounts] of [
    ['a category and all below it', {categories: ['游戏']}, ['1.20', undefined]],
    ['a product by its code', {products: ['LICENCE']}, [undefined, '0.60']],
    ['either', {categories: ['steam'], products: ['LICENCE']}, ['1.20', '0.60']],
  ] as const) {
    it(`is for the goods it names: ${what}`, async () => {
      const shop = await shopWith(JSON.parse(JSON.stringify(categories)) as Partial<CouponConfig>);
      const {lines} = await shop.quote(await cartOf(shop), 'SPRING-10');
      assert.deepEqual(
        lines.map(({discount}) => discount?.amount),
        discounts,
      );
    });
  }

  for (const [problem, rule, code] of [
    ['unknown', {}, 'OTHER'],
    ['unknown', {from: '2999-01-01T00:00:00Z'}, 'SPRING-10'],
    ['expired', {until: '2000-01-01T00:00:00Z'}, 'SPRING-10'],
    ['minimum_not_reached', {minimum: '18.01'}, 'SPRING-10'],
    ['not_for_these_goods', {products: ['ANOTHER']}, 'SPRING-10'],
  ] as const) {
    it(`that is no good (${problem}) says so and keeps nobody from buying`, async () => {
      const shop = await shopWith(JSON.parse(JSON.stringify(rule)) as Partial<CouponConfig>);
      const quote = await shop.quote(await cartOf(shop), code);
      assert.equal(quote.coupon?.problem, problem);
      assert.equal(quote.coupon.saves, undefined);
      assert.equal(quote.coupon.minimum?.amount, problem === 'minimum_not_reached' ? '18.01' : undefined);
      assert.equal(quote.total.amount, '18.00');
      const call = {key: quote.intent!, body: {quote: quote.token, contact}};
      const {order} = await json<PlacedOrder>(await shop.fetch('/v1/orders', call), 201);
      assert.deepEqual([order.total.amount, order.coupon], ['18.00', undefined]);
    });
  }

  it('is for what can be bought only', async () => {
    const shop = await shopWith();
    const [card] = await cartOf(shop);
    const quote = await shop.quote([card!, {skuId: 'sku_absent', quantity: 1}], 'SPRING-10');
    assert.deepEqual([quote.coupon?.saves?.amount, quote.token], ['1.20', undefined]);
  });

  it('is told of by the shop only where there are any', async () => {
    const told = async (shop: TestShop) => (await json<{coupons?: boolean}>(await shop.fetch('/v1/shop'))).coupons;
    assert.equal(await told(await shopWith()), true);
    assert.equal(await told(await openShop()), undefined);
  });

  it('is a text of some length', async () => {
    const shop = await shopWith();
    const lines = await cartOf(shop);
    for (const coupon of ['', 'x'.repeat(41), 1]) {
      await problem(await shop.fetch('/v1/quotes', {body: {lines, coupon}}), 'validation_failed');
    }
  });
});

describe('a coupon in an order', () => {
  it('is what was quoted, is paid without it, and stands in the order', async () => {
    const shop = await shopWith();
    const answer = await placed(shop, 'SPRING-10', contact, 2);
    const {order} = answer;
    assert.deepEqual(order.coupon, {code: 'SPRING-10', saves: {currency: 'CNY', amount: '2.40'}});
    assert.deepEqual(
      [order.total.amount, order.lines[0]!.total.amount, order.lines[0]!.discount?.amount],
      ['21.60', '24.00', '2.40'],
    );
    const payment = await shop.openPayment(answer);
    assert.equal(payment.amount.amount, '21.60');
  });

  it('leaves what the goods may cost as it was', async () => {
    const shop = await shopWith({discount: {percent: '90'}});
    const answer = await placed(shop, 'SPRING-10');
    await shop.notify(await shop.openPayment(answer));
    await shop.work();
    assert.equal((await shop.order(answer)).state, 'delivered');
  });

  it('is used as often as it may be: whoever comes too late has placed no order, and may without it', async () => {
    const shop = await shopWith({uses: 1});
    const [first, late] = [await shop.agree(1, 'CARD', 'SPRING-10'), await shop.agree(1, 'CARD', 'SPRING-10')];
    const send = ({intent, token}: {intent: string; token: string}) =>
      shop.fetch('/v1/orders', {key: intent, body: {quote: token, contact}});
    const {order} = await json<PlacedOrder>(await send(first), 201);
    assert.equal((await json<PlacedOrder>(await send(first), 201)).order.id, order.id);
    await problem(await send(late), 'coupon_used_up');
    assert.equal(await shop.store.intent(late.intent), undefined);
    const quote = await shop.agree(1, 'CARD', 'SPRING-10');
    assert.deepEqual([quote.coupon?.problem, quote.total.amount], ['used_up', '12.00']);
    assert.equal((await json<PlacedOrder>(await send(quote), 201)).order.total.amount, '12.00');
  });

  it('is used by one contact as often as that may, however it is written', async () => {
    const shop = await shopWith({usesPerContact: 1});
    await placed(shop, 'SPRING-10', 'Buyer@Example.com');
    await problem(await place(shop, 'SPRING-10', ' buyer@example.com'), 'coupon_used_up');
    await placed(shop, 'SPRING-10', 'other@example.com');
  });

  it('is free again when the order runs out unpaid, and counts again when it is paid after all', async () => {
    const shop = await shopWith({uses: 1});
    const answer = await placed(shop, 'SPRING-10');
    const payment = await shop.openPayment(answer);
    await shop.work(16 * 60_000);
    assert.equal((await shop.order(answer)).state, 'expired');
    assert.equal(await shop.store.couponUses('SPRING-10'), 0);
    const second = await placed(shop, 'SPRING-10');
    assert.equal(second.order.total.amount, '10.80');
    await shop.notify(payment);
    assert.equal((await shop.order(answer)).state, 'paid');
    assert.equal(await shop.store.couponUses('SPRING-10'), 2);
  });

  it('that the shop has taken back since is a quote that is no longer valid', async () => {
    const shop = await shopWith();
    const {intent, token} = await shop.agree(1, 'CARD', 'SPRING-10');
    shop.ports.config.coupons.length = 0;
    await problem(await shop.fetch('/v1/orders', {key: intent, body: {quote: token, contact}}), 'quote_expired');
  });

  it('that the shop has taken back since keeps no repeat from its order, wherever the claim is refused', async () => {
    const shop = await shopWith();
    const {intent, token} = await shop.agree(1, 'CARD', 'SPRING-10');
    const call = {key: intent, body: {quote: token, contact}};
    const {order} = await json<PlacedOrder>(await shop.fetch('/v1/orders', call), 201);
    shop.ports.config.coupons.length = 0;
    const {transaction} = shop.store;
    // As a database that says it with the commit, which this transaction does not come to.
    shop.store.transaction = work =>
      transaction(tx => work({...tx, claimIntent: record => tx.claimIntent(record).catch(() => {})}));
    assert.equal((await json<PlacedOrder>(await shop.fetch('/v1/orders', call), 201)).order.id, order.id);
  });

  it('may make an order cost nothing: it is delivered without a payment, and once', async () => {
    const shop = await shopWith({discount: {fixed: '50'}});
    const {intent, token} = await shop.agree(2, 'CARD', 'SPRING-10');
    const call = {key: intent, body: {quote: token, contact}};
    const answer = await json<PlacedOrder>(await shop.fetch('/v1/orders', call), 201);
    assert.deepEqual([answer.order.total.amount, answer.order.state], ['0.00', 'paid']);
    await shop.fetch('/v1/orders', call);
    await shop.work();
    const order = await shop.order(answer);
    assert.deepEqual([order.state, order.keysReady, shop.upstream.asked('buy').length], ['delivered', 2, 1]);
    const pay = {token: answer.token, key: 'payment-key-0001', body: {method: 'fakepay-page'}};
    await problem(await shop.fetch(`/v1/orders/${order.id}/payments`, pay), 'payment_not_possible');
  });

  it('is not paid back: what did not come is owed at what the buyer paid for it, to the cent', async () => {
    const shop = await shopWith({discount: {fixed: '1'}});
    shop.upstream.script({buy: async () => delivered('AAAA-1111\nBBBB-2222')});
    const answer = await placed(shop, 'SPRING-10', contact, 3);
    await shop.notify(await shop.openPayment(answer));
    await shop.work();
    const order = await shop.order(answer);
    assert.deepEqual([order.total.amount, order.state, order.refundDue.amount], ['35.00', 'refund_pending', '11.66']);
  });
});

describe('guessing codes', () => {
  const lines = async (shop: TestShop) => [{skuId: await shop.skuOf('CARD'), quantity: 1}];
  const ask = async (shop: TestShop, coupon: string, address: string) =>
    json<Quote>(await shop.fetch('/v1/quotes', {body: {lines: await lines(shop), coupon}, address}));

  it('leads nowhere after twenty that were wrong, and never stands in the way of the goods', async () => {
    const shop = await shopWith();
    for (let index = 0; index < 20; index++) await ask(shop, `GUESS-${index}`, '203.0.113.9');
    const found = await ask(shop, 'SPRING-10', '203.0.113.9');
    assert.equal(found.coupon?.problem, 'unknown');
    assert.ok(found.token, 'it can be bought at its price');
    assert.equal((await ask(shop, 'SPRING-10', '198.51.100.7')).coupon?.problem, undefined, 'for others it works');
    shop.clock.advance(15 * 60_000);
    assert.equal((await ask(shop, 'SPRING-10', '203.0.113.9')).coupon?.problem, undefined);
  });

  it('is not what a buyer does who is priced again and again with a right one', async () => {
    const shop = await shopWith();
    for (let index = 0; index < 40; index++) await ask(shop, 'SPRING-10', '203.0.113.9');
    assert.equal((await ask(shop, 'SPRING-10', '203.0.113.9')).coupon?.problem, undefined);
  });
});
