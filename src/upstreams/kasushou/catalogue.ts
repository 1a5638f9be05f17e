import * as v from 'valibot';
import {readWhole, type CataloguePage} from '../catalogue-pages.ts';
import type {CallBounds} from '../exchange.ts';
import {inParallel} from '../in-parallel.ts';
import {isUpstreamError, UpstreamError, type Catalogue, type Good} from '../port.ts';
import {otherCategory, readCategoryTree} from '../category-tree.ts';
import {goodName, goodsPage} from './answers.ts';
import type {DetailsMemory} from './details-memory.ts';
import {readGood, readRow, type GoodReading, type ReadingContext} from './good.ts';
import type {Transport} from './transport.ts';

const pageSize = 100;
/** A platform that always promises one more page is not followed for ever. */
const mostPages = 2000;
/** Questions about single goods at once; no limit is written down, so few. */
const questionsAtOnce = 4;

export interface CatalogueParts {
  readonly transport: Transport;
  readonly memory: DetailsMemory;
  readonly bounds: () => CallBounds;
  readonly context: Omit<ReadingContext, 'categoryId'>;
}

/**
 * Reads the catalogue page by page. A row does not say its category, so every category is listed, the inmost first, and at
 * last all goods, for those that stand in none. A record that cannot be read harms no other.
 * @param from the `next` of a page that was read before: the category it goes on in, and the page of its list
 * @throws {UpstreamError} at the page that could not be read
 */
export async function* readPages(parts: CatalogueParts, from?: string): AsyncGenerator<CataloguePage> {
  const {transport, bounds} = parts;
  const tree = await transport.read('goods/cate', {}, v.array(v.unknown()), bounds());
  let categories = readCategoryTree(tree);
  const lists = [...[...categories].reverse(), otherCategory].map(({id}) => id);
  const start = placeOf(from, lists);
  // A good is in the list of its category and of those above it; the first that names it, the inmost, is where it stands.
  const seen = new Set<string>();
  for (const [index, id] of lists.entries()) {
    for await (const {rows, page, isLast} of pages(parts, filterOf(id))) {
      const unseen = rows.filter(row => !seen.has(nameOf(row)));
      for (const row of unseen) if (nameOf(row) !== '') seen.add(nameOf(row));
      // What was read before is named again, and not asked about.
      if (index < start.list || (index === start.list && page < start.page)) continue;
      const read = await readRows(unseen, id, parts);
      if (id === otherCategory.id && read.goods.length > 0 && !categories.includes(otherCategory)) {
        categories = [...categories, otherCategory];
      }
      const following = isLast ? lists[index + 1] && `${lists[index + 1]}:1` : `${id}:${page + 1}`;
      yield {categories, gone: [], ...read, ...(following !== undefined && {next: following})};
    }
  }
}

/** @throws {UpstreamError} */
export async function readCatalogue(parts: CatalogueParts): Promise<Catalogue> {
  const {gone: _gone, ...catalogue} = await readWhole(readPages(parts));
  return catalogue;
}

/** The list and the page that a reading goes on with: from the beginning where that list is not there any more. */
function placeOf(from: string | undefined, lists: readonly string[]): {readonly list: number; readonly page: number} {
  const [, id, page] = /^(\d{1,15}):([1-9]\d{0,8})$/.exec(from ?? '') ?? [];
  const list = id === undefined ? -1 : lists.indexOf(id);
  return list === -1 ? {list: 0, page: 1} : {list, page: Number(page)};
}

function filterOf(id: string): Readonly<Record<string, unknown>> {
  return id === otherCategory.id ? {} : {cate_id: Number(id)};
}

async function readRows(
  rows: readonly unknown[],
  categoryId: string,
  parts: CatalogueParts,
): Promise<Pick<CataloguePage, 'goods' | 'rejected'>> {
  const goods: Good[] = [];
  const rejected: Catalogue['rejected'][number][] = [];
  const readings = await inParallel(rows, questionsAtOnce, row => readGoodWhole(row, categoryId, parts));
  for (const [index, reading] of readings.entries()) {
    if (reading.kind === 'good') goods.push(reading.good);
    else if (reading.kind === 'rejected') rejected.push({code: nameOf(rows[index]), reason: reading.reason});
  }
  return {goods, rejected};
}

/**
 * Goods whose names hold the words, with no category: only lists by category tell it.
 * @throws {UpstreamError}
 */
export async function searchGoods(parts: CatalogueParts, words: string): Promise<readonly Good[]> {
  const goods: Good[] = [];
  for await (const {rows} of pages(parts, {keyword: words})) goods.push(...(await readRows(rows, '', parts)).goods);
  return goods;
}

/** A good with what only its own page has, unless its row shows already that it cannot be sold. */
async function readGoodWhole(record: unknown, categoryId: string, parts: CatalogueParts): Promise<GoodReading> {
  const reading = readRow(record);
  if (reading.kind !== 'row') return reading;
  const {transport, memory, bounds, context} = parts;
  try {
    const details = await memory.remembered(reading.row.id, JSON.stringify(record), () =>
      transport.read('goods/info', {id: Number(reading.row.id)}, v.unknown(), bounds()),
    );
    return readGood(details, {...context, categoryId});
  } catch (error) {
    // Asked too often, it says nothing about the good.
    if (!isUpstreamError(error) || error.reason !== 'refused' || error.retryAfterMs !== undefined) throw error;
    return {kind: 'rejected', reason: error.message};
  }
}

/** The pages of one list of goods. */
async function* pages(
  {transport, bounds}: CatalogueParts,
  filter: Readonly<Record<string, unknown>>,
): AsyncGenerator<{readonly rows: readonly unknown[]; readonly page: number; readonly isLast: boolean}> {
  let received = 0;
  for (let page = 1; page <= mostPages; page++) {
    const {list, total} = await transport.read('goods/list', {...filter, limit: pageSize, page}, goodsPage, bounds());
    received += list.length;
    const isLast = list.length === 0 || received >= total;
    yield {rows: list, page, isLast};
    if (isLast) return;
  }
  throw new UpstreamError('unexpected_answer', `The list goes on after ${mostPages} pages.`);
}

function nameOf(record: unknown): string {
  const name = v.safeParse(goodName, record);
  return name.success ? name.output.id : '';
}
