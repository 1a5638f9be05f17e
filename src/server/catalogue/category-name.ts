import type {CategoryRecord} from '../persistence/records.ts';

/**
 * The categories a page means: by id, or by a name in any language as it stands in an address (`Game Cards` is
 * `game-cards`), so that a merchant can write it by hand and two platforms' categories of one name stand together.
 */
export function categoriesNamed<T extends CategoryRecord>(categories: readonly T[], wanted: string): readonly T[] {
  const slug = slugOf(wanted);
  return categories.filter(
    ({id, name, names}) => id === wanted || [name, ...Object.values(names)].some(each => slugOf(each) === slug),
  );
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
