import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import type {Stock} from '../../../src/domain/stock.ts';
import type {ListingQuery} from '../../../src/server/persistence/records.ts';
import type {Store, Transaction} from '../../../src/server/persistence/store.ts';
import {aCategory, aListing} from './record-builders.ts';
import {writersOf, type OpenedStores} from './opened-stores.ts';

/** What every store keeps to of the goods on the shelves, and of finding them. */
export function catalogueContract(opened: () => OpenedStores) {
  const {write} = writersOf(opened);
  let store: Store;
  before(() => {
    ({store} = opened());
  });

  describe('catalogue', () => {
    const firstPage = {sort: 'featured', offset: 0, limit: 100} as const;
    const ofConnection = async (connection: string, query: Partial<ListingQuery> = {}) => {
      const {items} = await store.listings({...firstPage, categoryIds: [`${connection}-games`], ...query});
      return items.map(({goodCode}) => goodCode);
    };
    const put = (connection: string, listings: Parameters<Transaction['putListings']>[2]) =>
      write(tx => tx.putListings(connection, [aCategory(connection)], listings));

    it('finds a part of a title in any language, without case, and nothing by pattern', async () => {
      const connection = randomUUID();
      await put(connection, [
        aListing(connection, 'a', {title: '王者荣耀 点券', titles: {en: 'Honor of KINGS'}}),
        aListing(connection, 'b', {title: '50% 折扣_卡', titles: {de: 'Größe'}}),
        aListing(connection, 'c', {title: 'kings paused', pausedFor: 'screening'}),
      ]);
      assert.deepEqual(await ofConnection(connection, {q: '荣耀'}), ['a']);
      assert.deepEqual(await ofConnection(connection, {q: 'of kin'}), ['a']);
      assert.deepEqual(await ofConnection(connection, {q: 'GRÖSSE'.replace('SS', 'ß')}), ['b']);
      assert.deepEqual(await ofConnection(connection, {q: '0%'}), ['b']);
      assert.deepEqual(await ofConnection(connection, {q: '%'}), ['b']);
      assert.deepEqual(await ofConnection(connection, {q: '_'}), ['b']);
      assert.deepEqual(await ofConnection(connection, {q: ''}), ['a', 'b']);
      assert.deepEqual(await ofConnection(connection, {q: 'nothing'}), []);
    });

    it('finds every word, as it is written or as it is spelled, the better match first', async () => {
      const connection = randomUUID();
      await put(connection, [
        aListing(connection, 'spelled', {title: '腾讯 王者荣耀', spelling: 'TengXunWangZheRongYao', position: 1}),
        aListing(connection, 'begins', {title: '王者荣耀 648', spelling: 'WangZheRongYao648', position: 2}),
        aListing(connection, 'written', {title: 'Guide to WZRY', titles: {de: 'Wzry-Karte'}, position: 3}),
        aListing(connection, 'within', {title: 'Card for wzry', position: 4}),
        aListing(connection, 'other', {title: '网易', spelling: 'WangYi', position: 5}),
        aListing(connection, 'two', {title: 'x', titles: {zh: '啊王'}, spelling: 'X AWang', position: 6}),
      ]);
      const find = (q: string) => ofConnection(connection, {q, sort: 'relevance'});
      assert.deepEqual(await find('wzry'), ['written', 'within', 'begins', 'spelled']);
      assert.deepEqual(await find('WANGZHE'), ['begins', 'spelled']);
      assert.deepEqual(await find('wang zhe'), ['begins', 'spelled']);
      assert.deepEqual(await find('wangzry648'), ['begins']);
      assert.deepEqual(await find('荣耀 648'), ['begins']);
      assert.deepEqual(await find('648 荣耀'), ['begins']);
      assert.deepEqual(await find('rongyao'), ['spelled', 'begins']);
      assert.deepEqual(await find("wang'yi"), ['other']);
      assert.deepEqual(await find('ang'), []);
      assert.deepEqual(await find('xa'), []);
      assert.deepEqual(await find('wang'), ['begins', 'other', 'spelled', 'two']);
      assert.deepEqual(await find('王者 网易'), []);
      assert.deepEqual(await find('.* [a-z]*'), []);
      assert.deepEqual(await ofConnection(connection, {sort: 'relevance'}), await ofConnection(connection));
    });

    it('filters by price, stock and delivery, and counts what each filter would leave', async () => {
      const connection = randomUUID();
      const good = (code: string, price: string, delivery: 'automatic' | 'manual', stock: Stock) => {
        const listing = aListing(connection, code, {price: money(price, 'CNY')});
        const [sku] = listing.product.skus;
        const skus = [
          {...sku!, stock: {kind: 'counted', count: 0, at: 1} as const},
          {...sku!, id: `${code}-2`, stock},
        ];
        return {...listing, product: {...listing.product, delivery, skus}};
      };
      const counted = (count: number) => ({kind: 'counted', count, at: 1}) as const;
      await put(connection, [
        good('a', '0.015', 'automatic', {kind: 'unlimited', at: 1}),
        good('b', '9.90', 'automatic', counted(0)),
        good('c', '10', 'manual', counted(1)),
        good('d', '100.00', 'manual', {kind: 'unknown'}),
      ]);
      const filter = async (query: Partial<ListingQuery>) => {
        const page = {...firstPage, categoryIds: [`${connection}-games`], facets: true};
        const {items, total, facets} = await store.listings({...page, ...query});
        assert.equal(total, items.length);
        return {codes: items.map(({goodCode}) => goodCode).join(''), ...facets!};
      };
      const whole = {lowest: money('0.015', 'CNY'), highest: money('100', 'CNY')};
      assert.deepEqual(await filter({}), {
        codes: 'abcd',
        inStock: 2,
        delivery: {automatic: 2, manual: 2},
        price: whole,
      });
      assert.deepEqual(await filter({minPrice: '9.9', maxPrice: '10.00'}), {
        codes: 'bc',
        inStock: 1,
        delivery: {automatic: 1, manual: 1},
        price: whole,
      });
      assert.deepEqual(await filter({inStock: true}), {
        codes: 'ac',
        inStock: 2,
        delivery: {automatic: 1, manual: 1},
        price: {lowest: money('0.015', 'CNY'), highest: money('10', 'CNY')},
      });
      assert.deepEqual(await filter({delivery: 'manual', minPrice: '50'}), {
        codes: 'd',
        inStock: 0,
        delivery: {automatic: 0, manual: 1},
        price: {lowest: money('10', 'CNY'), highest: money('100', 'CNY')},
      });
      assert.deepEqual(await filter({q: 'nothing'}), {
        codes: '',
        inStock: 0,
        delivery: {automatic: 0, manual: 0},
      });
      assert.equal((await filter({minPrice: '11', maxPrice: '9'})).codes, '');
    });

    it('filters by official source, and counts what that would leave', async () => {
      const [official, other] = [randomUUID(), randomUUID()];
      const category = `${official}-games`;
      const good = (connection: string, code: string) => ({...aListing(connection, code), categoryId: category});
      await put(official, [good(official, 'a'), good(official, 'b')]);
      await put(other, [good(other, 'c')]);
      const find = async (query: Partial<ListingQuery>) => {
        const {total, facets} = await store.listings({...firstPage, categoryIds: [category], facets: true, ...query});
        return [total, facets!.official, facets!.inStock + facets!.delivery.automatic];
      };
      const all = await find({});
      assert.deepEqual(all.slice(0, 2), [3, undefined]);
      assert.deepEqual((await find({official: {connectionIds: [official], only: false}})).slice(0, 2), [3, 2]);
      const [total, counted, others] = await find({official: {connectionIds: [official], only: true}});
      assert.deepEqual([total, counted], [2, 2]);
      assert.ok(others! < all[2]!);
      assert.deepEqual((await find({official: {connectionIds: [], only: true}})).slice(0, 2), [0, 0]);
    });

    it('sorts by place, by price as a number, and by title, always the same way', async () => {
      const connection = randomUUID();
      await put(connection, [
        aListing(connection, 'a', {position: 3, price: money('9.90', 'CNY'), title: 'beta'}),
        aListing(connection, 'b', {position: 1, price: money('100', 'CNY'), title: '月卡'}),
        aListing(connection, 'c', {position: 2, price: money('0.015', 'CNY'), title: 'Alpha'}),
        aListing(connection, 'd', {position: 2, price: money('9.9', 'CNY'), title: '😀 card'}),
        aListing(connection, 'e', {position: 4, price: money('10', 'CNY'), title: '\uffee half width'}),
      ]);
      assert.deepEqual(await ofConnection(connection), ['b', 'c', 'd', 'a', 'e']);
      assert.deepEqual(await ofConnection(connection, {sort: 'price_ascending'}), ['c', 'd', 'a', 'e', 'b']);
      assert.deepEqual(await ofConnection(connection, {sort: 'price_descending'}), ['b', 'e', 'd', 'a', 'c']);
      assert.deepEqual(await ofConnection(connection, {sort: 'title'}), ['c', 'a', 'b', 'e', 'd']);
      const page = await store.listings({...firstPage, categoryIds: [`${connection}-games`], offset: 1, limit: 2});
      assert.deepEqual(
        page.items.map(({goodCode}) => goodCode),
        ['c', 'd'],
      );
      assert.equal(page.total, 5);
      assert.deepEqual(await store.listings({...firstPage, categoryIds: []}), {items: [], total: 0});
    });

    it('counts what each category sells, and hides empty ones', async () => {
      const connection = randomUUID();
      const games = aCategory(connection, {position: 2});
      const courses = aCategory(connection, {id: `${connection}-courses`, position: 1, parentId: games.id});
      const empty = aCategory(connection, {id: `${connection}-empty`});
      await write(tx =>
        tx.putListings(
          connection,
          [games, courses, empty],
          [
            aListing(connection, 'a'),
            aListing(connection, 'b'),
            aListing(connection, 'c', {categoryId: courses.id}),
            aListing(connection, 'd', {categoryId: empty.id, pausedFor: 'margin'}),
          ],
        ),
      );
      const categories = (await store.categories()).filter(({connectionId}) => connectionId === connection);
      assert.deepEqual(categories, [
        {...courses, productCount: 1},
        {...games, productCount: 2},
      ]);
    });

    it('is found by SKU and by id, paused or not', async () => {
      const connection = randomUUID();
      const listings = [aListing(connection, 'a'), aListing(connection, 'b', {pausedFor: 'screening'})];
      await put(connection, listings);
      const skus = listings.map(({product}) => product.skus[0]!.id);
      assert.deepEqual(await store.listingsBySku([...skus, 'absent']), listings);
      assert.deepEqual(await store.listingsBySku([]), []);
      assert.deepEqual(await write(tx => tx.listingsBySku([skus[0]!])), [listings[0]]);
      assert.deepEqual(await store.listing(listings[1]!.id), listings[1]);
      assert.equal(await store.listing('absent'), undefined);
    });

    it('takes listings beside those that are there, and touches only what changed', async () => {
      const connection = randomUUID();
      const [kept, other] = [aListing(connection, 'kept'), aListing(connection, 'other')];
      await put(connection, [kept]);
      await put(connection, [other]);
      const version = await store.catalogueVersion();
      await put(connection, [{...kept, updatedAt: 99}]);
      assert.equal(await store.catalogueVersion(), version);
      assert.deepEqual(await store.listing(kept.id), kept);
      await put(connection, [{...kept, contentHash: 'new'}]);
      assert.equal(await store.catalogueVersion(), version, 'nobody can see a hash');
      assert.equal((await store.listing(kept.id))?.contentHash, 'new');
      await put(connection, []);
      assert.deepEqual(await ofConnection(connection), ['kept', 'other']);
    });

    it('is told of a change by whichever listing has one, whatever they are known to be made of', async () => {
      const connection = randomUUID();
      const [first, second] = ['a', 'b'].map(code => aListing(connection, code, {contentHash: 'h1'}));
      await put(connection, [first!, second!]);
      const version = await store.catalogueVersion();
      const rehashed = {...second!, contentHash: 'h2'};
      await put(connection, [first!, rehashed]);
      assert.equal(await store.catalogueVersion(), version);
      assert.deepEqual(await store.listing(second!.id), rehashed);
      const renamed = {...second!, contentHash: 'h3', title: '新'};
      await put(connection, [first!, renamed]);
      assert.ok((await store.catalogueVersion()) > version);
      assert.deepEqual(await store.listing(second!.id), renamed);
      assert.deepEqual(await store.listing(first!.id), first);
    });

    it('is found by what it is now, and not by what it was', async () => {
      const connection = randomUUID();
      const before = aListing(connection, 'a', {spelling: 'DianKa', contentHash: 'h1'});
      const [sku] = before.product.skus;
      const product = {
        ...before.product,
        delivery: 'manual' as const,
        skus: [{...sku!, stock: {kind: 'unknown' as const}}],
      };
      const after = {...before, spelling: 'WangYi', contentHash: 'h2', product};
      const isFoundAs = async ({spelling, product: {delivery}}: typeof before, inStock: boolean) => {
        assert.deepEqual(await ofConnection(connection, {q: spelling!.toLowerCase()}), ['a']);
        assert.deepEqual(await ofConnection(connection, {delivery}), ['a']);
        assert.deepEqual(await ofConnection(connection, {inStock: true}), inStock ? ['a'] : []);
      };
      await put(connection, [before]);
      await isFoundAs(before, true);
      await put(connection, [after]);
      await isFoundAs(after, false);
      assert.deepEqual(await ofConnection(connection, {q: 'dianka'}), []);
      assert.deepEqual(await ofConnection(connection, {delivery: 'automatic'}), []);
      assert.equal((await store.knownListings([after.id]))[0]!.contentHash, 'h2');
      await write(tx => tx.saveListing(before));
      await isFoundAs(before, true);
    });

    it('takes listings of a connection off the shelf, which then forget what they were made of', async () => {
      const connection = randomUUID();
      const listing = aListing(connection, 'a', {contentHash: 'h'});
      const own = aListing(connection, 'own', {pausedFor: 'no_cost', contentHash: 'h'});
      await put(connection, [listing, own]);
      const version = await store.catalogueVersion();
      await write(tx => tx.pauseListings(`${connection}-2`, [listing.id], 'absent'));
      await write(tx => tx.pauseListings(connection, ['nothing', own.id], 'no_cost'));
      assert.equal(await store.catalogueVersion(), version);
      assert.deepEqual(await store.listing(own.id), own);
      await write(tx => tx.pauseListings(connection, [listing.id], 'absent'));
      assert.ok((await store.catalogueVersion()) > version);
      const {contentHash: _, updatedAt: __, ...rest} = listing;
      const {updatedAt: ___, ...stored} = (await store.listing(listing.id))!;
      assert.deepEqual(stored, {...rest, pausedFor: 'absent'});
      assert.deepEqual(await ofConnection(connection), []);
      await put(connection, [listing]);
      assert.deepEqual(await ofConnection(connection), ['a']);
    });

    it('says of many listings at once as much as a sync needs to know', async () => {
      const connection = randomUUID();
      const listings = [
        aListing(connection, 'a', {contentHash: 'h1', position: 7}),
        aListing(connection, 'b', {pausedFor: 'margin_too_small'}),
      ];
      await put(connection, listings);
      const ids = listings.map(({id}) => id);
      const known = [
        {id: ids[0], position: 7, contentHash: 'h1'},
        {id: ids[1], position: listings[1]!.position, pausedFor: 'margin_too_small'},
      ];
      assert.deepEqual(await store.knownListings([...ids, 'nothing']), known);
      assert.deepEqual(await write(tx => tx.knownListings(ids)), known);
      assert.deepEqual(await store.knownListings([]), []);
      assert.deepEqual(await store.listingsById([ids[1]!, 'nothing', ids[0]!]), listings);
      assert.deepEqual(await write(tx => tx.listingsById(ids)), listings);
      assert.deepEqual(await store.listingCounts(connection), {'': 1, margin_too_small: 1});
      assert.deepEqual(await store.listingCounts(randomUUID()), {});
    });
  });

  describe('what is put on the shelves', () => {
    const put = (connection: string, listings: Parameters<Transaction['putListings']>[2]) =>
      write(tx => tx.putListings(connection, [aCategory(connection)], listings));

    it('has a version that rises with every change a reader could see', async () => {
      const connection = randomUUID();
      const listing = aListing(connection, 'a');
      await put(connection, [listing]);
      const version = await store.catalogueVersion();
      const [sku] = listing.product.skus;
      const seenAgain = {...sku!, stock: {kind: 'counted', count: 3, at: 77} as const};
      const observed = {...listing, product: {...listing.product, skus: [seenAgain]}};
      await write(tx => tx.saveListing(observed));
      assert.equal(await store.catalogueVersion(), version);
      assert.deepEqual(await store.listing(listing.id), observed);
      await write(tx => tx.saveListing({...observed, title: 'new'}));
      const raised = await store.catalogueVersion();
      assert.ok(raised > version);
      await write(tx =>
        tx.putListings(connection, [aCategory(connection, {name: '新'})], [{...observed, title: 'new'}]),
      );
      assert.ok((await store.catalogueVersion()) > raised);
    });

    it('refuses ids that belong to another connection', async () => {
      const [first, second] = [randomUUID(), randomUUID()];
      const listing = aListing(first, 'a');
      await put(first, [listing]);
      await assert.rejects(put(second, [{...listing, connectionId: second}]), {name: 'DuplicateRecordError'});
      assert.deepEqual(await store.listing(listing.id), listing);
    });

    it('takes a thousand and more at once', async () => {
      const connection = randomUUID();
      const listings = Array.from({length: 1_200}, (_, index) => aListing(connection, `${index}`, {position: index}));
      await put(connection, listings);
      const query = {sort: 'featured', offset: 0, limit: 100} as const;
      const {total} = await store.listings({...query, categoryIds: [`${connection}-games`]});
      assert.equal(total, 1_200);
    });
  });
}
