import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Category, ProductPage} from '../../../src/contract/product.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import {secretText} from '../../../src/domain/card-secret.ts';
import {importCards} from '../../../src/server/own-stock/import-cards.ts';
import {showImportedStock} from '../../../src/server/own-stock/show-own-stock.ts';
import {openCard} from '../../../src/server/procurement/seal-delivery.ts';
import {stableId} from '../../../src/server/security/ids.ts';
import {createKeyRing} from '../../../src/server/security/key-ring.ts';
import {rotateKey} from '../../../src/server/security/rotate-key.ts';
import {delivered, fakeUpstream} from '../../support/fake-upstream.ts';
import {askBack, payBack} from '../../support/pay-back.ts';
import {cardLinesOf} from '../../support/own-shelf.ts';
import {json, masterKey, openShop, type TestShop, type TestShopOptions} from '../../support/shop-server.ts';
import {aGood, anOffer, costs, counted} from '../../support/upstream-goods.ts';

const good = {code: 'G1', title: '自营点卡', category: '游戏点卡', cost: '10'};

const ownShop = (options: TestShopOptions = {}) => openShop({ownGoods: [good], ...options});

/** What `keystall import-cards` does to a running shop. */
async function put({ports}: TestShop, lines: readonly string[], goodCode = 'G1'): Promise<void> {
  const connection = ports.config.connections.find(({id}) => id === 'own')!;
  assert.ok(connection.protocol === 'own-stock');
  const named = connection.goods.find(({code}) => code === goodCode)!;
  const options = {
    connectionId: 'own',
    goodCode,
    onKept: (tx: Parameters<typeof showImportedStock>[1]) => showImportedStock(ports, tx, 'own', named),
  };
  assert.ok((await importCards(ports, options, () => cardLinesOf(lines))).kept);
}

const item = async (shop: TestShop, title = good.title) =>
  (await json<ProductPage>(await shop.fetch('/v1/products'))).items.find(each => each.title === title);
const counts = async ({store}: TestShop) => (await store.ownStock('own')).map(({unsold, sold}) => [unsold, sold]);
const texts = async (shop: TestShop, placed: Awaited<ReturnType<TestShop['place']>>) =>
  (await shop.reveal(placed)).keys.map(({secret}) => secretText(secret));

describe('goods of own stock', () => {
  it('are listed under their category, at the price that the rule makes of their cost', async () => {
    const shop = await ownShop();
    const found = await item(shop);
    assert.deepEqual([found!.price.amount, found!.stock], ['12.00', 'sold_out']);
    const {items} = await json<{items: Category[]}>(await shop.fetch('/v1/categories'));
    assert.ok(items.some(({name}) => name === '游戏点卡'));
  });

  it('C1: are in stock as soon as cards are imported, and sold out with the last', async () => {
    const shop = await ownShop();
    await put(shop, ['CARD-1-AAAA', 'CARD-2-AAAA']);
    assert.equal((await item(shop))!.stock, 'low');
    const placed = await shop.placePaid(2, 'G1');
    await shop.work();
    assert.deepEqual(await texts(shop, placed), ['CARD-1-AAAA', 'CARD-2-AAAA']);
    assert.equal((await item(shop))!.stock, 'sold_out');
    const {lines} = await shop.quote([{skuId: await shop.skuOf('G1'), quantity: 1}]);
    assert.equal(lines[0]!.problem, 'sold_out');
  });

  it('C1: show what is left as soon as some are sold, also where a platform leads the listing', async () => {
    const platformGood = aGood({code: 'A', title: '平台点卡', offers: [anOffer({stock: counted(0)})]});
    const sources = [
      {connection: 'main', good: 'A'},
      {connection: 'own', good: 'G1'},
    ];
    const cards = Array.from({length: 9}, (_, index) => `CARD-${index}-AAAA`);
    for (const {code, title, listings} of [
      {...good, listings: []},
      {...platformGood, listings: [{sources}]},
    ]) {
      const shop = await ownShop({upstream: fakeUpstream({goods: [platformGood]}), config: {listings}});
      await put(shop, cards);
      assert.equal((await item(shop, title))!.stock, 'in_stock');
      const placed = await shop.placePaid(5, code);
      await shop.work();
      assert.equal((await shop.order(placed)).state, 'delivered');
      assert.equal((await item(shop, title))!.stock, 'low');
    }
  });

  it('are listed by the next look after the import where they were not yet', async () => {
    const shop = await ownShop();
    await shop.store.transaction(tx => tx.pauseListings('own', [stableId('prd', 'own', 'G1')], 'absent'));
    assert.equal(await item(shop), undefined);
    await put(shop, ['CARD-1-AAAA']);
    await shop.server.runJob({type: 'sync_catalogue', connectionId: 'own'}, new AbortController().signal);
    assert.equal((await item(shop))!.stock, 'low');
  });

  it('F1: show how a card is used, as it was said when it was bought', async () => {
    const shop = await ownShop({ownGoods: [{...good, usage: '在官网兑换'}]});
    await put(shop, ['CARD-1-AAAA']);
    const placed = await shop.placePaid(1, 'G1');
    await shop.work();
    assert.equal((await shop.reveal(placed)).keys[0]!.note, '在官网兑换');
  });

  it('F4: may have one card for everybody, which opens after the master key was changed', async () => {
    const [k1, k2] = [masterKey('k1', 1), masterKey('k2', 2)];
    const shop = await ownShop({ownGoods: [{...good, cards: 'reusable', maximum: 3}], masterKeys: [k1]});
    await put(shop, ['https://course.example/one']);
    const placed = [await shop.placePaid(1, 'G1'), await shop.placePaid(2, 'G1')];
    await shop.work();
    assert.deepEqual(await texts(shop, placed[0]!), ['https://course.example/one']);
    assert.deepEqual(await texts(shop, placed[1]!), Array<string>(2).fill('https://course.example/one'));
    assert.deepEqual(await counts(shop), [[1, 3]]);
    await rotateKey({store: shop.store, keys: await createKeyRing([k2, k1])});
    const ports = {keys: await createKeyRing([k2])};
    for (const {order} of placed) {
      for (const card of await shop.store.cards(order.id)) assert.equal((await openCard(ports, card)).kind, 'link');
    }
  });

  it('F5: are sold to 64 buyers ten times where there are ten cards; the others are owed their money', async () => {
    const shop = await ownShop();
    const cards = Array.from({length: 10}, (_, index) => `CARD-${index}-AAAA`);
    await put(shop, cards);
    const placed = await Promise.all(Array.from({length: 64}, () => shop.placePaid(1, 'G1')));
    await shop.work();
    const orders = await Promise.all(placed.map(each => shop.order(each)));
    const sold = placed.filter((_, index) => orders[index]!.state === 'delivered');
    const got = (await Promise.all(sold.map(each => texts(shop, each)))).flat();
    assert.deepEqual(got.toSorted(), cards.toSorted());
    assert.equal(orders.filter(({state}) => state === 'refund_pending').length, 54);
    assert.deepEqual(await counts(shop), [[0, 10]]);
  });

  it('stay sold when their order is paid back, and lead to its line', async () => {
    const shop = await ownShop();
    await put(shop, ['CARD-1-AAAA', 'CARD-2-AAAA']);
    const placed = await shop.placePaid(1, 'G1');
    await shop.work();
    const [attempt] = await shop.attempts(placed);
    await askBack(shop.ports, placed.order.id, placed.order.total);
    await payBack(shop.ports, placed.order.id);
    assert.deepEqual(await counts(shop), [[1, 1]]);
    const sale = (await shop.store.ownSale('own', attempt!.reference))!;
    assert.equal(sale.cards[0]!.soldBy, attempt!.reference);
    assert.equal((await shop.procurement(placed)).lineId, placed.order.lines[0]!.id);
    const next = await shop.placePaid(1, 'G1');
    await shop.work();
    assert.deepEqual(await texts(shop, next), ['CARD-2-AAAA']);
  });

  it('write down what they cost and what their supplier pays', async () => {
    const shop = await ownShop({
      ownGoods: [
        {...good, commission: '5'},
        {...good, code: 'G2', title: '另一种'},
      ],
      connections: {own: {terms: {commission: '2', serviceFee: '1'}}},
    });
    await put(shop, ['CARD-1-AAAA', 'CARD-2-AAAA']);
    await put(shop, ['CARD-3-AAAA'], 'G2');
    for (const [code, quantity, expected] of [
      ['G1', 2, ['20', '0.20', '1', '4.80']],
      ['G2', 1, ['10', '0.10', '0.2', '2.10']],
    ] as const) {
      const {order} = await shop.placePaid(quantity, code);
      await shop.work();
      const [line] = await shop.store.earnings(order.id);
      assert.deepEqual(
        [line!.cost, line!.serviceFee, line!.commission, line!.margin].map(({amount}) => Number(amount)),
        expected.map(Number),
      );
    }
  });
});

describe('own stock beside platforms in one listing', () => {
  const platform = () =>
    fakeUpstream({
      goods: [aGood({code: 'A', title: '平台点卡', offers: [anOffer({costs: costs([1, '9']), stock: counted(50)})]})],
    });
  const joined = (sources: readonly ('own' | 'main')[], splits = false): TestShopOptions => ({
    upstream: platform(),
    config: {
      listings: [{sources: sources.map(connection => ({connection, good: connection === 'own' ? 'G1' : 'A'})), splits}],
    },
  });

  it('is sold first where it is named first, and the platform delivers when it has run out', async () => {
    const shop = await ownShop(joined(['own', 'main']));
    await put(shop, ['CARD-1-AAAA']);
    const first = await shop.placePaid(1, 'G1');
    await shop.work();
    assert.deepEqual(await texts(shop, first), ['CARD-1-AAAA']);
    const second = await shop.placePaid(1, 'G1');
    await shop.work();
    assert.deepEqual(await texts(shop, second), shop.upstream.sold);
    const [attempt] = await shop.attempts(second);
    assert.deepEqual(attempt!.choice?.passed, [{connectionId: 'own', reason: 'sold_out'}]);
  });

  it('A4: gives way to the platform when its last card went to somebody else in between', async () => {
    const shop = await ownShop(joined(['own', 'main']));
    await put(shop, ['CARD-1-AAAA']);
    const placed = await Promise.all([1, 2, 3].map(() => shop.placePaid(1, 'G1')));
    await shop.work();
    await shop.work(60_000);
    const got = (await Promise.all(placed.map(each => texts(shop, each)))).flat();
    assert.deepEqual(got.toSorted(), ['CARD-1-AAAA', ...shop.upstream.sold].toSorted());
  });

  it('shares a line with the platform when it has too few, if the listing lets it', async () => {
    const shop = await ownShop(joined(['own', 'main'], true));
    shop.upstream.goods = [
      aGood({code: 'A', title: '平台点卡', offers: [anOffer({costs: costs([1, '9']), stock: counted(2)})]}),
    ];
    await put(shop, ['CARD-1-AAAA']);
    const placed = await shop.placePaid(3, 'G1');
    await shop.work();
    assert.equal((await shop.order(placed)).state, 'delivered');
    assert.deepEqual((await texts(shop, placed)).toSorted(), ['CARD-1-AAAA', ...shop.upstream.sold].toSorted());
  });

  it('is on the shelf at once also where a platform leads the listing', async () => {
    const shop = await ownShop(joined(['main', 'own']));
    shop.upstream.goods = [
      aGood({code: 'A', title: '平台点卡', offers: [anOffer({costs: costs([1, '9']), stock: counted(0)})]}),
    ];
    await shop.sync();
    assert.equal((await item(shop, '平台点卡'))!.stock, 'sold_out');
    await put(shop, ['CARD-1-AAAA']);
    const found = await item(shop, '平台点卡');
    assert.equal(found!.stock, 'low');
    const {skus} = await json<Product>(await shop.fetch(`/v1/products/${found!.id}`));
    assert.equal(skus[0]!.prices[0]!.price.amount, '12.00', 'at its own cost');
  });

  it('F5: hands no card out that a platform has delivered before', async () => {
    const shop = await ownShop({upstream: platform()});
    shop.upstream.script({buy: async () => delivered('CARD-1-AAAA')});
    const bought = await shop.placePaid(1, 'A');
    await shop.work();
    assert.deepEqual(await texts(shop, bought), ['CARD-1-AAAA']);
    const options = {connectionId: 'own', goodCode: 'G1'};
    const report = await importCards(shop.ports, options, () => cardLinesOf(['CARD-1-AAAA']));
    assert.deepEqual(report.problems, {sold_before: 1});
  });
});
