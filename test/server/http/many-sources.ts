import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Connection} from '../../../src/contract/connection.ts';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {ProductPage} from '../../../src/contract/product.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import {secretText} from '../../../src/domain/card-secret.ts';
import {money} from '../../../src/domain/money.ts';
import type {ShopConfig} from '../../../src/server/config/config.ts';
import {UpstreamError} from '../../../src/upstreams/port.ts';
import {delivered, fakeUpstream, lost, refused, silent, type FakeUpstream} from '../../support/fake-upstream.ts';
import {accepted, apology, never} from '../../support/one-purchase.ts';
import {consoleToken, json, openShop, type TestShop, type TestShopOptions} from '../../support/shop-server.ts';
import {aGood, anOffer, costs, counted} from '../../support/upstream-goods.ts';

type Joined = NonNullable<ShopConfig['listings']>[number];

const source = (code: string, cost: string, count: number): FakeUpstream =>
  fakeUpstream({
    goods: [aGood({code, title: `好货 ${code}`, offers: [anOffer({costs: costs([1, cost]), stock: counted(count)})]})],
  });

interface Sources {
  readonly main?: FakeUpstream;
  readonly second?: FakeUpstream;
  readonly rule?: Partial<Joined>;
  readonly connections?: TestShopOptions['connections'];
}

/** One listing over three connections: `main` at 10, `second` at 9, `third` at 11 yuan; the shop sells at 12. */
async function joinedShop({
  main = source('A', '10', 100),
  second = source('B', '9', 100),
  rule = {},
  connections = {},
}: Sources = {}) {
  const third = source('C', '11', 100);
  const shop = await openShop({
    upstream: main,
    others: {second, third},
    connections,
    config: {
      listings: [
        {
          sources: [
            {connection: 'main', good: 'A'},
            {connection: 'second', good: 'B'},
            {connection: 'third', good: 'C'},
          ],
          ...rule,
        },
      ],
    },
  });
  return {shop, main, second, third};
}

const page = async (shop: TestShop) => json<ProductPage>(await shop.fetch('/v1/products'));
async function standing(shop: TestShop, connectionId: string) {
  const {items} = await json<{items: Connection[]}>(await shop.fetch('/v1/console/connections', {token: consoleToken}));
  const {scorecard} = items.find(({id}) => id === connectionId)!;
  return [scorecard.standing, scorecard.purchases, scorecard.exposureCap?.amount];
}

const bought = (upstream: FakeUpstream) => upstream.asked('buy').map(([{quantity}]) => quantity);

async function parts(shop: TestShop, {order}: PlacedOrder) {
  const procurements = await shop.store.procurements(order.id);
  return procurements.map(({connectionId, quantity, state}) => [connectionId, quantity, state]);
}

describe('a listing with many sources', () => {
  it('is one product, as its first source shows it', async () => {
    const {shop} = await joinedShop();
    const {items} = await page(shop);
    assert.deepEqual(
      items.map(({title, price}) => [title, price.amount]),
      [['好货 A', '12.00']],
    );
  });

  it('C1: shows as stock what can really be sold: what the fullest source has, or all together if a line may be split', async () => {
    for (const [splits, count] of [
      [false, 5],
      [true, 7],
    ] as const) {
      const {shop, third} = await joinedShop({
        main: source('A', '10', 2),
        second: source('B', '9', 5),
        rule: {splits},
      });
      third.goods = [];
      const skuId = await shop.skuOf('A');
      const {lines} = await shop.quote([{skuId, quantity: 50}]);
      assert.deepEqual([lines[0]!.problem, lines[0]!.available], ['insufficient_stock', count]);
    }
  });

  it('C1: does not count a source that would sell at a loss', async () => {
    const {shop, third} = await joinedShop({main: source('A', '10', 2), second: source('B', '12.01', 50)});
    third.goods = [];
    const {lines} = await shop.quote([{skuId: await shop.skuOf('A'), quantity: 3}]);
    assert.equal(lines[0]!.available, 2);
  });

  it('stays for sale when its first source no longer offers it, and goes when none does', async () => {
    const {shop, main, second, third} = await joinedShop();
    const {sync} = shop;
    main.goods = [];
    await sync('main');
    const [item] = (await page(shop)).items;
    assert.equal(item!.price.amount, '10.80');
    const version = await shop.store.catalogueVersion();
    for (const id of ['main', 'second', 'third']) await sync(id);
    assert.equal(await shop.store.catalogueVersion(), version, 'nothing changed, nothing has to be read again');
    second.goods = [];
    third.goods = [];
    await sync('second');
    await sync('third');
    assert.deepEqual((await page(shop)).items, []);
    main.goods = [aGood({code: 'A'})];
    await sync('main');
    assert.equal((await page(shop)).items.length, 1);
  });

  it('sells what the second source has when the first is sold out, at the second’s price', async () => {
    const {shop} = await joinedShop({main: source('A', '10', 0), second: source('B', '11', 5)});
    const [item] = (await page(shop)).items;
    const {skus} = await json<Product>(await shop.fetch(`/v1/products/${item!.id}`));
    const quote = await shop.quote([{skuId: skus[0]!.id, quantity: 1}]);
    assert.equal(quote.lines[0]!.problem, undefined);
    assert.equal(quote.total.amount, '13.20');
  });

  it('C3: is sold although a source says nothing', async () => {
    const {shop, main, second} = await joinedShop();
    main.script({stock: silent, quote: silent, connect: silent, buy: never});
    const placed = await shop.placePaid(2, 'A');
    await shop.work();
    assert.equal((await shop.order(placed)).state, 'delivered');
    assert.deepEqual(bought(second), [2]);
  });
});

describe('buying from many sources', () => {
  it('does not buy where the platform wants it resold for more, nor count what it has', async () => {
    const offer = anOffer({costs: costs([1, '9']), stock: counted(100), resaleFloor: money('12.01', 'CNY')});
    const second = fakeUpstream({goods: [aGood({code: 'B', offers: [offer]})]});
    const {shop, main, third} = await joinedShop({
      second,
      main: source('A', '10', 3),
      rule: {policy: 'cheapest'},
      connections: {second: {listing: {price: {markup: {percent: '50'}}}}},
    });
    third.goods = [];
    const {lines} = await shop.quote([{skuId: await shop.skuOf('A'), quantity: 4}]);
    assert.deepEqual([lines[0]!.problem, lines[0]!.available], ['insufficient_stock', 3]);
    const placed = await shop.placePaid(2, 'A');
    await shop.work();
    assert.deepEqual(await parts(shop, placed), [['main', 2, 'delivered']]);
    assert.deepEqual([bought(main), bought(second)], [[2], []]);
  });

  it('most trusted is whoever has earned it: the merchant’s word counts for less with every purchase', async () => {
    const {shop, main, second, third} = await joinedShop({
      rule: {policy: 'most_trusted'},
      connections: {third: {trust: 60}, main: {trust: 55}, second: {trust: 10}},
    });
    third.script({buy: async () => delivered(apology)});
    const placed = await shop.placePaid(1, 'A');
    await shop.work();
    assert.deepEqual(await parts(shop, placed), [
      ['third', 1, 'failed'],
      ['main', 1, 'delivered'],
    ]);
    await shop.placePaid(1, 'A');
    await shop.work();
    assert.deepEqual([bought(third), bought(main), bought(second)], [[1], [1, 1], []]);
  });

  it('a new platform gets small purchases only, until ten of them have gone right; then it gets them all', async () => {
    const connections = {second: {trial: {exposureCap: '10', purchases: 10}}};
    const {shop, main, second} = await joinedShop({rule: {policy: 'cheapest'}, connections});
    await shop.placePaid(2, 'A');
    await shop.work();
    assert.deepEqual([bought(main), bought(second)], [[2], []], '18 yuan are too much for a beginning');
    const [tried] = await shop.store.latestAttempts('main', {limit: 1});
    assert.deepEqual(tried!.choice!.passed, [{connectionId: 'second', reason: 'on_trial'}]);
    assert.deepEqual(await standing(shop, 'second'), ['on_trial', 0, '10.00']);
    for (let index = 0; index < 10; index++) {
      await shop.placePaid(1, 'A');
      await shop.work();
    }
    assert.deepEqual(await standing(shop, 'second'), ['proven', 10, undefined]);
    await shop.placePaid(2, 'A');
    await shop.work();
    assert.deepEqual([bought(main), bought(second).at(-1)], [[2], 2]);
  });

  it('A10: does not buy where the answers have changed their shape; the shop goes on, and others are bought from', async () => {
    const {shop, second} = await joinedShop({rule: {policy: 'cheapest'}});
    second.script({
      async quote() {
        throw new UpstreamError('unexpected_answer', 'POST /quote: total: expected a decimal, got an object.');
      },
    });
    const placed = await shop.placePaid(1, 'A');
    await shop.work();
    assert.deepEqual(await parts(shop, placed), [['main', 1, 'delivered']]);
    const [attempt] = await shop.attempts(placed);
    assert.deepEqual(attempt!.choice!.passed, [{connectionId: 'second', reason: 'silent'}]);
    assert.deepEqual([bought(second), (await page(shop)).items.length], [[], 1]);
  });

  it('A8: buys at the next source what a platform delivered and took back: its cards are handed to nobody', async () => {
    const {shop, main, second} = await joinedShop({rule: {policy: 'cheapest'}});
    second.script({
      buy: async () => accepted,
      follow: async () => ({kind: 'delivered', secret: 'VOID-1', refunded: accepted.charged}),
    });
    const placed = await shop.placePaid(1, 'A');
    await shop.work();
    await shop.work(600_000);
    assert.deepEqual(await parts(shop, placed), [
      ['second', 1, 'refunded'],
      ['main', 1, 'delivered'],
    ]);
    const {keys} = await shop.reveal(placed);
    assert.deepEqual(
      keys.map(({secret}) => secretText(secret)),
      main.sold,
    );
    const [line] = await shop.store.earnings(placed.order.id);
    assert.equal(line!.cost.amount, '10.00', 'what was taken back costs nothing');
    const cases = await shop.store.procurementsForPeople({offset: 0, limit: 9});
    assert.deepEqual(
      cases.map(({connectionId, attention}) => [connectionId, attention!.reason]),
      [['second', 'taken_back']],
    );
  });

  it('A8: buys at the next source what a platform took and paid back, as far as it paid it back', async () => {
    for (const [refunded, bought] of [
      [
        '18',
        [
          ['second', 2, 'refunded'],
          ['main', 2, 'delivered'],
        ],
      ],
      [
        '9',
        [
          ['second', 1, 'processing'],
          ['main', 1, 'delivered'],
        ],
      ],
    ] as const) {
      const {shop, second} = await joinedShop({rule: {policy: 'cheapest'}});
      const charged = money('18', 'CNY');
      second.script({
        buy: async () => ({kind: 'accepted', orderId: 'up1', charged, placeholder: ''}),
        follow: async () => ({kind: 'refunded', refunded: money(refunded, 'CNY'), text: 'Canceled.'}),
      });
      const placed = await shop.placePaid(2, 'A');
      await shop.work(10_000);
      await shop.work(10_000);
      assert.deepEqual(await parts(shop, placed), bought);
    }
  });

  for (const [policy, winner] of [
    ['by_hand', 'main'],
    ['cheapest', 'second'],
    ['most_trusted', 'third'],
  ] as const) {
    it(`goes by the listing's policy: ${policy}`, async () => {
      const {shop} = await joinedShop({rule: {policy}, connections: {third: {trust: 90}}});
      const placed = await shop.placePaid(1, 'A');
      await shop.work();
      assert.deepEqual(await parts(shop, placed), [[winner, 1, 'delivered']]);
      const [attempt] = await shop.attempts(placed);
      assert.deepEqual(attempt!.choice, {policy, passed: []});
    });
  }

  it('A4: definitely refused goes to the next source, in one order, each attempt kept with its reason', async () => {
    const {shop, main, second} = await joinedShop();
    main.script({buy: async () => refused('sold_out')});
    second.script({buy: async () => refused('other')});
    const placed = await shop.placePaid(2, 'A');
    await shop.work();
    assert.equal((await shop.order(placed)).state, 'delivered');
    const attempts = await shop.attempts(placed);
    assert.deepEqual(
      attempts.map(({connectionId, outcome, choice}) => [connectionId, outcome?.kind, choice?.passed]),
      [
        ['main', 'refused', []],
        ['second', 'refused', [{connectionId: 'main', reason: 'tried'}]],
        [
          'third',
          'delivered',
          [
            {connectionId: 'main', reason: 'tried'},
            {connectionId: 'second', reason: 'tried'},
          ],
        ],
      ],
    );
    assert.equal(new Set(attempts.map(({reference}) => reference)).size, 3);
  });

  it('A4: an unknown answer is looked into; no other source is called while it is, nor after it was found', async () => {
    const {shop, main, second, third} = await joinedShop();
    main.script({buy: async () => lost, reconcile: async () => lost});
    second.script({buy: never});
    third.script({buy: never});
    const placed = await shop.placePaid(2, 'A');
    for (let minute = 0; minute < 90; minute++) await shop.work(60_000);
    assert.deepEqual([bought(second), bought(third)], [[], []]);
    assert.deepEqual(await parts(shop, placed), [['main', 2, 'unknown']]);
    assert.equal((await shop.procurement(placed)).attention?.reason, 'unresolved');
  });

  it('A4: an unknown answer that turns out to be a refusal goes to the next source', async () => {
    const {shop, main, second} = await joinedShop();
    main.script({buy: async () => lost, reconcile: async () => refused('sold_out')});
    const placed = await shop.placePaid(2, 'A');
    await shop.work();
    assert.deepEqual(bought(second), []);
    // While the first sending may be under way, a refused repeat says nothing of it.
    await shop.work(1000);
    assert.deepEqual(bought(second), []);
    await shop.work(90_000);
    assert.deepEqual(bought(second), [2]);
    assert.equal((await shop.order(placed)).state, 'delivered');
  });

  it('D3: no source is bought from above the ceiling; when all have refused, the money is owed', async () => {
    const {shop, main, second, third} = await joinedShop();
    const placed = await shop.placePaid(2, 'A');
    main.script({buy: async () => refused('sold_out')});
    second.script({buy: never, quote: async () => money('24.0001', 'CNY')});
    third.script({buy: async () => refused('sold_out')});
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue.amount], ['refund_pending', '24.00']);
  });

  it('an empty wallet is passed over at once, and asked again when nobody else has the good', async () => {
    const {shop, main, second, third} = await joinedShop();
    main.script({connect: async () => ({name: 'm', balance: money('19.99', 'CNY')}), buy: never});
    const first = await shop.placePaid(2, 'A');
    await shop.work();
    assert.deepEqual(await parts(shop, first), [['second', 2, 'delivered']]);
    for (const upstream of [second, third]) upstream.script({buy: async () => refused('sold_out')});
    const placed = await shop.placePaid(2, 'A');
    await shop.work();
    assert.equal((await shop.order(placed)).state, 'fulfilling');
    main.script({
      connect: async () => ({name: 'm', balance: money('20', 'CNY')}),
      buy: async () => delivered('AAAA-1\nBBBB-2'),
    });
    await shop.work(60_000);
    assert.equal((await shop.order(placed)).state, 'delivered');
  });

  it('what lies open at a platform never passes its cap', async () => {
    const {shop, main, second} = await joinedShop({connections: {main: {exposureCap: '30'}}});
    main.script({buy: async () => lost, reconcile: async () => lost});
    await shop.placePaid(2, 'A');
    await shop.work();
    await shop.placePaid(2, 'A');
    await shop.work();
    assert.deepEqual([bought(main), bought(second)], [[2], [2]]);
  });

  it('a short delivery is handed over, and the rest bought elsewhere; a person is told of what is missing', async () => {
    const {shop, main} = await joinedShop();
    main.script({buy: async () => delivered('AAAA-1')});
    const placed = await shop.placePaid(3, 'A');
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.keysReady, order.refundDue.amount], ['delivered', 3, '0.00']);
    assert.deepEqual(await parts(shop, placed), [
      ['main', 3, 'partial'],
      ['second', 2, 'delivered'],
    ]);
    assert.equal((await shop.procurement(placed)).attention?.reason, 'short_delivery');
    const {keys} = await shop.reveal(placed);
    assert.equal(keys.length, 3);
  });

  it('A9: an apology for the money is no key: the goods come from elsewhere, a person claims the money', async () => {
    const {shop, main} = await joinedShop();
    main.script({buy: async () => delivered(apology)});
    const placed = await shop.placePaid(1, 'A');
    await shop.work();
    assert.deepEqual(await parts(shop, placed), [
      ['main', 1, 'failed'],
      ['second', 1, 'delivered'],
    ]);
    assert.equal((await shop.order(placed)).state, 'delivered');
  });

  it('a line that no source has whole is split among them if the listing allows it, within the one ceiling', async () => {
    const {shop, main, second, third} = await joinedShop({
      main: source('A', '10', 3),
      second: source('B', '9', 2),
      rule: {splits: true},
    });
    third.goods[0] = aGood({code: 'C', offers: [anOffer({costs: costs([1, '11']), stock: counted(1)})]});
    const placed = await shop.placePaid(6, 'A');
    for (const upstream of [main, second, third]) {
      const {goods} = upstream;
      const [{costs: tiers, stock}] = goods[0]!.offers as [(typeof goods)[0]['offers'][0]];
      let left = stock.kind === 'counted' ? stock.count : 0;
      upstream.script({
        stock: async () => counted(left),
        async buy({quantity, offer}) {
          if (quantity > left) return refused('sold_out');
          left -= quantity;
          const cards = Array.from({length: quantity}, (_, index) => `${offer.code}${left}-CARD-${index}`);
          return {...delivered(cards.join('\n')), charged: tiers[0]!.price};
        },
      });
    }
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.keysReady, order.refundDue.amount], ['delivered', 6, '0.00']);
    const procurements = await shop.store.procurements(placed.order.id);
    assert.deepEqual(
      procurements.map(({costCeiling, quantity}) => [quantity, costCeiling.amount]),
      [
        [3, '36.00'],
        [2, '24.00'],
        [1, '12.00'],
      ],
    );
  });
});
