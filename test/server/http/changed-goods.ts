import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ProductPage} from '../../../src/contract/product.ts';
import type {WebhookNotice, WebhookReading} from '../../../src/upstreams/optional-calls.ts';
import {fakeUpstream, silent} from '../../support/fake-upstream.ts';
import {json, openShop, type TestShop} from '../../support/shop-server.ts';
import {aGood, anOffer, costs, counted} from '../../support/upstream-goods.ts';

/*
 * A platform tells that goods have changed. What it says of them is never believed: each is read again.
 */

const answer = {status: 200, mediaType: 'text/plain', body: 'ok'};
const webhook = ({headers, body}: WebhookNotice): WebhookReading =>
  headers['x-signature'] === 'secret'
    ? {kind: 'verified', events: [], goods: JSON.parse(new TextDecoder().decode(body)) as string[], answer}
    : {kind: 'refused', reason: 'forged', text: 'forged', answer};

const good = (code: string, cost: string, count = 9) =>
  aGood({code, title: code, offers: [anOffer({costs: costs([1, cost]), stock: counted(count, Date.UTC(2027, 0))})]});

async function notifiedShop(...goods: ReturnType<typeof good>[]) {
  const upstream = Object.assign(fakeUpstream({goods, capabilities: {webhook: true}}), {webhook});
  const shop = await openShop({upstream});
  return {shop, upstream};
}
const tell = (shop: TestShop, codes: readonly string[], signature = 'secret') =>
  shop.fetch('/v1/connections/main/notices', {
    method: 'POST',
    body: JSON.stringify(codes),
    headers: {'X-Signature': signature},
  });
const prices = async (shop: TestShop) =>
  (await json<ProductPage>(await shop.fetch('/v1/products'))).items.map(({title, price}) => [title, price.amount]);

describe('a good that its platform says has changed', () => {
  it('C1, D1: is read at once: price and stock are what it says then, and other goods are left alone', async () => {
    const {shop, upstream} = await notifiedShop(good('A', '10'), good('B', '10'));
    upstream.goods = [good('A', '20', 3), good('B', '20')];
    await tell(shop, ['A']);
    await shop.work();
    assert.deepEqual(await prices(shop), [
      ['A', '24.00'],
      ['B', '12.00'],
    ]);
    assert.deepEqual(
      upstream.asked('good').map(([code]) => code),
      ['A'],
    );
    const {lines} = await shop.quote([{skuId: await shop.skuOf('A'), quantity: 4}]);
    assert.deepEqual([lines[0]!.problem, lines[0]!.available], ['insufficient_stock', 3]);
  });

  it('goes off the shelf when it is not there any more, and comes back with the next reading', async () => {
    const {shop, upstream} = await notifiedShop(good('A', '10'), good('B', '10'));
    upstream.goods = [good('B', '10')];
    await tell(shop, ['A']);
    await shop.work();
    assert.deepEqual(await prices(shop), [['B', '12.00']]);
    upstream.goods = [good('A', '10'), good('B', '10')];
    await shop.sync();
    assert.equal((await prices(shop)).length, 2);
  });

  it('D2: without a cost it pauses, and keeps the cost it had', async () => {
    const {shop, upstream} = await notifiedShop(good('A', '10'));
    upstream.goods = [good('A', '0')];
    await tell(shop, ['A']);
    await shop.work();
    assert.deepEqual([await prices(shop), await shop.store.listingCounts('main')], [[], {no_cost: 1}]);
  });

  it('stays as it is when the notice is forged, the platform silent, or the good none of the shop’s', async () => {
    const {shop, upstream} = await notifiedShop(good('A', '10'));
    upstream.goods = [good('A', '20'), good('NEW', '1')];
    await tell(shop, ['A'], 'guess');
    await tell(shop, ['NEW', 'ABSENT']);
    await shop.work();
    assert.equal(upstream.asked('good').length, 0);
    upstream.script({good: silent});
    await tell(shop, ['A']);
    await shop.work();
    assert.deepEqual(await prices(shop), [['A', '12.00']]);
  });

  it('C2: told again and again it is read once, and once more ten seconds later: nothing that was said last is lost', async () => {
    const {shop, upstream} = await notifiedShop(good('A', '10'));
    for (const cost of ['11', '12', '13']) {
      upstream.goods = [good('A', cost)];
      await tell(shop, ['A']);
      await shop.work();
    }
    assert.equal(upstream.asked('good').length, 1);
    await shop.work(10_000);
    assert.equal(upstream.asked('good').length, 2);
    assert.deepEqual(await prices(shop), [['A', '15.60']]);
  });

  it('C2: one of very many is left to the next reading', async () => {
    const codes = Array.from({length: 90}, (_, index) => `G${index}`);
    const {shop, upstream} = await notifiedShop(...codes.map(code => good(code, '10')));
    upstream.goods = codes.map(code => good(code, '20'));
    await tell(shop, codes);
    await shop.work();
    assert.equal(upstream.asked('good').length, 60);
    await shop.work(60_000);
    await tell(shop, ['G89']);
    await shop.work();
    assert.equal(upstream.asked('good').length, 61);
  });
});
