import assert from 'node:assert/strict';
import fs from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it, mock} from 'node:test';
import {systemClock} from '../../../src/server/clock.ts';
import {openStore, type OpenedStore} from '../../../src/server/persistence/open.ts';
import {openPgliteFolder} from '../../../src/server/persistence/pglite-folder.ts';
import {prepareDatabase} from '../../support/prepared-database.ts';
import {aListing, anOrder} from './record-builders.ts';

describe('the shop’s database in a folder', () => {
  let dataFolder: string;
  let opened: OpenedStore;
  before(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'keystall-open-'));
    await prepareDatabase(dataFolder);
    opened = await openStore({dataFolder, clock: systemClock});
  });
  after(() => rm(dataFolder, {recursive: true}));

  it('is refused to a second user', async () => {
    await assert.rejects(openStore({dataFolder, clock: systemClock}), {message: /in use by process/});
  });

  it('refuses to be read past the transaction that is open, instead of waiting for ever', async () => {
    const {store} = opened;
    const reading = store.transaction(async () => store.order('o'));
    await assert.rejects(reading, {message: /store\.order was called inside a transaction/});
    const nesting = store.transaction(async () => store.transaction(async () => 1));
    await assert.rejects(nesting, {message: /store\.transaction was called inside a transaction/});
  });

  it('reaches the disk with every commit', async () => {
    const flush = mock.method(fs, 'fdatasyncSync');
    syncBuiltinESMExports();
    try {
      for (let commit = 0; commit < 3; commit++) {
        const before = flush.mock.callCount();
        await opened.store.transaction(tx => tx.insertOrder(anOrder()));
        assert.ok(flush.mock.callCount() > before, `commit ${commit} was not flushed`);
      }
    } finally {
      flush.mock.restore();
      syncBuiltinESMExports();
    }
  });

  it('leaves the process its sockets and timers while many transactions wait', async () => {
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(Array.from({length: 20}, () => opened.store.transaction(tx => tx.insertOrder(anOrder()))));
    isOver = true;
    assert.ok(turns >= 20, `the event loop turned ${turns} times during 20 transactions`);
  });

  it('derives what a listing is found by in what the version before writes, and takes the word of this one', async () => {
    const listing = aListing('c', 'a', {contentHash: 'h1', spelling: 'DianKa'});
    const {id} = listing;
    await opened.store.transaction(tx => tx.putListings('c', [], [listing]));
    await opened.close();

    const {pglite, close} = await openPgliteFolder(dataFolder);
    const found = async (wanted: string) => {
      const {rows} = await pglite.query(
        `select content_hash, spelling, delivery, in_stock from keystall.listing where id = $1`,
        [wanted],
      );
      return rows[0];
    };
    assert.deepEqual(await found(id), {content_hash: 'h1', spelling: 'DianKa', delivery: 'automatic', in_stock: true});
    const {contentHash: _, ...paused} = {...listing, pausedFor: 'absent', spelling: 'Ka'};
    await pglite.query('update keystall.listing set paused_for = $2, record = $3 where id = $1', [
      id,
      'absent',
      paused,
    ]);
    assert.deepEqual(await found(id), {content_hash: null, spelling: 'Ka', delivery: 'automatic', in_stock: true});

    const skus = listing.product.skus.map(sku => ({...sku, stock: {kind: 'counted', count: 0, at: 1}}));
    const soldOut = {...listing, id: 'b', product: {...listing.product, delivery: 'manual', skus}};
    const asBefore = `insert into keystall.listing
        (id, connection_id, good_code, category_id, position, price_currency, price_amount, title_key, search, sku_ids,
         updated_at, record)
      select $1, connection_id, good_code, category_id, position, price_currency, price_amount, title_key, search,
        sku_ids, updated_at, $2::json from keystall.listing where id = $3
      on conflict (id) do update set record = excluded.record`;
    await pglite.query(asBefore, ['b', soldOut, id]);
    const derived = {content_hash: 'h1', spelling: 'DianKa', delivery: 'manual', in_stock: false};
    assert.deepEqual(await found('b'), derived);
    await pglite.query(asBefore, ['b', {...soldOut, contentHash: 'h2'}, id]);
    assert.deepEqual(await found('b'), {...derived, content_hash: 'h2'});
    await close();

    opened = await openStore({dataFolder, clock: systemClock});
    assert.deepEqual(await opened.store.listing(id), paused);
    await opened.store.transaction(tx => tx.putListings('c', [], [listing]));
    assert.deepEqual(await opened.store.knownListings([id]), [{id, position: listing.position, contentHash: 'h1'}]);
  });

  it('opens again with what it held, and not with a version that knows less', async () => {
    const order = anOrder();
    await opened.store.transaction(tx => tx.insertOrder(order));
    await opened.close();
    const again = await openStore({dataFolder, clock: systemClock});
    assert.deepEqual(await again.store.order(order.id), order);
    await again.close();

    const {pglite, close} = await openPgliteFolder(dataFolder);
    const {rows} = await pglite.query<{name: string}>('select name from keystall.migration order by name');
    assert.deepEqual(rows[0], {name: '0001-first-tables'});
    assert.equal(new Set(rows.map(({name}) => name)).size, rows.length, 'each migration ran once');
    await pglite.exec(`insert into keystall.migration (name, timestamp) values ('9999-from-the-future', '')`);
    await close();
    await assert.rejects(openStore({dataFolder, clock: systemClock}), {message: /newer Keystall/});
    // The failed start let go of the folder.
    await (await openPgliteFolder(dataFolder)).close();
  });
});
