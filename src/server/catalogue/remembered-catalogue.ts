import {LRUCache} from 'lru-cache';
import type {ListingPage, ListingQuery} from '../persistence/records.ts';
import type {Store} from '../persistence/store.ts';
import {sharedRead} from './shared-read.ts';

/** What the catalogue is asked again and again. */
export type RememberedCatalogue = Pick<Store, 'categories' | 'listings' | 'catalogueVersion'>;

const mostAnswers = 200;

/**
 * The catalogue, read once for everybody who asks the same of it: a search reads every title, the categories count every
 * listing, and the first pages of a shop are asked for by everybody. Whatever a reader could tell raises the catalogue's
 * version, and then it is read anew.
 */
export function rememberCatalogue(
  store: Pick<Store, 'categories' | 'listings' | 'catalogueVersion'>,
): RememberedCatalogue {
  const answers = new LRUCache<string, object, () => Promise<object>>({
    max: mostAnswers,
    fetchMethod: (_key, _stale, {context: read}) => read(),
  });
  const catalogueVersion = sharedRead(() => store.catalogueVersion());
  return {
    catalogueVersion,
    categories: () => remember('categories', () => store.categories()),
    listings: query => remember<ListingPage>(JSON.stringify(sorted(query)), () => store.listings(query)),
  };

  async function remember<Answer extends object>(question: string, read: () => Promise<Answer>): Promise<Answer> {
    // Read first: an answer that is newer than its version is read again, one that is older would be kept.
    const version = await catalogueVersion();
    return (await answers.fetch(`${version} ${question}`, {context: read})) as Answer;
  }
}

function sorted(query: ListingQuery): object {
  return Object.fromEntries(Object.entries(query).sort(([left], [right]) => (left < right ? -1 : 1)));
}
