import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {rememberCatalogue} from '../../../src/server/catalogue/remembered-catalogue.ts';
import type {ListingQuery} from '../../../src/server/persistence/records.ts';
import {aCategory, aListing} from '../persistence/record-builders.ts';

const query: ListingQuery = {q: 'steam', sort: 'relevance', offset: 0, limit: 24};

function open() {
  const asked: ListingQuery[] = [];
  const store = {
    version: 1,
    failing: false,
    categoriesRead: 0,
    async categories() {
      store.categoriesRead++;
      return [{...aCategory('main'), productCount: store.version}];
    },
    catalogueVersion: async () => store.version,
    async listings(given: ListingQuery) {
      asked.push(given);
      if (store.failing) throw new Error('no database');
      return {items: [aListing('main', `${store.version}`)], total: 1};
    },
  };
  const catalogue = rememberCatalogue(store);
  return {store, asked, find: catalogue.listings, catalogue};
}

describe('the remembered catalogue', () => {
  it('is searched once for everybody who asks the same, also at the same time', async () => {
    const {asked, find} = open();
    const [first, second] = await Promise.all([find(query), find({...query})]);
    assert.deepEqual(first, second);
    await find(query);
    await find(Object.fromEntries(Object.entries(query).reverse()) as unknown as ListingQuery);
    assert.deepEqual(asked, [query]);
    await find({...query, offset: 24});
    assert.equal(asked.length, 2);
  });

  it('is searched again as soon as it has changed', async () => {
    const {store, find} = open();
    await find(query);
    store.version = 2;
    assert.equal((await find(query)).items[0]!.goodCode, '2');
  });

  it('counts its categories once, and again as soon as it has changed', async () => {
    const {store, catalogue} = open();
    await Promise.all([catalogue.categories(), catalogue.categories()]);
    assert.equal(store.categoriesRead, 1);
    store.version = 2;
    assert.equal((await catalogue.categories())[0]!.productCount, 2);
  });

  it('remembers no failure', async () => {
    const {store, find} = open();
    store.failing = true;
    await assert.rejects(find(query), /no database/);
    store.failing = false;
    assert.equal((await find(query)).total, 1);
  });
});
