import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setImmediate as immediate} from 'node:timers/promises';
import {createStockNotes, type SeenStock} from '../../../src/server/catalogue/remember-stock.ts';
import type {ListingRecord} from '../../../src/server/persistence/records.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {openShop, type TestShop} from '../../support/shop-server.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {aGood} from '../../support/upstream-goods.ts';

/** The shop's two listings as they were read, each with a hundred pieces. */
async function listed(): Promise<{shop: TestShop; listings: readonly ListingRecord[]}> {
  const goods = ['A', 'B'].map(code => aGood({code}));
  const shop = await openShop({upstream: fakeUpstream({goods})});
  const {items: listings} = await shop.store.listings({sort: 'featured', offset: 0, limit: 2});
  return {shop, listings};
}

/** What is said of it so long after what the listing says. */
function seen({offers, connectionId, product}: ListingRecord, count: number, afterMs: number): SeenStock {
  const {stock} = product.skus[0]!;
  const at = (stock.kind === 'unknown' ? 0 : stock.at) + afterMs;
  return {skuId: offers[0]!.skuId, connectionId, stock: {kind: 'counted', count, at}};
}

async function countOf(shop: TestShop, {id}: ListingRecord): Promise<number | undefined> {
  const stock = (await shop.store.listing(id))!.product.skus[0]!.stock;
  return stock.kind === 'counted' ? stock.count : undefined;
}

describe('what buyers’ questions show of stock', () => {
  it('is written down before the buyer is answered, if shelves say something else by it', async () => {
    const {shop, listings} = await listed();
    const notes = createStockNotes(shop.ports);
    await notes.note(listings[0]!, [seen(listings[0]!, 0, 1)]);
    assert.equal(await countOf(shop, listings[0]!), 0);
  });

  it('is written down behind the buyers’ backs, one good after the other, if shelves say the same', async () => {
    const {shop, listings} = await listed();
    let [atOnce, most] = [0, 0];
    const {promise: free, resolve: goOn} = Promise.withResolvers<void>();
    const slow: Store = {
      ...shop.store,
      async transaction(work) {
        most = Math.max(most, ++atOnce);
        await free;
        const answer = await shop.store.transaction(work);
        atOnce--;
        return answer;
      },
    };
    const notes = createStockNotes({...shop.ports, store: slow});
    for (const listing of listings) await notes.note(listing, [seen(listing, 99, 5_000)]);
    assert.deepEqual(await Promise.all(listings.map(listing => countOf(shop, listing))), [100, 100]);
    goOn();
    while ((await countOf(shop, listings[1]!)) !== 99) await immediate();
    assert.equal(await countOf(shop, listings[0]!), 99);
    assert.equal(most, 1);
  });

  it('is not written again so soon while shelves say the same', async () => {
    const {shop, listings} = await listed();
    let writes = 0;
    const store: Store = {
      ...shop.store,
      transaction(work) {
        writes++;
        return shop.store.transaction(work);
      },
    };
    const notes = createStockNotes({...shop.ports, store});
    await notes.note(listings[0]!, [seen(listings[0]!, 99, 4_999)]);
    assert.equal(writes, 0);
  });
});
