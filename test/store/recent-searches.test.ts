import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createRecentSearches} from '../../src/store/recent-searches.ts';

function device(kept: Record<string, string> = {}) {
  const texts = new Map(Object.entries(kept));
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  };
}
const open = (storage = device()) => createRecentSearches('https://shop.test', () => storage);

describe('recent searches', () => {
  it('are the latest eight, each once, however it is written', () => {
    const searches = open();
    for (let index = 1; index <= 9; index++) searches.add(`q${index}`);
    searches.add(' Q5 ');
    searches.add('  ');
    assert.deepEqual(searches.value, ['Q5', 'q9', 'q8', 'q7', 'q6', 'q4', 'q3', 'q2']);
    searches.remove('q9');
    assert.equal(searches.value.includes('q9'), false);
    searches.clear();
    assert.deepEqual(searches.value, []);
  });

  it('are there again after a reload, and in another tab as soon as it looks', () => {
    const storage = device();
    const [here, there] = [open(storage), open(storage)];
    here.add('steam');
    there.subscribe(() => {});
    assert.deepEqual(there.value, ['steam']);
  });

  it('of another shop are its own', () => {
    const storage = device();
    open(storage).add('steam');
    const other = createRecentSearches('https://other.test', () => storage);
    other.subscribe(() => {});
    assert.deepEqual(other.value, []);
  });

  for (const text of ['no json', '{"a":1}', '[1, null]', `["${'x'.repeat(101)}"]`]) {
    it(`that are damaged are none: ${text.slice(0, 20)}`, () => {
      const searches = open(device({'keystall:searches:https://shop.test': text}));
      searches.subscribe(() => {});
      assert.deepEqual(searches.value, []);
    });
  }

  it('last as long as the page where storage throws', () => {
    const searches = createRecentSearches('https://shop.test', () => {
      throw new Error('blocked');
    });
    searches.add('steam');
    searches.subscribe(() => {});
    searches.add('xbox');
    assert.deepEqual(searches.value, ['xbox', 'steam']);
  });
});
