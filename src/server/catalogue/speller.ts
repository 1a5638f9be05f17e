import {LRUCache} from 'lru-cache';
import type {Log} from '../log.ts';
import type {ListingRecord} from '../persistence/records.ts';

/** Says how the Chinese titles of listings are spelled; what that looks like stands in `persistence/spelling.ts`. */
export interface Speller {
  /** The listings with their `spelling`. Works in small pieces: between them the server answers. */
  spell(listings: readonly ListingRecord[], signal?: AbortSignal): Promise<readonly ListingRecord[]>;
}

type Spell = (text: string) => string;

const chinese = /\p{Script=Han}/u;
/** A platform's whole catalogue is read again and again, and hardly a title in it is new. */
const remembered = 200_000;
const millisecondsAtOnce = 8;

/** The dictionary (about 150 kB compressed) is loaded by the first Chinese title. */
export function createSpeller({log}: {readonly log: Log}): Speller {
  // Room for all of them is taken at once, so not before there is one.
  let spellings: LRUCache<string, string> | undefined;
  let loading: Promise<Spell | undefined> | undefined;

  return {
    async spell(listings, signal) {
      if (!listings.some(listing => chineseTitles(listing).length > 0)) return listings;
      const spell = await (loading ??= load());
      if (!spell) return listings;
      const spelled: ListingRecord[] = [];
      let until = performance.now() + millisecondsAtOnce;
      for (const listing of listings) {
        if (performance.now() > until) {
          await new Promise(resolve => setTimeout(resolve));
          signal?.throwIfAborted();
          until = performance.now() + millisecondsAtOnce;
        }
        const spelling = chineseTitles(listing)
          .map(title => remember(title, spell))
          .join(' ');
        spelled.push(spelling === '' ? listing : {...listing, spelling});
      }
      return spelled;
    },
  };

  function remember(title: string, spell: Spell): string {
    spellings ??= new LRUCache({max: remembered});
    let spelling = spellings.get(title);
    if (spelling === undefined) spellings.set(title, (spelling = spell(title)));
    return spelling;
  }

  async function load(): Promise<Spell | undefined> {
    try {
      const {pinyin} = await import('pinyin-pro');
      return title => spellingOf(title, text => pinyin(text, {type: 'array', toneType: 'none', v: true}));
    } catch (error) {
      loading = undefined;
      log.warn('titles are found as they are written only: the package "pinyin-pro" could not be loaded', {
        error: error instanceof Error ? error.message : undefined,
      });
      return undefined;
    }
  }
}

/** @param syllables of a text, one for each character; what is not Chinese comes back as it is */
export function spellingOf(title: string, syllables: (text: string) => readonly string[]): string {
  const words = title.normalize('NFKC').match(/\p{Script=Han}+|[a-zA-Z]+|\d+/gu) ?? [];
  return words
    .flatMap(word => (chinese.test(word) ? syllables(word) : [word.toLowerCase()]))
    .filter(syllable => /^[a-z\d]+$/.test(syllable))
    .map(syllable => syllable[0]!.toUpperCase() + syllable.slice(1))
    .join('');
}

function chineseTitles({title, titles}: ListingRecord): readonly string[] {
  return [...new Set([title, ...Object.values(titles)])].filter(text => chinese.test(text));
}
