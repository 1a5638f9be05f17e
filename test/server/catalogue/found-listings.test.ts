import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createFoundListings} from '../../../src/server/catalogue/found-listings.ts';
import type {ListingQuery} from '../../../src/server/persistence/records.ts';
import {aListing} from '../persistence/record-builders.ts';

const query: ListingQuery = {q: 'steam', sort: 'relevance', offset: 0, limit: 24};

function open() {
  const asked: ListingQuery[] = [];
  const store = {
    version: 1,
    failing: false,
    catalogueVersion: async () => store.version,
    async listings(given: ListingQuery) {
      asked.push(given);
      if (store.failing) throw new Error('no database');
      return {items: [aListing('main', `${store.version}`)], total: 1};
    },
  };
  return {store, asked, find: createFoundListings(store)};
}

describe('found listings', () => {
  it('are looked up once for everybody who asks the same, also at the same time', async () => {
    const {asked, find} = open();
    const [first, second] = await Promise.all([find(query), find({...query})]);
    assert.deepEqual(first, second);
    await find(query);
    assert.deepEqual(asked, [query]);
    await find({...query, offset: 24});
    assert.equal(asked.length, 2);
  });

  it('are looked up again as soon as the catalogue has changed', async () => {
    const {store, find} = open();
    await find(query);
    store.version = 2;
    assert.equal((await find(query)).items[0]!.goodCode, '2');
  });

  it('remember no failure', async () => {
    const {store, find} = open();
    store.failing = true;
    await assert.rejects(find(query), /no database/);
    store.failing = false;
    assert.equal((await find(query)).total, 1);
  });
});
