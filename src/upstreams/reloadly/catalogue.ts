import * as v from 'valibot';
import type {CallBounds} from '../exchange.ts';
import {UpstreamError, type Catalogue, type Good} from '../port.ts';
import type {Transport} from '../rest.ts';
import {list, productName} from './answers.ts';
import {readProduct, type ReadingContext} from './product.ts';

const pageSize = 200;
/** A catalogue that always promises one more page is not followed for ever. */
const mostPages = 1000;

/**
 * Reads all products, or those that were found by a name: at once where the answer is a bare list, else page by page.
 * Their brands are the categories. A record that cannot be read harms no other.
 * @throws {UpstreamError}
 */
export async function readCatalogue(
  transport: Transport,
  context: ReadingContext,
  bounds: () => CallBounds,
  productNamed?: string,
): Promise<Catalogue> {
  const goods = new Map<string, Good>();
  const brands = new Map<string, string>();
  const rejected: {code: string; reason: string}[] = [];
  for await (const item of readList(
    transport,
    '/products',
    {...(productNamed && {productName: productNamed})},
    bounds,
  )) {
    const reading = readProduct(item, context);
    if (reading.kind === 'good') {
      goods.set(reading.good.code, reading.good);
      brands.set(reading.brand.id, reading.brand.name);
    } else rejected.push({code: nameOf(item), reason: reading.reason});
  }
  return {categories: [...brands].map(([id, name]) => ({id, name})), goods: [...goods.values()], rejected};
}

/** Everything in a list, bare or in pages. */
export async function* readList(
  transport: Transport,
  path: string,
  query: Readonly<Record<string, string>>,
  bounds: () => CallBounds,
): AsyncGenerator {
  for (let page = 1; ; page++) {
    const paged = {...query, size: String(pageSize), page: String(page)};
    const {content, last} = await transport.read({method: 'GET', path, query: paged}, list, bounds());
    yield* content;
    if (last || content.length === 0) return;
    if (page >= mostPages) throw new UpstreamError('unexpected_answer', `${path} goes on after ${mostPages} pages.`);
  }
}

function nameOf(record: unknown): string {
  const name = v.safeParse(productName, record);
  return name.success ? name.output.productId : '';
}
