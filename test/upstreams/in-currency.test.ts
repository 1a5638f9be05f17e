import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../src/domain/money.ts';
import {inCurrency} from '../../src/upstreams/in-currency.ts';
import {UpstreamError, type BuyRequest, type Upstream} from '../../src/upstreams/port.ts';
import {fakeUpstream} from '../support/fake-upstream.ts';
import {aGood, anOffer} from '../support/upstream-goods.ts';

const patient = new AbortController().signal;
const euro = {from: 'EUR', to: 'CNY', rate: '7.8512'};
const price = money('5.79', 'EUR');
const inYuan = money('45.4585', 'CNY');
const good = aGood({offers: [anOffer({costs: [{from: 1, price}]})], cards: {premium: price}});
const request: BuyRequest = {
  reference: 'r1',
  offer: {code: good.code, choices: {}, nested: false},
  quantity: 1,
  fields: {},
  contact: 'keystall',
  password: '',
  delivery: 'automatic',
};

function euroPlatform() {
  const platform = fakeUpstream({goods: [good]});
  platform.pickable[good.code] = [{id: 'a', premium: price}, {id: 'b'}];
  platform.script({
    connect: async () => ({name: 'abroad', balance: price}),
    buy: async () => ({kind: 'delivered', orderId: '1', charged: price, secret: 'KEY'}),
    follow: async () => ({kind: 'delivered', secret: 'KEY', refunded: price, charged: price}),
  });
  return platform;
}

test('everything that a platform says of money is reckoned in the shop’s currency', async () => {
  const platform = inCurrency(euroPlatform(), euro);
  assert.deepEqual((await platform.connect(patient)).balance, money('45.4584', 'CNY'), 'no more than there is');
  const {goods} = await platform.catalogue(patient);
  for (const read of [goods[0]!, await platform.good(good.code, patient)]) {
    assert.deepEqual(read.offers[0]!.costs[0]!.price, inYuan);
    assert.deepEqual(read.cards!.premium, inYuan);
  }
  const {cards} = await platform.cards!(request.offer, {page: 1, limit: 10}, patient);
  assert.deepEqual(cards, [{id: 'a', premium: inYuan}, {id: 'b'}]);
  assert.deepEqual(await platform.card!(request.offer, 'a', patient), {id: 'a', premium: inYuan});
  const outcome = await platform.buy(request, patient);
  const found = await platform.follow({orderId: '1', placeholder: ''}, patient);
  assert.deepEqual([outcome.kind === 'delivered' && outcome.charged], [inYuan]);
  assert.ok(found.kind === 'delivered');
  assert.deepEqual([found.refunded, found.charged], [inYuan, inYuan], 'all that was charged came back');
});

test('what a purchase may cost is told in the platform’s currency, and never more than it is', async () => {
  const platform = euroPlatform();
  const shop = inCurrency(platform, euro);
  await shop.buy({...request, costCeiling: inYuan}, patient);
  await shop.buy({...request, costCeiling: money('45.4584', 'CNY')}, patient);
  await shop.buy(request, patient);
  assert.deepEqual(
    platform.asked('buy').map(([{costCeiling}]) => costCeiling),
    [price, money('5.7899', 'EUR'), undefined],
  );
});

test('optional calls are there exactly where the platform has them', async () => {
  const bare: Upstream = {...euroPlatform(), cards: undefined as never, card: undefined as never};
  const {cards: _cards, card: _card, ...without} = bare;
  for (const call of ['cards', 'card', 'pages', 'delta', 'search', 'refund', 'cancel', 'webhook'] as const) {
    assert.equal(inCurrency(without, euro)[call], undefined);
  }
  const asked: unknown[] = [];
  const able = inCurrency(
    {
      ...euroPlatform(),
      async *pages(reading) {
        asked.push(reading);
        yield {categories: [], goods: [good], gone: [], rejected: [], next: '3'};
      },
      delta: async () => ({categories: [], goods: [good], gone: ['X'], rejected: []}),
      search: async () => [good],
      refund: async order => {
        asked.push(order);
        return {kind: 'refunded', amount: price};
      },
    },
    euro,
  );
  const {goods, gone} = await able.delta!(0, patient);
  assert.deepEqual([goods[0]!.offers[0]!.costs[0]!.price, gone], [inYuan, ['X']]);
  for await (const page of able.pages!({from: '2', since: 7}, patient)) {
    assert.deepEqual([page.goods[0]!.offers[0]!.costs[0]!.price, page.next], [inYuan, '3']);
    assert.deepEqual(asked.splice(0), [{from: '2', since: 7}]);
  }
  assert.deepEqual((await able.search!('x', patient))[0]!.offers[0]!.costs[0]!.price, inYuan);
  const refund = await able.refund!({orderId: '1', amount: inYuan, why: ''}, patient);
  assert.deepEqual(refund, {kind: 'refunded', amount: inYuan});
  assert.deepEqual(asked, [{orderId: '1', amount: price, why: ''}]);
});

test('a third currency stays what it is, and errors pass', async () => {
  const platform = euroPlatform();
  const dollars = money('1', 'USD');
  platform.script({
    quote: async () => dollars,
    stock: async () => {
      throw new UpstreamError('timeout', 'late');
    },
  });
  const shop = inCurrency(platform, euro);
  assert.deepEqual(await shop.quote(request.offer, 1, patient), dollars);
  await assert.rejects(shop.stock(request.offer, patient), {reason: 'timeout'});
});
