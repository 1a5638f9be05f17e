import type {CategoryRecord} from '../persistence/records.ts';

/** A category and everything below it, by id. Platforms have been seen to name a parent that is not there, or a loop. */
export function withDescendants(categories: readonly CategoryRecord[], root: string): ReadonlySet<string> {
  const found = new Set([root]);
  for (const parent of found) {
    for (const {id, parentId} of categories) if (parentId === parent) found.add(id);
  }
  return found;
}

/** Categories with the products of their subcategories counted in, and no parent named that is not among them. */
export function countedWithDescendants<Category extends CategoryRecord & {readonly productCount: number}>(
  categories: readonly Category[],
): readonly Category[] {
  const own = new Map(categories.map(({id, productCount}) => [id, productCount]));
  return categories.map(category => {
    const {parentId, ...root} = category;
    const ids = [...withDescendants(categories, category.id)];
    const productCount = ids.reduce((count, id) => count + (own.get(id) ?? 0), 0);
    const isRoot = parentId === undefined || !own.has(parentId);
    return {...(isRoot ? root : category), productCount} as Category;
  });
}
