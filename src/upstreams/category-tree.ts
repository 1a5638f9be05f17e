import * as v from 'valibot';
import {id, list, optionalText} from './answer-schemas.ts';
import type {UpstreamCategory} from './port.ts';

const node = v.object({id: v.pipe(id, v.maxLength(15)), name: optionalText, children: list});
const mostLevels = 10;

/** Where goods stand that no category lists. */
export const otherCategory: UpstreamCategory = {id: '0', name: '其他'};

/**
 * The categories of a tree of `{id, name, children}`, each after the one it is in. The nesting alone is the tree: what
 * nodes say of their parent is not to be relied on. A node that cannot be read is left out with all below it.
 */
export function readCategoryTree(nodes: readonly unknown[], parentId?: string, level = 1): UpstreamCategory[] {
  if (level > mostLevels) return [];
  return nodes.flatMap(record => {
    const parsed = v.safeParse(node, record);
    if (!parsed.success) return [];
    const {id: own, name, children} = parsed.output;
    const category = {id: own, name: name || own, ...(parentId !== undefined && {parentId})};
    return [category, ...readCategoryTree(children, own, level + 1)];
  });
}
