import * as v from 'valibot';
import type {CataloguePage, CatalogueReading} from '../catalogue-pages.ts';
import type {CallBounds} from '../exchange.ts';
import {UpstreamError, type Good, type UpstreamCategory} from '../port.ts';
import type {Transport} from '../rest.ts';
import {categories as categoriesSchema, productName, productPage} from './answers.ts';
import {readProduct, type ReadingContext} from './product.ts';

/** The code caps a page at this, whatever is asked for. */
const pageSize = 50;
/** While one page is read, the shop makes the next ones: so many are asked for at once. */
const pagesAtOnce = 2;
/** A shop that always promises one more page is not followed for ever. */
const mostPages = 2000;

/**
 * Reads the catalogue page by page, or what changed since a moment. A record that cannot be read harms no other.
 * @throws {UpstreamError}
 */
export async function* readCatalogue(
  transport: Transport,
  context: ReadingContext,
  bounds: () => CallBounds,
  {from, since}: CatalogueReading,
): AsyncGenerator<CataloguePage> {
  const answer = await transport.read({method: 'GET', path: '/categories'}, categoriesSchema, bounds());
  const categories = asTree(answer.categories);
  const changes: Record<string, string> =
    since === undefined ? {} : {updated_after: new Date(since).toISOString(), include_inactive: 'true'};
  const ask = async (page: number) => {
    const query = {page: String(page), page_size: String(pageSize), ...changes};
    return transport.read({method: 'GET', path: '/products', query}, productPage, bounds());
  };
  const underWay: ReturnType<typeof ask>[] = [];
  for (let page = firstPage(from); ; page++) {
    const {items, page_size, total} = await (underWay.shift() ?? ask(page));
    const isLast = items.length === 0 || page * Math.max(1, page_size) >= total;
    if (!isLast && page >= mostPages) {
      throw new UpstreamError('unexpected_answer', `The catalogue goes on after ${mostPages} pages.`);
    }
    while (!isLast && underWay.length < pagesAtOnce) {
      const later = page + underWay.length + 1;
      if (later > mostPages || (later - 1) * page_size >= total) break;
      const coming = ask(later);
      // Whoever takes the page hears of its failure; if nobody comes so far, it is nobody's business.
      coming.catch(() => undefined);
      underWay.push(coming);
    }
    yield {categories, ...readItems(items, context), ...(!isLast && {next: String(page + 1)})};
    if (isLast) return;
  }
}

function firstPage(from: string | undefined): number {
  return from !== undefined && /^[1-9]\d{0,8}$/.test(from) ? Number(from) : 1;
}

function readItems(items: readonly unknown[], context: ReadingContext): Omit<CataloguePage, 'categories'> {
  const goods = new Map<string, Good>();
  const gone = new Set<string>();
  const rejected: {code: string; reason: string}[] = [];
  for (const item of items) {
    const reading = readProduct(item, context);
    if (reading.kind === 'inactive') gone.add(reading.code);
    else if (reading.kind === 'rejected') rejected.push({code: nameOf(item), reason: reading.reason});
    else {
      goods.set(reading.good.code, reading.good);
      rejected.push(...reading.warnings.map(reason => ({code: reading.good.code, reason})));
    }
  }
  return {goods: [...goods.values()], gone: [...gone], rejected};
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
