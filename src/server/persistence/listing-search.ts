import type {ListingRecord} from './records.ts';

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

/** Order by code point, as PostgreSQL's "C" collation orders UTF-8. */
export function compareCodePoints(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = a[index]!.codePointAt(0)! - b[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
