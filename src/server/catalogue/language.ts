import {closestTag} from '../../domain/language.ts';
import type {CategoryRecord, ListingRecord} from '../persistence/records.ts';

/** The title in the reader's language where there is one, otherwise as the platform has it. */
export function titleIn(listing: Pick<ListingRecord, 'title' | 'titles'>, lang: string | undefined): string {
  return wordIn(listing.titles, lang) ?? listing.title;
}

export function categoryNameIn(category: Pick<CategoryRecord, 'name' | 'names'>, lang: string | undefined): string {
  return wordIn(category.names, lang) ?? category.name;
}

/** The word for readers of `lang`: theirs, else the closest there is. */
export function wordIn(words: Readonly<Record<string, string>>, lang: string | undefined): string | undefined {
  const tag = closestTag(lang ?? '', Object.keys(words));
  return tag === undefined ? undefined : words[tag];
}
