import {LRUCache} from 'lru-cache';
import type {ListingPage, ListingQuery} from '../persistence/records.ts';
import type {Store} from '../persistence/store.ts';

const mostPages = 200;

/**
 * Looks listings up, once for everybody who asks the same of the same catalogue: a search reads every title, and the
 * first pages of a shop are asked for again and again. Whatever a reader could tell raises the catalogue's version.
 */
export function createFoundListings(store: Pick<Store, 'listings' | 'catalogueVersion'>) {
  const pages = new LRUCache<string, ListingPage, ListingQuery>({
    max: mostPages,
    fetchMethod: (_key, _stale, {context}) => store.listings(context),
  });
  return async (query: ListingQuery): Promise<ListingPage> => {
    const version = await store.catalogueVersion();
    return (await pages.fetch(JSON.stringify([version, query]), {context: query}))!;
  };
}
