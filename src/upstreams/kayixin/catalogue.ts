import * as v from 'valibot';
import {otherCategory, readCategoryTree} from '../category-tree.ts';
import {readWhole, type CataloguePage} from '../catalogue-pages.ts';
import type {CallBounds} from '../exchange.ts';
import {inParallel} from '../in-parallel.ts';
import {isUpstreamError, UpstreamError, type Catalogue, type Good, type UpstreamCategory} from '../port.ts';
import {goodName, goodsPage} from './answers.ts';
import {readGood, readRow, type GoodReading, type ReadingContext} from './good.ts';
import type {Transport} from './transport.ts';

/** A platform that always has one more page is not followed for ever. */
const mostPages = 5000;
/** Questions about single goods at once; no limit is written down, so few. */
const questionsAtOnce = 4;

export interface CatalogueParts {
  readonly transport: Transport;
  readonly bounds: () => CallBounds;
  readonly context: Omit<ReadingContext, 'categoryOf'>;
  /** Takes note of what one piece of a good is. */
  readonly learn: (code: string, multiple: number) => void;
}

/**
 * Reads the catalogue page by page, and every good by itself: lists have neither stock nor fields nor SKUs. A record that
 * cannot be read harms no other.
 * @param from the `next` of a page that was read before
 * @throws {UpstreamError} at the page that could not be read
 */
export async function* readPages(parts: CatalogueParts, from?: string): AsyncGenerator<CataloguePage> {
  const {transport, bounds} = parts;
  let categories = readCategoryTree(await transport.read('goods/getDirs', undefined, v.array(v.unknown()), bounds()));
  const categoryOf = categoryFinder(categories);
  for await (const {rows, next} of pages(parts, '', from)) {
    const read = await readRows(rows, parts, categoryOf);
    if (!categories.includes(otherCategory) && read.goods.some(({categoryId}) => categoryId === otherCategory.id)) {
      categories = [...categories, otherCategory];
    }
    yield {categories, gone: [], ...read, ...(next !== undefined && {next})};
  }
}

/** @throws {UpstreamError} */
export async function readCatalogue(parts: CatalogueParts): Promise<Catalogue> {
  const {gone: _gone, ...catalogue} = await readWhole(readPages(parts));
  return catalogue;
}

/** Goods whose names hold the words. @throws {UpstreamError} */
export async function searchGoods(parts: CatalogueParts, words: string): Promise<readonly Good[]> {
  const goods: Good[] = [];
  for await (const {rows} of pages(parts, words)) goods.push(...(await readRows(rows, parts, () => '')).goods);
  return goods;
}

async function readRows(
  rows: readonly unknown[],
  parts: CatalogueParts,
  categoryOf: ReadingContext['categoryOf'],
): Promise<Pick<CataloguePage, 'goods' | 'rejected'>> {
  const goods: Good[] = [];
  const rejected: Catalogue['rejected'][number][] = [];
  const readings = await inParallel(rows, questionsAtOnce, row => readGoodWhole(row, parts, categoryOf));
  for (const [index, reading] of readings.entries()) {
    const code = nameOf(rows[index]);
    if (reading.kind === 'rejected') rejected.push({code, reason: reading.reason});
    if (reading.kind !== 'good') continue;
    goods.push(reading.good);
    rejected.push(...reading.warnings.map(reason => ({code, reason})));
  }
  return {goods, rejected};
}

/** A good with what only its own page has, unless its row shows already that it cannot be sold. */
async function readGoodWhole(
  record: unknown,
  {transport, bounds, context, learn}: CatalogueParts,
  categoryOf: ReadingContext['categoryOf'],
): Promise<GoodReading> {
  const listed = readRow(record);
  if (listed.kind !== 'row') return listed;
  const {goodsId, dirIds} = listed.row;
  try {
    const body = JSON.stringify({goodsId: Number(goodsId)});
    const details = await transport.read('goods/getDetail', body, v.unknown(), bounds());
    const reading = readGood(details, {...context, categoryOf: own => categoryOf(dirIds ?? own)});
    if (reading.kind === 'good') learn(reading.good.code, reading.multiple);
    return reading;
  } catch (error) {
    if (!isUpstreamError(error) || error.reason !== 'refused') throw error;
    return {kind: 'rejected', reason: error.message};
  }
}

/**
 * Rows that were not seen before. How many there are is not to be relied on, nor is the size of a page known: the list
 * ends with a page that is empty, shorter than the first, or brings nothing new. So whoever goes on behind a page has to
 * know how long the first was, too.
 */
async function* pages(
  {transport, bounds}: CatalogueParts,
  keyWord: string,
  from?: string,
): AsyncGenerator<{readonly rows: readonly unknown[]; readonly next: string | undefined}> {
  const seen = new Set<string>();
  const [, start, length] = /^([1-9]\d{0,8}):(\d{1,6})$/.exec(from ?? '') ?? [];
  let size = Number(length ?? 0);
  for (let page = Number(start ?? 1); page <= mostPages; page++) {
    const body = JSON.stringify({page, goodsType: '', keyWord, skuType: '', showDirId: '1', dirId: '', brandId: ''});
    const {items} = await transport.read('goods/getList', body, goodsPage, bounds());
    size ||= items.length;
    const rows = items.filter(row => nameOf(row) === '' || !seen.has(nameOf(row)));
    for (const row of rows) seen.add(nameOf(row));
    const isLast = items.length < size || !items.some(row => nameOf(row) !== '') || rows.length === 0;
    yield {rows, next: isLast ? undefined : `${page + 1}:${size}`};
    if (isLast) return;
  }
  throw new UpstreamError('unexpected_answer', `The list goes on after ${mostPages} pages.`);
}

function nameOf(record: unknown): string {
  const name = v.safeParse(goodName, record);
  return name.success ? name.output.goodsId : '';
}

const dirIdsSchema = v.union([
  v.array(v.string()),
  v.pipe(
    v.string(),
    v.transform(text => text.split(',').map(part => part.trim())),
  ),
]);

/** Finds the inmost of the categories that a good is said to be in: a list of ids, or a text with commas. */
function categoryFinder(categories: readonly UpstreamCategory[]): ReadingContext['categoryOf'] {
  const levels = new Map<string, number>();
  for (const {id, parentId} of categories) levels.set(id, (levels.get(parentId ?? '') ?? 0) + 1);
  return dirIds => {
    const parsed = v.safeParse(dirIdsSchema, dirIds);
    const known = (parsed.success ? parsed.output : []).filter(id => levels.has(id));
    return known.sort((left, right) => levels.get(right)! - levels.get(left)!)[0] ?? otherCategory.id;
  };
}
