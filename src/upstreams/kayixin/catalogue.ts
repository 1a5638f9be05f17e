import * as v from 'valibot';
import {otherCategory, readCategoryTree} from '../category-tree.ts';
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
 * Reads the whole catalogue, and every good by itself: lists have neither stock nor fields nor SKUs. A record that cannot
 * be read harms no other.
 * @throws {UpstreamError}
 */
export async function readCatalogue(parts: CatalogueParts): Promise<Catalogue> {
  const {transport, bounds} = parts;
  const categories = readCategoryTree(await transport.read('goods/getDirs', undefined, v.array(v.unknown()), bounds()));
  const goods: Good[] = [];
  const rejected: {code: string; reason: string}[] = [];
  for await (const {code, reading} of readings(parts, '', categoryFinder(categories))) {
    if (reading.kind === 'rejected') rejected.push({code, reason: reading.reason});
    if (reading.kind !== 'good') continue;
    goods.push(reading.good);
    rejected.push(...reading.warnings.map(reason => ({code, reason})));
  }
  const hasOthers = goods.some(({categoryId}) => categoryId === otherCategory.id);
  return {categories: [...categories, ...(hasOthers ? [otherCategory] : [])], goods, rejected};
}

/** Goods whose names hold the words. @throws {UpstreamError} */
export async function searchGoods(parts: CatalogueParts, words: string): Promise<readonly Good[]> {
  const goods: Good[] = [];
  for await (const {reading} of readings(parts, words, () => '')) {
    if (reading.kind === 'good') goods.push(reading.good);
  }
  return goods;
}

async function* readings(
  parts: CatalogueParts,
  words: string,
  categoryOf: ReadingContext['categoryOf'],
): AsyncGenerator<{readonly code: string; readonly reading: GoodReading}> {
  for await (const rows of pages(parts, words)) {
    const read = await inParallel(rows, questionsAtOnce, row => readWhole(row, parts, categoryOf));
    for (const [index, reading] of read.entries()) yield {code: nameOf(rows[index]), reading};
  }
}

/** A good with what only its own page has, unless its row shows already that it cannot be sold. */
async function readWhole(
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
 * ends with a page that is empty, shorter than the first, or brings nothing new.
 */
async function* pages({transport, bounds}: CatalogueParts, keyWord: string): AsyncGenerator<readonly unknown[]> {
  const seen = new Set<string>();
  let size = 0;
  for (let page = 1; page <= mostPages; page++) {
    const body = JSON.stringify({page, goodsType: '', keyWord, skuType: '', showDirId: '1', dirId: '', brandId: ''});
    const {items} = await transport.read('goods/getList', body, goodsPage, bounds());
    size ||= items.length;
    const unseen = items.filter(row => nameOf(row) === '' || !seen.has(nameOf(row)));
    for (const row of unseen) seen.add(nameOf(row));
    if (unseen.length > 0) yield unseen;
    if (items.length < size || !items.some(row => nameOf(row) !== '') || unseen.length === 0) return;
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
