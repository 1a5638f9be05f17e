import * as v from 'valibot';
import type {CallBounds} from '../exchange.ts';
import type {CatalogueChanges} from '../optional-calls.ts';
import {UpstreamError, type Good, type UpstreamCategory} from '../port.ts';
import {categories as categoriesSchema, productName, productPage} from './answers.ts';
import {readProduct, type ReadingContext} from './product.ts';
import type {Transport} from './transport.ts';

/** The code caps a page at this, whatever is asked for. */
const pageSize = 50;
/** A shop that always promises one more page is not followed for ever. */
const mostPages = 2000;

/**
 * Reads all pages of the catalogue, or of what changed since a moment. A record that cannot be read harms no other; a
 * good that moved to another page meanwhile is taken once.
 * @throws {UpstreamError}
 */
export async function readCatalogue(
  transport: Transport,
  context: ReadingContext,
  bounds: () => CallBounds,
  since?: number,
): Promise<CatalogueChanges> {
  const {categories} = await transport.read({method: 'GET', path: '/categories'}, categoriesSchema, bounds());
  const goods = new Map<string, Good>();
  const gone = new Set<string>();
  const rejected: {code: string; reason: string}[] = [];
  const changes: Record<string, string> =
    since === undefined ? {} : {updated_after: new Date(since).toISOString(), include_inactive: 'true'};
  for (let page = 1; ; page++) {
    const query = {page: String(page), page_size: String(pageSize), ...changes};
    const answer = await transport.read({method: 'GET', path: '/products', query}, productPage, bounds());
    for (const item of answer.items) {
      const reading = readProduct(item, context);
      if (reading.kind === 'inactive') gone.add(reading.code);
      else if (reading.kind === 'rejected') rejected.push({code: nameOf(item), reason: reading.reason});
      else {
        goods.set(reading.good.code, reading.good);
        rejected.push(...reading.warnings.map(reason => ({code: reading.good.code, reason})));
      }
    }
    if (answer.items.length === 0 || page * Math.max(1, answer.page_size) >= answer.total) break;
    if (page >= mostPages) {
      throw new UpstreamError('unexpected_answer', `The catalogue goes on after ${mostPages} pages.`);
    }
  }
  return {categories: asTree(categories), goods: [...goods.values()], gone: [...gone], rejected};
}

function nameOf(record: unknown): string {
  const name = v.safeParse(productName, record);
  return name.success ? name.output.id : '';
}

/** Parents that are not in the answer are left out. */
function asTree(records: v.InferOutput<typeof categoriesSchema>['categories']): readonly UpstreamCategory[] {
  const ids = new Set(records.map(({id}) => id));
  return records.map(({id, parent_id, name}) => ({
    id,
    name: name || id,
    ...(parent_id !== id && ids.has(parent_id) && {parentId: parent_id}),
  }));
}
