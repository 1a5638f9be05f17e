import {stockLevel} from '../../domain/stock.ts';
import type {ListingRecord} from './records.ts';
import {isSpelled, typedSpelling} from './spelling.ts';

/*
 * What a search looks at. Both stores derive it here, so that they find the same listings in the same order whatever
 * the database thinks of letters. NUL and half surrogate pairs cannot be stored in a text column and are left out.
 */

/** All titles of a listing in one lower-case text. */
export function searchText(listing: ListingRecord): string {
  return foldCase([listing.title, ...Object.values(listing.titles)].join('\n'));
}

/** What listings are ordered by when sorted by title. Compared by code point. */
export function titleKey(listing: ListingRecord): string {
  return foldCase(listing.title);
}

export function foldCase(text: string): string {
  return text.toLowerCase().replaceAll(/[\0\p{Surrogate}]/gu, '');
}

/** Something typed: as it stands, and as a spelling if it can be one. */
export interface Typed {
  readonly text: string;
  readonly spelled: string | undefined;
}

/** What somebody looks for: the whole of it, by which matches are ranked, and its words, each of which must be found. */
export interface Wanted {
  readonly whole: Typed;
  readonly words: readonly Typed[];
}

/** More words are looked for as one: nobody types so many, and each costs a look at every title. */
const mostWords = 8;

export function wantedBy(q: string): Wanted {
  const text = foldCase(q).trim();
  const words = text.split(/\s+/);
  const whole = {text, spelled: typedSpelling(words.join(''))};
  return {
    whole,
    words: words.length > mostWords ? [whole] : words.map(word => ({text: word, spelled: typedSpelling(word)})),
  };
}

/** What a listing that matches is worth to the search, best first. */
export const searchRanks = {titleBegins: 0, titleHolds: 1, spellingBegins: 2, other: 3} as const;

/** @param text of `searchText` */
export function isWanted(text: string, spelling: string | undefined, {words}: Wanted): boolean {
  return words.every(word => text.includes(word.text) || isSpelledIn(spelling, word.spelled));
}

export function searchRank(text: string, spelling: string | undefined, {whole}: Wanted): number {
  if (`\n${text}`.includes(`\n${whole.text}`)) return searchRanks.titleBegins;
  if (text.includes(whole.text)) return searchRanks.titleHolds;
  return isSpelledIn(spelling, whole.spelled, {atStart: true}) ? searchRanks.spellingBegins : searchRanks.other;
}

function isSpelledIn(spelling: string | undefined, typed: string | undefined, options?: {readonly atStart: boolean}) {
  return spelling !== undefined && typed !== undefined && isSpelled(spelling, typed, options);
}

export function isInStock({product}: ListingRecord): boolean {
  return product.skus.some(({stock}) => ['in_stock', 'low'].includes(stockLevel(stock)));
}

/** Order by code point, as PostgreSQL's "C" collation orders UTF-8. */
export function compareCodePoints(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = a[index]!.codePointAt(0)! - b[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
