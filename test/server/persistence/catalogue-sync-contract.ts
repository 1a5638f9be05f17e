import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';
import {pausedForAbsence} from '../../../src/server/persistence/catalogue-changes.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {aListing, anAttempt, aProcurement} from './record-builders.ts';
import {writersOf, type OpenedStores} from './opened-stores.ts';

/** What every store keeps to of what is heard from platforms. */
export function catalogueSyncContract(opened: () => OpenedStores) {
  const {write, storedOrder} = writersOf(opened);
  let store: Store;
  let rival: Store;
  before(() => {
    ({store, rival} = opened());
  });

  describe('a catalogue sync', () => {
    it('has one record per connection, which one transaction holds at a time', async () => {
      const connectionId = randomUUID();
      assert.equal(await store.catalogueSync(connectionId), undefined);
      const raise = (through: Store) =>
        through.transaction(async tx => {
          const record = await tx.lockCatalogueSync(connectionId);
          await tx.saveCatalogueSync({...record, failures: record.failures + 1});
        });
      await Promise.all(Array.from({length: 10}, (_, index) => raise(index % 2 ? store : rival)));
      assert.deepEqual(await rival.catalogueSync(connectionId), {connectionId, failures: 10});
      assert.deepEqual(await write(tx => tx.lockCatalogueSync(connectionId)), {connectionId, failures: 10});
    });

    it('finds what its run has not seen, whatever another run or connection saw', async () => {
      const connection = randomUUID();
      const listings = ['a', 'b', 'c', 'd'].map(code => aListing(connection, code));
      const gone = aListing(connection, 'gone', {pausedFor: pausedForAbsence});
      const refused = aListing(connection, 'refused', {pausedFor: 'no_cost'});
      await write(tx => tx.putListings(connection, [], [...listings, gone, refused]));
      const [a, b, c, d] = listings.map(({id}) => id) as [string, string, string, string];
      await write(tx => tx.noteSeen(connection, 'run-1', [a, b]));
      await write(tx => tx.noteSeen(connection, 'run-1', [c, a]));
      await write(tx => tx.noteSeen(connection, 'run-2', [d]));
      await write(tx => tx.noteSeen(`${connection}-2`, 'run-1', [d]));
      const unseen = async (run: string, limit = 10) =>
        (await rival.unseenListings(connection, run, limit)).map(({goodCode}) => goodCode);
      assert.deepEqual(await unseen('run-1'), ['d', 'refused']);
      assert.deepEqual(await unseen('run-1', 1), ['d']);
      assert.deepEqual(await unseen('run-2'), ['a', 'b', 'c', 'refused']);
      await write(tx => tx.forgetSeen(connection));
      assert.deepEqual(await unseen('run-1'), ['a', 'b', 'c', 'd', 'refused']);
    });
  });

  describe('watched goods', () => {
    it('are those that buyers look at, those first that they look at longest', async () => {
      const connection = randomUUID();
      const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
      await write(async tx => {
        await tx.noteWatched(connection, a, 100);
        await tx.noteWatched(connection, b, 300);
        await tx.noteWatched(connection, c, 200);
        await tx.noteWatched(`${connection}-2`, randomUUID(), 900);
      });
      assert.deepEqual(await store.watchedListingIds(connection, 100, 9), [b, c, a]);
      assert.deepEqual(await store.watchedListingIds(connection, 101, 1), [b]);
      await write(tx => tx.noteWatched(connection, a, 400));
      assert.deepEqual(await rival.watchedListingIds(connection, 101, 9), [a, b, c]);
      await write(tx => tx.forgetWatched(201));
      assert.deepEqual(await store.watchedListingIds(connection, 0, 9), [a, b]);
    });
  });

  describe('a notice of a platform', () => {
    it('is taken once per connection, whoever comes first', async () => {
      const connection = randomUUID();
      const taken = await Promise.all(
        Array.from({length: 6}, (_, index) =>
          (index % 2 ? store : rival).transaction(tx => tx.recordPlatformEvent(connection, 'event', index)),
        ),
      );
      assert.equal(taken.filter(Boolean).length, 1);
      assert.equal(await write(tx => tx.recordPlatformEvent(`${connection}-2`, 'event', 1)), true);
    });

    it('is forgotten after a while', async () => {
      const connection = randomUUID();
      await write(tx => tx.recordPlatformEvent(connection, 'old', 100));
      await write(tx => tx.recordPlatformEvent(connection, 'young', 200));
      await write(tx => tx.forgetPlatformEvents(150));
      assert.equal(await write(tx => tx.recordPlatformEvent(connection, 'young', 300)), false);
      assert.equal(await write(tx => tx.recordPlatformEvent(connection, 'old', 300)), true);
    });

    it('finds its attempt by connection and reference', async () => {
      const order = await storedOrder();
      const procurement = aProcurement(order);
      const attempt = anAttempt(procurement);
      await write(async tx => {
        await tx.insertProcurement(procurement);
        await tx.insertAttempt(attempt);
      });
      const {connectionId, reference} = attempt;
      assert.deepEqual(await rival.attemptByReference(connectionId, reference), attempt);
      assert.deepEqual(await write(tx => tx.attemptByReference(connectionId, reference)), attempt);
      assert.equal(await store.attemptByReference('another', reference), undefined);
      assert.equal(await store.attemptByReference(connectionId, 'another'), undefined);
    });
  });
}
