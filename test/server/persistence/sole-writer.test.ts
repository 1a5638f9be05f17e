import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createMemoryStore} from '../../../src/server/persistence/memory-store.ts';
import {ofSoleWriter} from '../../../src/server/persistence/sole-writer.ts';
import {fakeClock} from '../../support/fake-clock.ts';

/** A store whose versions are answered by hand. */
function watchedStore() {
  const asked: PromiseWithResolvers<number>[] = [];
  const store = ofSoleWriter({
    ...createMemoryStore({clock: fakeClock()}),
    catalogueVersion() {
      const answer = Promise.withResolvers<number>();
      asked.push(answer);
      return answer.promise;
    },
  });
  return {asked, store};
}

describe('the version of a catalogue that one process alone writes to', () => {
  it('is read once, until a transaction has ended', async () => {
    const {asked, store} = watchedStore();
    const first = [store.catalogueVersion(), store.catalogueVersion()];
    asked[0]!.resolve(1);
    assert.deepEqual(await Promise.all(first), [1, 1]);
    assert.equal(await store.catalogueVersion(), 1);
    assert.equal(asked.length, 1);

    await store.transaction(async () => undefined);
    const after = store.catalogueVersion();
    asked[1]!.resolve(2);
    assert.equal(await after, 2);
  });

  it('is read again after a transaction that failed, which may have been kept all the same', async () => {
    const {asked, store} = watchedStore();
    const before = store.catalogueVersion();
    asked[0]!.resolve(1);
    await before;
    await assert.rejects(store.transaction(() => Promise.reject(new Error('cut off'))));
    void store.catalogueVersion();
    assert.equal(asked.length, 2);
  });

  it('is not what was being read while a transaction ended', async () => {
    const {asked, store} = watchedStore();
    const before = store.catalogueVersion();
    await store.transaction(async () => undefined);
    const after = store.catalogueVersion();
    asked[1]!.resolve(2);
    asked[0]!.resolve(1);
    assert.deepEqual(await Promise.all([before, after, store.catalogueVersion()]), [1, 2, 2]);
  });

  it('is asked for again where it could not be read', async () => {
    const {asked, store} = watchedStore();
    const failing = store.catalogueVersion();
    asked[0]!.reject(new Error('away'));
    await assert.rejects(failing, {message: 'away'});
    const again = store.catalogueVersion();
    asked[1]!.resolve(1);
    assert.equal(await again, 1);
  });
});
