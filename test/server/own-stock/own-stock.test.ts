import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {createKeyRing} from '../../../src/server/security/key-ring.ts';
import type {BuyRequest} from '../../../src/upstreams/port.ts';
import {anOwnGood, ownShelf, type OwnShelf} from '../../support/own-shelf.ts';
import {masterKey} from '../../support/shop-server.ts';

const {signal} = new AbortController();
let references = 0;

function request(overrides: Partial<BuyRequest> = {}): BuyRequest {
  return {
    reference: `r${++references}`,
    offer: {code: 'G1', choices: {}, nested: false},
    quantity: 1,
    fields: {},
    contact: 'keystall',
    password: 'secret',
    delivery: 'automatic',
    ...overrides,
  };
}

const cards = (count: number) => Array.from({length: count}, (_, index) => `CARD-${index + 1}-AAAA`);
const stockOf = async ({upstream}: OwnShelf, code = 'G1') => {
  const stock = await upstream.stock({code, choices: {}, nested: false}, signal);
  return stock.kind === 'counted' ? stock.count : stock.kind;
};

describe('own stock as a source', () => {
  it('shows the goods of the configuration with their categories, costs and stock', async () => {
    const shelf = await ownShelf({
      goods: [
        anOwnGood({minimum: 2, maximum: 5, description: '<b>官方</b>', contact: 'email'}),
        anOwnGood({code: 'G2', category: '课程', cost: '0.0150'}),
        anOwnGood({code: 'G3', category: '课程'}),
      ],
    });
    await shelf.put(cards(3));
    const {categories, goods, rejected} = await shelf.upstream.catalogue(signal);
    assert.deepEqual(rejected, []);
    assert.deepEqual(categories, [
      {id: '游戏', name: '游戏'},
      {id: '课程', name: '课程'},
    ]);
    const [first, second] = goods;
    assert.deepEqual(
      [first!.minimum, first!.maximum, first!.contact, first!.description, first!.delivery],
      [2, 5, 'email', '<b>官方</b>', 'automatic'],
    );
    assert.deepEqual(first!.offers[0]!.costs, [{from: 2, price: money('10', 'CNY')}]);
    assert.deepEqual(
      goods.map(({offers}) => 'count' in offers[0]!.stock && offers[0]!.stock.count),
      [3, 0, 0],
    );
    assert.equal(second!.offers[0]!.costs[0]!.price.amount, '0.015');
    assert.deepEqual(await shelf.upstream.good('G1', signal), first);
    assert.equal((await shelf.upstream.quote({code: 'G2', choices: {}, nested: false}, 3, signal)).amount, '0.045');
  });

  it('says of a good that is not in the configuration that it is absent', async () => {
    const {upstream} = await ownShelf();
    const absent = {name: 'UpstreamError', reason: 'absent'};
    const offer = {code: 'G9', choices: {}, nested: false};
    await assert.rejects(upstream.good('G9', signal), absent);
    await assert.rejects(upstream.stock(offer, signal), absent);
    await assert.rejects(upstream.quote(offer, 1, signal), absent);
    await assert.rejects(upstream.picture('https://a.example/x.png', signal), absent);
    const outcome = await upstream.buy(request({offer}), signal);
    assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['refused', 'not_for_sale']);
  });

  it('delivers cards verbatim, the oldest first, with how they are used and at what they cost', async () => {
    const shelf = await ownShelf({goods: [anOwnGood({usage: '在官网兑换'})]});
    await shelf.put(['卡号：1234 密码：abcd', 'CODE-2-AAAA', 'CODE-3-AAAA']);
    const order = request({quantity: 2});
    const outcome = await shelf.upstream.buy(order, signal);
    assert.deepEqual(outcome, {
      kind: 'delivered',
      orderId: order.reference,
      charged: money('20', 'CNY'),
      secret: '卡号：1234 密码：abcd\nCODE-2-AAAA',
      note: '在官网兑换',
    });
    assert.equal(await stockOf(shelf), 1);
  });

  it('A5: answers a repeated reference, and a lost answer, with the same cards', async () => {
    const shelf = await ownShelf();
    await shelf.put(cards(5));
    const order = request({quantity: 2});
    const first = await shelf.upstream.buy(order, signal);
    assert.deepEqual(await shelf.upstream.buy(order, signal), first);
    assert.deepEqual(await shelf.upstream.reconcile(order, signal), first);
    assert.deepEqual(await shelf.upstream.follow({orderId: order.reference, placeholder: ''}, signal), {
      kind: 'delivered',
      secret: cards(2).join('\n'),
    });
    assert.equal(await stockOf(shelf), 3);
    assert.equal((await shelf.upstream.follow({orderId: 'never', placeholder: ''}, signal)).kind, 'absent');
    const other = await shelf.upstream.buy({...order, quantity: 1}, signal);
    assert.deepEqual([other.kind, 'reason' in other && other.reason], ['refused', 'other']);
  });

  it('refuses what it cannot sell, and takes nothing for it', async () => {
    const shelf = await ownShelf({goods: [anOwnGood({minimum: 2, maximum: 3})]});
    await shelf.put(cards(2));
    const offer = {code: 'G1', choices: {区服: '一'}, nested: false};
    for (const [change, reason] of [
      [{quantity: 1}, 'quantity_not_allowed'],
      [{quantity: 4}, 'quantity_not_allowed'],
      [{quantity: 1.5}, 'quantity_not_allowed'],
      [{quantity: 3}, 'sold_out'],
      [{quantity: 2, offer}, 'choice_not_allowed'],
      [{quantity: 2, costCeiling: money('19.9999', 'CNY')}, 'price_too_high'],
    ] as const) {
      const outcome = await shelf.upstream.buy(request(change), signal);
      assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['refused', reason]);
    }
    assert.equal(await stockOf(shelf), 2);
    const bought = await shelf.upstream.buy(request({quantity: 2, costCeiling: money('20', 'CNY')}), signal);
    assert.equal(bought.kind, 'delivered');
  });

  it('sells no more than its cap, and shows no more than that leaves', async () => {
    const shelf = await ownShelf({goods: [anOwnGood({stockCap: 3})]});
    await shelf.put(cards(10));
    assert.equal(await stockOf(shelf), 3);
    assert.equal((await shelf.upstream.buy(request({quantity: 2}), signal)).kind, 'delivered');
    assert.equal(await stockOf(shelf), 1);
    assert.equal((await shelf.upstream.buy(request({quantity: 2}), signal)).kind, 'refused');
    shelf.goods[0] = anOwnGood({stockCap: 1});
    assert.equal(await stockOf(shelf), 0, 'a cap below what was sold is no negative stock');
  });

  it('F4: gives a reusable card to everybody, one a person where nothing else is said', async () => {
    const shelf = await ownShelf({goods: [anOwnGood({cards: 'reusable'})]});
    assert.equal(await stockOf(shelf), 0);
    await shelf.put(['https://course.example/one']);
    assert.equal(await stockOf(shelf), 'unlimited');
    for (let buyer = 0; buyer < 3; buyer++) {
      const outcome = await shelf.upstream.buy(request(), signal);
      assert.ok(outcome.kind === 'delivered' && outcome.reusable);
      assert.equal(outcome.secret, 'https://course.example/one');
    }
    assert.equal((await shelf.upstream.good('G1', signal)).maximum, 1);
    assert.equal((await shelf.upstream.buy(request({quantity: 2}), signal)).kind, 'refused');
    shelf.goods[0] = anOwnGood({cards: 'reusable', maximum: 5, stockCap: 5});
    assert.equal(await stockOf(shelf), 2);
    const two = await shelf.upstream.buy(request({quantity: 2}), signal);
    assert.ok(two.kind === 'delivered' && two.secret.split('\n').length === 2);
  });

  it('takes no card that it cannot open, and says which key is missing', async () => {
    const shelf = await ownShelf();
    await shelf.put(cards(1));
    const elsewhere = await ownShelf({store: shelf.store, keys: await createKeyRing([masterKey('k2', 2)])});
    const outcome = await elsewhere.upstream.buy(request(), signal);
    assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['refused', 'credentials']);
    assert.match('text' in outcome ? outcome.text : '', /key "k1"; put that master key back/);
    assert.equal(await stockOf(shelf), 1);
  });

  it('A4: says that it does not know when the database does not answer', async () => {
    const shelf = await ownShelf();
    await shelf.put(cards(1));
    const broken = {...shelf.store, transaction: () => Promise.reject(new Error('connection lost: CARD'))};
    const {upstream} = await ownShelf({store: broken});
    const order = request();
    const outcome = await upstream.buy(order, signal);
    assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['unknown', 'connection']);
    assert.ok(!JSON.stringify(outcome).includes('CARD'));
    const never = {...shelf.store, transaction: () => new Promise<never>(() => {})};
    const hanging = await ownShelf({store: never});
    const late = await hanging.upstream.buy(order, AbortSignal.timeout(20));
    assert.deepEqual([late.kind, 'reason' in late && late.reason], ['unknown', 'timeout']);
    const silent = {...shelf.store, ownStock: () => Promise.reject(new Error('gone'))};
    await assert.rejects((await ownShelf({store: silent})).upstream.catalogue(signal), {reason: 'connection'});
    assert.equal((await shelf.upstream.reconcile(order, signal)).kind, 'delivered');
  });

  it('F5: sells ten cards to 64 buyers ten times', async () => {
    const shelf = await ownShelf();
    await shelf.put(cards(10));
    const outcomes = await Promise.all(Array.from({length: 64}, () => shelf.upstream.buy(request(), signal)));
    const sold = outcomes.flatMap(outcome => (outcome.kind === 'delivered' ? [outcome.secret] : []));
    assert.deepEqual(sold.toSorted(), cards(10).toSorted());
    assert.ok(outcomes.every(outcome => outcome.kind === 'delivered' || outcome.kind === 'refused'));
  });
});
