import * as v from 'valibot';
import type {Catalogue, Good, UpstreamCategory} from '../port.ts';
import {describeIssues} from '../answer-schemas.ts';
import {category as categorySchema, goodName} from './answers.ts';
import {readGood, type ReadingContext} from './good.ts';

/**
 * Reads the whole catalogue. A record that cannot be read is listed with its reason and harms no other; so is a good
 * of which only some combinations have no cost (it is then among the goods as well, without those).
 */
export function readCatalogue(categories: readonly unknown[], context: ReadingContext): Catalogue {
  const readable: v.InferOutput<typeof categorySchema>[] = [];
  const goods = new Map<string, Good>();
  const rejected: {code: string; reason: string}[] = [];
  for (const [index, record] of categories.entries()) {
    const category = v.safeParse(categorySchema, record);
    if (!category.success) {
      rejected.push({code: '', reason: `Category ${index} is unreadable: ${describeIssues(category.issues)}.`});
      continue;
    }
    readable.push(category.output);
    for (const child of category.output.children) {
      const reading = readGood(child, context);
      const code = reading.kind === 'good' ? reading.good.code : nameOf(child);
      if (reading.kind === 'rejected') rejected.push({code, reason: reading.reason});
      else if (goods.has(code)) rejected.push({code, reason: 'Another good of the catalogue has the same code.'});
      else {
        goods.set(code, reading.good);
        rejected.push(...reading.warnings.map(reason => ({code, reason})));
      }
    }
  }
  return {categories: asTree(readable), goods: [...goods.values()], rejected};
}

function nameOf(record: unknown): string {
  const name = v.safeParse(goodName, record);
  return name.success ? name.output.code || `id ${name.output.id}` : '';
}

/** Parents that are not in the answer are left out (a category without goods is never sent), and so are circles. */
function asTree(records: readonly {id: string; name: string; pid: string}[]): readonly UpstreamCategory[] {
  const parents = new Map(records.map(({id, pid}) => [id, pid]));
  return [...new Map(records.map(record => [record.id, record])).values()].map(({id, name, pid}) => ({
    id,
    name: name || id,
    ...(parents.has(pid) && !leadsBackTo(id, parents) && {parentId: pid}),
  }));
}

function leadsBackTo(id: string, parents: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(id); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}
