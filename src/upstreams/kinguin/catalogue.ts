import * as v from 'valibot';
import type {CallBounds} from '../exchange.ts';
import type {CatalogueChanges} from '../optional-calls.ts';
import {UpstreamError, type Good, type UpstreamCategory} from '../port.ts';
import type {Transport} from '../rest.ts';
import {page as pageSchema, platforms as platformsSchema, productName} from './answers.ts';
import {otherPlatforms, readProduct, type ReadingContext} from './product.ts';

const pageSize = 100;
/** A catalogue that always promises one more page is not followed for ever. */
const mostPages = 5000;

/**
 * Reads all pages of products, of what changed since a moment, or of what was found by a name. Pages are sorted by what
 * never changes, so that a price that moves meanwhile moves no product to another page.
 * @throws {UpstreamError}
 */
export async function readCatalogue(
  transport: Transport,
  context: ReadingContext,
  bounds: () => CallBounds,
  {since, name}: {readonly since?: number; readonly name?: string},
): Promise<CatalogueChanges> {
  const platforms = await transport.read({method: 'GET', path: '/v1/platforms'}, platformsSchema, bounds());
  const goods = new Map<string, Good>();
  const gone = new Set<string>();
  const rejected: {code: string; reason: string}[] = [];
  const chosen: Record<string, string> = {
    ...(since !== undefined && {updatedSince: new Date(since).toISOString()}),
    ...(name !== undefined && {name}),
  };
  for (let page = 1, seen = 0; ; page++) {
    const query = {page: String(page), limit: String(pageSize), sortBy: 'kinguinId', sortType: 'asc', ...chosen};
    const answer = await transport.read({method: 'GET', path: '/v1/products', query}, pageSchema, bounds());
    for (const item of answer.results) {
      const reading = readProduct(item, context);
      if (reading.kind === 'good') goods.set(reading.good.code, reading.good);
      else if (reading.kind === 'inactive') gone.add(reading.code);
      else rejected.push({code: nameOf(item), reason: reading.reason});
    }
    seen += answer.results.length;
    if (answer.results.length === 0 || seen >= answer.item_count) break;
    if (page >= mostPages) {
      throw new UpstreamError('unexpected_answer', `The catalogue goes on after ${mostPages} pages.`);
    }
  }
  return {categories: categoriesOf(platforms, goods.values()), goods: [...goods.values()], gone: [...gone], rejected};
}

function nameOf(record: unknown): string {
  const name = v.safeParse(productName, record);
  return name.success ? name.output.productId : '';
}

/** Platforms name themselves; one that only a product names is one as well. */
function categoriesOf(platforms: readonly unknown[], goods: Iterable<Good>): readonly UpstreamCategory[] {
  const names = new Set(platforms.filter(name => typeof name === 'string' && name !== '') as string[]);
  for (const {categoryId} of goods) names.add(categoryId);
  names.add(otherPlatforms);
  return [...names].map(name => ({id: name, name}));
}
