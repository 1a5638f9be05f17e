import type {TextStorage} from './environment.ts';
import {readableValue} from './readable-value.ts';
import type {Readable} from './readable.ts';

/** What was searched for in a shop on this device, latest first. Kept as long as the device keeps it, and no longer. */
export interface RecentSearches extends Readable<readonly string[]> {
  add(q: string): void;
  remove(q: string): void;
  clear(): void;
}

const most = 8;
const longest = 100;

/** @param storage looked up at each use; it may be absent, and throw */
export function createRecentSearches(shop: string, storage: () => TextStorage | undefined): RecentSearches {
  const key = `keystall:searches:${shop}`;
  // Looked at again whenever somebody begins to listen: another tab may have searched in between.
  const searches = readableValue<readonly string[]>([], () => {
    searches.set(read());
    return () => {};
  });

  return {
    get value() {
      return searches.value;
    },
    subscribe: searches.subscribe,
    add(q) {
      const text = q.trim();
      if (text !== '' && text.length <= longest) write(withSearch(read(), text));
    },
    remove: q => write(read().filter(text => text !== q)),
    clear: () => write([]),
  };

  function read(): readonly string[] {
    try {
      const kept: unknown = JSON.parse(storage()?.getItem(key) ?? '[]');
      if (!Array.isArray(kept)) return [];
      return kept.filter((text): text is string => typeof text === 'string' && text.length <= longest).slice(0, most);
    } catch {
      return searches.value;
    }
  }

  function write(next: readonly string[]): void {
    searches.set(next);
    try {
      storage()?.setItem(key, JSON.stringify(next));
    } catch {
      // Storage that is full or blocked: the searches last as long as the page.
    }
  }
}

/** The latest comes first, once, however it was written. */
export function withSearch(searches: readonly string[], q: string): readonly string[] {
  return [q, ...searches.filter(text => text.toLowerCase() !== q.toLowerCase())].slice(0, most);
}
