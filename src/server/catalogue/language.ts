import type {CategoryRecord, ListingRecord} from '../persistence/records.ts';

/** The title in the reader's language where there is one, otherwise as the platform has it. */
export function titleIn(listing: Pick<ListingRecord, 'title' | 'titles'>, lang: string | undefined): string {
  return wordIn(listing.titles, lang) ?? listing.title;
}

export function categoryNameIn(category: Pick<CategoryRecord, 'name' | 'names'>, lang: string | undefined): string {
  return wordIn(category.names, lang) ?? category.name;
}

/** Looks a language up as it stands, then by its first part: `en-GB` finds `en` (RFC 4647 §3.4). */
export function wordIn(words: Readonly<Record<string, string>>, lang: string | undefined): string | undefined {
  for (let tag = lang; tag !== undefined && tag !== ''; tag = tag.split('-').slice(0, -1).join('-')) {
    const found = Object.entries(words).find(([language]) => language.toLowerCase() === tag.toLowerCase());
    if (found) return found[1];
  }
  return undefined;
}
