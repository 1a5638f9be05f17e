import type {Category} from '../../../src/contract/product.ts';

export interface CategoryNode {
  readonly category: Category;
  readonly children: readonly CategoryNode[];
}

/** Categories under their parents, in the shop's order. One that is its own ancestor stands at the top. */
export function categoryTree(categories: readonly Category[]): readonly CategoryNode[] {
  const byId = new Map(categories.map(category => [category.id, category]));
  const isTop = (category: Category) => pathTo(byId, category).length === 1;
  const node = (category: Category): CategoryNode => ({
    category,
    children: categories.filter(({id, parentId}) => parentId === category.id && !isTop(byId.get(id)!)).map(node),
  });
  return categories.filter(isTop).map(node);
}

/** The category that is meant, by its id or by its name as it stands in an address, and everything it lies in. */
export function currentPath(categories: readonly Category[], wanted: string | undefined): readonly Category[] {
  if (wanted === undefined) return [];
  const byId = new Map(categories.map(category => [category.id, category]));
  const slug = slugOf(wanted);
  const found = byId.get(wanted) ?? categories.find(({name}) => slugOf(name) === slug);
  return found ? pathTo(byId, found) : [];
}

/** From the top down. */
function pathTo(byId: ReadonlyMap<string, Category>, category: Category): readonly Category[] {
  const path = [category];
  for (;;) {
    const parent = byId.get(path[0]!.parentId ?? '');
    if (!parent) return path;
    if (path.includes(parent)) return [category];
    path.unshift(parent);
  }
}

/** As the server reads names in an address. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
