import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ProductPage} from '../../../src/contract/product.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import {createServer} from '../../../src/server/app.ts';
import {money} from '../../../src/domain/money.ts';
import {UpstreamError, type Good} from '../../../src/upstreams/port.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {pagedUpstream, pageSize} from '../../support/paged-upstream.ts';
import {json, openShop, problem, type TestShop} from '../../support/shop-server.ts';
import {aGood, anOffer, costs, counted} from '../../support/upstream-goods.ts';

const hour = 3_600_000;
const job = {type: 'sync_catalogue', connectionId: 'main'} as const;
const signal = new AbortController().signal;
/** Looks whether it is time to, as every process does again and again. */
const look = (shop: TestShop) => shop.server.runJob(job, signal);
const shelf = async (shop: TestShop, query = 'limit=100') =>
  json<ProductPage>(await shop.fetch(`/v1/products?${query}`));
const total = async (shop: TestShop) => (await shelf(shop, 'limit=1')).total;
const manyGoods = (count: number, from = 0) =>
  Array.from({length: count}, (_, index) => aGood({code: `G${from + index}`, title: `商品 ${from + index}`}));
const full = (shop: TestShop) => shop.upstream.asked('catalogue').length;
const record = async (shop: TestShop) => (await shop.store.catalogueSync('main'))!;

describe('a catalogue is read', () => {
  it('C2: once per interval, however often and by however many processes it is looked at', async () => {
    const shop = await openShop();
    const second = createServer(shop.ports);
    assert.equal(full(shop), 1);
    for (let minute = 0; minute < 59; minute++) {
      shop.clock.advance(60_000);
      await Promise.all([look(shop), second.runJob(job, signal)]);
    }
    assert.equal(full(shop), 1);
    // The spread makes it later, never sooner.
    shop.clock.advance(7 * 60_000 + 1);
    await Promise.all([look(shop), second.runJob(job, signal)]);
    assert.equal(full(shop), 2);
  });

  it('at once when a person asks for it, and then not again', async () => {
    const shop = await openShop();
    await shop.sync();
    await look(shop);
    assert.equal(full(shop), 2);
  });

  it('by its changes in between, from where the last reading began', async () => {
    const upstream = pagedUpstream([aGood({code: 'A', title: '甲'}), aGood({code: 'B', title: '乙'})]);
    const shop = await openShop({upstream});
    const began = shop.clock.now();
    shop.clock.advance(200_000);
    await look(shop);
    assert.equal(upstream.readings.length, 1);
    upstream.changed = {goods: [aGood({code: 'C', title: '丙'}), aGood({code: 'A', title: '甲乙'})], gone: ['B']};
    shop.clock.advance(200_000);
    const changesBegan = shop.clock.now();
    await look(shop);
    assert.equal(upstream.readings[1]!.since, began - 120_000);
    const titles = async () => (await shelf(shop)).items.map(({title}) => title);
    assert.deepEqual(await titles(), ['甲乙', '丙']);
    upstream.changed = {goods: [aGood({code: 'B', title: '乙'})], gone: []};
    shop.clock.advance(400_000);
    await look(shop);
    assert.equal(upstream.readings[2]!.since, changesBegan - 120_000);
    assert.deepEqual((await titles()).toSorted(), ['丙', '乙', '甲乙'].toSorted());
  });

  it('never by changes where the protocol cannot tell them', async () => {
    const shop = await openShop();
    shop.clock.advance(hour / 2);
    await look(shop);
    assert.equal(full(shop), 1);
  });

  it('after as long as a platform that is asked too often wishes, from the page it refused', async () => {
    const upstream = pagedUpstream(manyGoods(pageSize * 4));
    upstream.beforePage = async from => {
      if (from === pageSize * 3) throw new UpstreamError('unexpected_answer', 'too often', {retryAfterMs: 900_000});
    };
    const shop = await openShop({upstream});
    assert.equal(await total(shop), pageSize * 3);
    upstream.beforePage = async () => undefined;
    for (let minute = 0; minute < 15; minute++) {
      await look(shop);
      await shop.sync();
      assert.equal(upstream.readings.length, 1, `asked again after ${minute} minutes`);
      shop.clock.advance(60_000);
    }
    shop.clock.advance(91_000);
    // Asked for anew meanwhile: then the whole of it.
    await look(shop);
    assert.equal(upstream.readings[1]!.from, undefined);
    assert.equal(await total(shop), pageSize * 4);
  });

  it('less and less often while it fails, and as usual when it works again', async () => {
    const shop = await openShop();
    shop.upstream.script({
      catalogue: async () => {
        throw new UpstreamError('connection', 'The platform is down.');
      },
    });
    shop.clock.advance(hour * 2);
    const tries: number[] = [];
    for (let minute = 0; minute < 180; minute++) {
      const before = full(shop);
      await look(shop);
      if (full(shop) > before) tries.push(minute);
      shop.clock.advance(60_000);
    }
    const pauses = tries.slice(1).map((minute, index) => minute - tries[index]!);
    assert.deepEqual(
      pauses,
      pauses.toSorted((left, right) => left - right),
    );
    assert.ok(tries.length >= 6 && tries.length <= 14, `asked ${tries.length} times in three hours`);
    assert.equal(await total(shop), 1);
  });
});

describe('a reading that is cut off', () => {
  /** Waits until everything before a good is on the shelf: pages are read ahead of that. */
  async function putDown(shop: TestShop, goods: number): Promise<void> {
    while ((await record(shop)).run?.from !== String(goods)) await new Promise(resolve => setImmediate(resolve));
  }

  /** Kills the process at a page: nothing of it is heard any more. */
  async function killedAt(page: number) {
    const upstream = pagedUpstream(manyGoods(pageSize * 8));
    const shop = await openShop({upstream});
    upstream.goods = upstream.goods.map(good => ({...good, title: `${good.title} 新`}));
    const {promise: reached, resolve: reach} = Promise.withResolvers<void>();
    const {promise: dead, resolve: revive} = Promise.withResolvers<void>();
    upstream.beforePage = async from => {
      if (from !== page * pageSize) return;
      reach();
      await dead;
    };
    const running = shop.sync();
    await reached;
    await putDown(shop, pageSize * 6);
    upstream.beforePage = async () => undefined;
    return {shop, upstream, revive, running};
  }

  it('goes on behind the last batch, in another process, when its time is over', async () => {
    const {shop, upstream} = await killedAt(7);
    const next = createServer(shop.ports);
    await next.runJob(job, signal);
    assert.equal(upstream.readings.length, 2, 'somebody may still be at work');
    shop.clock.advance(150_000);
    await next.runJob(job, signal);
    assert.deepEqual(upstream.readings[2], {from: String(pageSize * 6), since: undefined});
    const {lastFull, run} = await record(shop);
    assert.equal(run, undefined);
    assert.equal(lastFull!.counts.goods, pageSize * 8, 'each page was read once');
    assert.equal(await total(shop), pageSize * 8);
    assert.ok((await shelf(shop)).items.every(({title}) => title.endsWith('新')));
  });

  it('knows behind the cut what it had seen before it: only what is gone goes', async () => {
    const {shop, upstream} = await killedAt(7);
    upstream.goods = upstream.goods.filter(({code}) => code !== `G${pageSize * 8 - 1}`);
    shop.clock.advance(150_000);
    await createServer(shop.ports).runJob(job, signal);
    assert.equal(await total(shop), pageSize * 8 - 1);
  });

  it('writes nothing more when it was only slow and another process has it now', async () => {
    const {shop, revive, running} = await killedAt(7);
    shop.clock.advance(150_000);
    await createServer(shop.ports).runJob(job, signal);
    const before = await record(shop);
    const writes = shop.store.writes.length;
    revive();
    await running;
    assert.deepEqual(await record(shop), before);
    assert.deepEqual(shop.store.writes.slice(writes), []);
  });

  it('is let go at once by a process that stops, and goes on at the next look', async () => {
    const upstream = pagedUpstream(manyGoods(pageSize * 8));
    const shop = await openShop({upstream});
    const stop = new AbortController();
    upstream.beforePage = async from => {
      if (from < pageSize * 7) return;
      await putDown(shop, pageSize * 6);
      stop.abort();
      throw new UpstreamError('connection', 'aborted');
    };
    shop.clock.advance(hour * 2);
    await assert.rejects(shop.server.runJob(job, stop.signal), {name: 'UpstreamError'});
    upstream.beforePage = async () => undefined;
    await look(shop);
    assert.deepEqual(upstream.readings[2], {from: String(pageSize * 7), since: undefined});
    const {lastFailure, failures} = await record(shop);
    assert.deepEqual([lastFailure, failures], [undefined, 0]);
  });

  it('is not read again when it was cut off behind its last page', async () => {
    const upstream = pagedUpstream(manyGoods(pageSize * 2));
    const shop = await openShop({upstream});
    const {promise: reached, resolve: reach} = Promise.withResolvers<void>();
    upstream.goods = upstream.goods.slice(1);
    upstream.script({
      good: () => {
        reach();
        return new Promise<never>(() => undefined);
      },
    });
    void shop.sync();
    await reached;
    upstream.script({
      good: async () => {
        throw new UpstreamError('absent', 'gone');
      },
    });
    shop.clock.advance(150_000);
    await createServer(shop.ports).runJob(job, signal);
    assert.equal(upstream.readings.length, 2);
    assert.equal(await total(shop), pageSize * 2 - 1);
    assert.equal((await record(shop)).lastFull!.counts.goods, pageSize * 2 - 1);
  });

  it('is begun anew when it was cut off too long ago', async () => {
    const {shop, upstream} = await killedAt(7);
    shop.clock.advance(hour);
    await createServer(shop.ports).runJob(job, signal);
    assert.deepEqual([upstream.readings[2]!.from, upstream.readings[2]!.since], [undefined, undefined]);
  });
});

describe('what a reading writes', () => {
  it('is nothing for goods that have not changed, though their stock was seen anew', async () => {
    const upstream = pagedUpstream(manyGoods(pageSize * 3));
    const shop = await openShop({upstream});
    const [first] = (await shelf(shop)).items;
    const stored = await shop.store.listing(first!.id);
    shop.clock.advance(hour);
    upstream.goods = upstream.goods.map(good => ({
      ...good,
      offers: [anOffer({stock: counted(100, shop.clock.now())})],
    }));
    await shop.sync();
    assert.equal((await record(shop)).lastFull!.counts.written, 0);
    assert.deepEqual(await shop.store.listing(first!.id), stored);
    const [again] = (await shelf(shop)).items;
    assert.equal(again!.checkedAt, new Date(shop.clock.now()).toISOString());
  });

  it('C1: is the stock again that a buyer’s question has changed meanwhile', async () => {
    const shop = await openShop();
    const skuId = await shop.skuOf();
    shop.upstream.script({stock: async () => counted(0, shop.clock.now())});
    await shop.quote([{skuId, quantity: 1}]);
    assert.equal((await shelf(shop)).items[0]!.stock, 'sold_out');
    // The catalogue says what it said all along.
    shop.clock.advance(60_000);
    await shop.sync();
    assert.equal((await shelf(shop)).items[0]!.stock, 'in_stock');
  });

  it('C1: list and detail say the same of a nested good, whose stock is asked for by itself', async () => {
    const stock = {kind: 'unknown'} as const;
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({nested: true, offers: [anOffer({stock})]})]})});
    shop.upstream.script({stock: async () => counted(3, shop.clock.now())});
    await shop.sync();
    const [item] = (await shelf(shop)).items;
    const {skus} = await json<Product>(await shop.fetch(`/v1/products/${item!.id}`));
    assert.deepEqual([item!.stock, item!.checkedAt], ['low', skus[0]!.checkedAt]);
    assert.equal(skus[0]!.stock, 'low');
    // What was asked for stays known while the list does not tell it, and is not said to be fresher than it is.
    const asked = item!.checkedAt;
    shop.upstream.script({
      stock: async () => {
        throw new UpstreamError('timeout', 'silent');
      },
    });
    shop.clock.advance(hour);
    await shop.sync();
    const [later] = (await shelf(shop)).items;
    assert.deepEqual([later!.stock, later!.checkedAt], ['low', asked]);
  });

  it('keeps the categories taking turns when a good comes in between', async () => {
    const good = (code: string, categoryId: string) => aGood({code, title: code, categoryId});
    const shop = await openShop({upstream: fakeUpstream({goods: [good('A', 'steam'), good('B', 'software')]})});
    shop.upstream.goods = [good('A0', 'steam'), good('A', 'steam'), good('B', 'software'), good('B1', 'software')];
    await shop.sync();
    assert.deepEqual(
      (await shelf(shop)).items.map(({title}) => title),
      ['A0', 'B', 'A', 'B1'],
    );
  });
});

describe('a good with characters that PostgreSQL does not keep', () => {
  it('is shown without them where they are only read, left out where they count, and stops nobody else', async () => {
    const field = {name: 'account', label: '账\0号', type: 'text', required: true} as const;
    const goods = [
      aGood({code: 'A', title: '点\0卡\ud800', description: '<p>官方\udc00卡密</p>'}),
      aGood({code: 'B', title: '直充', fields: [field]}),
      aGood({code: 'C', title: '会员'}),
    ];
    const shop = await openShop({upstream: fakeUpstream({goods})});
    assert.deepEqual((await shelf(shop)).items.map(({title}) => title).toSorted(), ['会员', '点卡\ufffd']);
    const [shown] = (await shelf(shop)).items.filter(({title}) => title.startsWith('点卡'));
    const {description} = await json<Product>(await shop.fetch(`/v1/products/${shown!.id}`));
    assert.match(JSON.stringify(description), /官方.卡密/);
    const {left} = (await record(shop)).lastFull!;
    assert.deepEqual(left, [{code: 'B', reason: 'it has a text with characters that no database keeps'}]);
  });
});

describe('a good that its platform takes away', () => {
  it('leaves the lists, is named by the cart that holds it, and comes back with it', async () => {
    const shop = await openShop();
    const skuId = await shop.skuOf();
    const [item] = (await shelf(shop)).items;
    shop.upstream.goods = [];
    await shop.sync();
    assert.equal(await total(shop), 0);
    await problem(await shop.fetch(`/v1/products/${item!.id}`), 'product_not_found');
    const {lines, token} = await shop.quote([{skuId, quantity: 1}]);
    assert.deepEqual([lines[0]!.problem, lines[0]!.title, token], ['not_for_sale', item!.title, undefined]);
    shop.upstream.goods = [aGood()];
    await shop.sync();
    assert.equal(await total(shop), 1);
    assert.equal(await shop.skuOf(), skuId);
    assert.equal((await shop.quote([{skuId, quantity: 1}])).lines[0]!.problem, undefined);
  });

  it('is asked for by itself where it may have slipped between two pages, and stays if it is there', async () => {
    const upstream = pagedUpstream(manyGoods(5));
    const shop = await openShop({upstream});
    const [slipped, gone, silent] = upstream.goods as [Good, Good, Good];
    upstream.goods = upstream.goods.slice(3);
    const codes: string[] = [];
    upstream.script({
      good: async code => {
        codes.push(code);
        if (code === slipped.code) return slipped;
        if (code === gone.code) throw new UpstreamError('absent', 'gone');
        throw new UpstreamError('timeout', 'silent');
      },
    });
    await shop.sync();
    assert.deepEqual(codes.toSorted(), [slipped.code, gone.code, silent.code].toSorted());
    assert.deepEqual((await shelf(shop)).items.map(({title}) => title).toSorted(), [slipped.title, '商品 3', '商品 4']);
  });

  it('is not asked for by itself when a whole shelf is gone', async () => {
    const upstream = pagedUpstream(manyGoods(60));
    const shop = await openShop({upstream});
    upstream.goods = upstream.goods.slice(0, 10);
    await shop.sync();
    assert.equal(upstream.asked('good').length, 0);
    assert.equal(await total(shop), 10);
  });
});

describe('goods that buyers look at', () => {
  it('have their stock asked for again and again, others not', async () => {
    const upstream = fakeUpstream({goods: manyGoods(5)});
    const shop = await openShop({upstream});
    const [viewed] = (await shelf(shop)).items;
    await shop.fetch(`/v1/products/${viewed!.id}`);
    await shop.quote([{skuId: await shop.skuOf('G3'), quantity: 1}]);
    const before = upstream.asked('stock').length;
    shop.clock.advance(60_000);
    await shop.server.runJob({type: 'watch_stock', connectionId: 'main'}, signal);
    const asked = upstream
      .asked('stock')
      .slice(before)
      .map(([{code}]) => code);
    assert.deepEqual(asked.toSorted(), ['G0', 'G3']);
    upstream.goods = upstream.goods.map(good => ({...good, offers: [anOffer({stock: counted(0, shop.clock.now())})]}));
    shop.clock.advance(60_000);
    await shop.server.runJob({type: 'watch_stock', connectionId: 'main'}, signal);
    const levels = (await shelf(shop)).items.map(({stock}) => stock);
    assert.deepEqual(levels, ['sold_out', 'in_stock', 'in_stock', 'sold_out', 'in_stock']);
    // A quarter of an hour later nobody looks any more.
    shop.clock.advance(16 * 60_000);
    const later = upstream.asked('stock').length;
    await shop.server.runJob({type: 'watch_stock', connectionId: 'main'}, signal);
    assert.equal(upstream.asked('stock').length, later);
  });

  it('C2: are so many in one round at most', async () => {
    const upstream = fakeUpstream({goods: manyGoods(8)});
    const shop = await openShop({upstream, connections: {main: {watch: {mostGoods: 3}}}});
    for (const {id} of (await shelf(shop)).items) await shop.fetch(`/v1/products/${id}`);
    const before = upstream.asked('stock').length;
    shop.clock.advance(120_000);
    await shop.server.runJob({type: 'watch_stock', connectionId: 'main'}, signal);
    assert.equal(upstream.asked('stock').length - before, 3);
  });
});

describe('with platforms that never answer', () => {
  /** Whoever waits for this waits for ever, and the test does not end. */
  const never = () => new Promise<never>(() => undefined);
  const silence = {catalogue: never, good: never, stock: never, quote: never, connect: never};

  it('C3: lists, categories and searches answer from the shop’s own data', async () => {
    const shop = await openShop({upstream: fakeUpstream({goods: manyGoods(3)}), others: {second: fakeUpstream()}});
    for (const upstream of shop.ports.upstreams.values()) Object.assign(upstream, silence);
    shop.clock.advance(2 * hour);
    void look(shop);
    assert.equal(await total(shop), 4);
    assert.equal((await shop.fetch('/v1/categories')).status, 200);
    assert.equal((await shelf(shop, 'q=商品&sort=price_ascending')).items.length, 3);
    assert.equal((await record(shop)).run!.reading, 'full', 'the reading waits, and nobody with it');
  });

  it('C3: what another source has can be bought all the same', async () => {
    const own = fakeUpstream({goods: [aGood({code: 'OWN', title: '自营'})]});
    const shop = await openShop({others: {own}});
    Object.assign(shop.upstream, silence);
    shop.clock.advance(2 * hour);
    void look(shop);
    const {items} = await shelf(shop);
    const {skuId} = items.find(({title}) => title === '自营')!;
    const {lines, token} = await shop.quote([{skuId: skuId!, quantity: 1}]);
    assert.deepEqual([lines[0]!.problem, typeof token], [undefined, 'string']);
  });
});

describe('an order that is not paid', () => {
  it('C4: holds no piece back from anybody, and ends with its payment window', async () => {
    const upstream = fakeUpstream({goods: [aGood({offers: [anOffer({stock: counted(1, Date.UTC(2027, 0))})]})]});
    const shop = await openShop({upstream});
    const unpaid = await shop.place();
    const other = await shop.placePaid();
    await shop.work();
    assert.equal((await shop.order(other)).state, 'delivered');
    const {expiresAt} = await shop.order(unpaid);
    await shop.work(Date.parse(expiresAt) - shop.clock.now() - 1000);
    assert.equal((await shop.order(unpaid)).state, 'pending_payment');
    await shop.work(2000);
    assert.equal((await shop.order(unpaid)).state, 'expired');
    assert.equal(upstream.asked('buy').length, 1);
  });
});

const yuan = (amount: string) => money(amount, 'CNY');

describe('prices and what the shop says itself', () => {
  const priced = (cost: string) => [aGood({offers: [anOffer({costs: costs([1, cost])})]})];
  const price = async (shop: TestShop) => (await shelf(shop)).items.map(item => item.price.amount);
  const paused = async (shop: TestShop) => shop.store.listingCounts('main');

  it('D1: a sync changes the cost and nothing else: the price follows by the rule, there and back', async () => {
    const shop = await openShop({upstream: fakeUpstream({goods: priced('10')})});
    const seen: (readonly string[])[] = [];
    for (const cost of ['10', '15', '10']) {
      shop.upstream.goods = priced(cost);
      await shop.sync();
      seen.push(await price(shop));
    }
    assert.deepEqual(seen, [['12.00'], ['18.00'], ['12.00']]);
  });

  it('D3: below the minimum margin the listing pauses with its reason, and comes back above it', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({goods: priced('10')}),
      listing: {price: {markup: {percent: '10'}, minimumMargin: '0.8'}},
    });
    shop.upstream.goods = priced('5');
    await shop.sync();
    assert.deepEqual([await price(shop), await paused(shop)], [[], {margin_too_small: 1}]);
    shop.upstream.goods = priced('9');
    await shop.sync();
    assert.deepEqual([await price(shop), await paused(shop)], [['9.90'], {'': 1}]);
  });

  it('D2: a cost of nothing pauses the offer and replaces no cost', async () => {
    const shop = await openShop({upstream: fakeUpstream({goods: priced('10')})});
    const [item] = (await shelf(shop)).items;
    for (const broken of [priced('0'), [aGood({offers: [anOffer({costs: []})]})]]) {
      shop.upstream.goods = broken;
      await shop.sync();
      assert.deepEqual([await price(shop), await paused(shop)], [[], {no_cost: 1}]);
      const {offers} = (await shop.store.listing(item!.id))!;
      assert.equal(offers[0]!.costs[0]!.price.amount, '10.00');
    }
    shop.upstream.goods = priced('10');
    await shop.sync();
    assert.deepEqual(await price(shop), ['12.00']);
  });

  it('D2: of a good with several offers only the one without a cost goes', async () => {
    const options = [{name: '面值', values: ['50', '100']}];
    const offers = (second: string) => [
      anOffer({choices: {面值: '50'}, costs: costs([1, '40'])}),
      anOffer({choices: {面值: '100'}, costs: costs([1, second])}),
    ];
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({options, offers: offers('80')})]})});
    const [item] = (await shelf(shop)).items;
    const product = async () => json<Product>(await shop.fetch(`/v1/products/${item!.id}`));
    const [, second] = (await product()).skus;
    shop.upstream.goods = [aGood({options, offers: offers('0')})];
    await shop.sync();
    assert.deepEqual(
      (await product()).skus.map(({choices}) => choices['面值']),
      ['50'],
    );
    assert.equal((await shop.quote([{skuId: second!.id, quantity: 1}])).lines[0]!.problem, 'unknown_product');
    assert.deepEqual((await record(shop)).lastFull!.left, [{code: 'STEAM50', reason: '100: it has no cost'}]);
  });

  it('D4: a pinned price stays while the cost moves, at the quote as on the shelf, and never sells at a loss', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({goods: priced('10')}),
      listing: {goods: [{code: 'STEAM50', price: '15'}]},
    });
    const skuId = await shop.skuOf();
    for (const cost of ['12', '10']) {
      shop.upstream.goods = priced(cost);
      await shop.sync();
      assert.deepEqual(await price(shop), ['15.00']);
    }
    shop.upstream.script({quote: async () => costs([1, '14.5'])[0]!.price});
    assert.equal((await shop.quote([{skuId, quantity: 1}])).total.amount, '15.00');
    shop.upstream.script({quote: async () => costs([1, '15.01'])[0]!.price});
    assert.equal((await shop.quote([{skuId, quantity: 1}])).lines[0]!.problem, 'not_for_sale');
    shop.upstream.goods = priced('15.01');
    await shop.sync();
    assert.deepEqual([await price(shop), await paused(shop)], [[], {margin_too_small: 1}]);
  });

  it('a price below what the platform wants it resold for pauses the listing, until the price reaches it', async () => {
    const floored = (floor: string) => [
      aGood({offers: [anOffer({costs: costs([1, '10']), resaleFloor: yuan(floor)})]}),
    ];
    const shop = await openShop({upstream: fakeUpstream({goods: floored('12')})});
    const skuId = await shop.skuOf();
    assert.deepEqual(await price(shop), ['12.00']);
    shop.upstream.goods = floored('12.01');
    await shop.sync();
    assert.deepEqual([await price(shop), await paused(shop)], [[], {below_platform_price: 1}]);
    assert.equal((await shop.quote([{skuId, quantity: 1}])).lines[0]!.problem, 'not_for_sale');
    shop.upstream.goods = floored('12');
    await shop.sync();
    // The floor holds for the price of the moment as well: the cost has fallen, and the rule would go below it.
    shop.upstream.script({quote: async () => yuan('9')});
    assert.equal((await shop.quote([{skuId, quantity: 1}])).lines[0]!.problem, 'not_for_sale');
    shop.upstream.script({quote: async () => yuan('10.50')});
    assert.equal((await shop.quote([{skuId, quantity: 1}])).total.amount, '12.60');
  });

  it('what may not be resold on the shop’s channels is paused with its reason, and not bought even for who has paid', async () => {
    const shop = await openShop();
    const [placed, skuId] = [await shop.placePaid(), await shop.skuOf()];
    shop.upstream.goods = shop.upstream.goods.map(good => ({...good, resale: {only: ['拼多多', '京东']}}));
    await shop.sync();
    assert.deepEqual([await price(shop), await paused(shop)], [[], {channel_not_allowed: 1}]);
    assert.deepEqual((await record(shop)).lastFull!.left, [
      {code: 'STEAM50', reason: 'its platform lets it be resold on 拼多多, 京东 only'},
    ]);
    assert.equal((await shop.quote([{skuId, quantity: 1}])).lines[0]!.problem, 'not_for_sale');
    await shop.work();
    const {state, refundDue} = await shop.order(placed);
    assert.deepEqual([state, refundDue.amount, shop.upstream.asked('buy')], ['refund_pending', '12.00', []]);
    shop.upstream.goods = shop.upstream.goods.map(good => ({...good, resale: {never: ['抖音']}}));
    await shop.sync();
    assert.deepEqual(await price(shop), ['12.00']);
  });

  it('D5: a markup in percent leaves no more digits than the currency has', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({goods: priced('0.0151')}),
      listing: {price: {markup: {percent: '33.3333'}}},
    });
    assert.deepEqual(await price(shop), ['0.03']);
  });

  it('C7: contact and limits are the shop’s own and survive a sync; what is technical follows the platform', async () => {
    const field = {name: 'account', label: '账号', type: 'text', required: true} as const;
    const shop = await openShop({
      upstream: fakeUpstream({goods: [aGood({contact: 'qq', minimum: 1, maximum: 50})]}),
      listing: {goods: [{code: 'STEAM50', contact: 'email', minimum: 2, maximum: 10}]},
    });
    const [item] = (await shelf(shop)).items;
    const side = async () => {
      const {contact, minimum, maximum, fields} = await json<Product>(await shop.fetch(`/v1/products/${item!.id}`));
      return {contact, minimum, maximum, fields: fields.length};
    };
    assert.deepEqual(await side(), {contact: 'email', minimum: 2, maximum: 10, fields: 0});
    shop.upstream.goods = [aGood({contact: 'phone', minimum: 1, maximum: 5, fields: [field]})];
    await shop.sync();
    assert.deepEqual(await side(), {contact: 'email', minimum: 2, maximum: 5, fields: 1});
  });

  it('C10: special characters in titles, fields and choices come through unchanged', async () => {
    const odd = `&amp;amp; < " ' & 🎮 <b>x</b>`;
    const good = aGood({
      title: odd,
      fields: [{name: odd, label: odd, type: 'text', required: false}],
      options: [{name: odd, values: [odd]}],
      offers: [anOffer({choices: {[odd]: odd}})],
    });
    const shop = await openShop({upstream: fakeUpstream({goods: [good]})});
    const [item] = (await shelf(shop)).items;
    const {title, fields, skus} = await json<Product>(await shop.fetch(`/v1/products/${item!.id}`));
    assert.deepEqual([item!.title, title, fields[0]!.label, skus[0]!.choices], [odd, odd, odd, {[odd]: odd}]);
  });
});
