import * as v from 'valibot';
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
 * Reads the whole catalogue. A row does not say its category, so every category is listed, the inmost first, and at last
 * all goods, for those that stand in none. A record that cannot be read harms no other.
 * @throws {UpstreamError}
 */
export async function readCatalogue(parts: CatalogueParts): Promise<Catalogue> {
  const {transport, bounds} = parts;
  const tree = await transport.read('goods/cate', {}, v.array(v.unknown()), bounds());
  const categories = readCategoryTree(tree);
  const goods = new Map<string, Good>();
  const rejected: {code: string; reason: string}[] = [];
  const seen = new Set<string>();
  let hasOthers = false;
  for (const {id} of [...[...categories].reverse(), otherCategory]) {
    const filter = id === otherCategory.id ? {} : {cate_id: Number(id)};
    for await (const rows of pages(parts, filter)) {
      const unseen = rows.filter(row => !seen.has(nameOf(row)));
      for (const row of unseen) if (nameOf(row) !== '') seen.add(nameOf(row));
      const readings = await inParallel(unseen, questionsAtOnce, row => readWhole(row, id, parts));
      for (const [index, reading] of readings.entries()) {
        const code = nameOf(unseen[index]);
        if (reading.kind === 'rejected') rejected.push({code, reason: reading.reason});
        if (reading.kind !== 'good') continue;
        goods.set(code, reading.good);
        hasOthers ||= id === otherCategory.id;
      }
    }
  }
  return {categories: [...categories, ...(hasOthers ? [otherCategory] : [])], goods: [...goods.values()], rejected};
}

/**
 * Goods whose names hold the words, with no category: only lists by category tell it.
 * @throws {UpstreamError}
 */
export async function searchGoods(parts: CatalogueParts, words: string): Promise<readonly Good[]> {
  const goods: Good[] = [];
  for await (const rows of pages(parts, {keyword: words})) {
    const readings = await inParallel(rows, questionsAtOnce, row => readWhole(row, '', parts));
    goods.push(...readings.flatMap(reading => (reading.kind === 'good' ? [reading.good] : [])));
  }
  return goods;
}

/** A good with what only its own page has, unless its row shows already that it cannot be sold. */
async function readWhole(record: unknown, categoryId: string, parts: CatalogueParts): Promise<GoodReading> {
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

async function* pages(
  {transport, bounds}: CatalogueParts,
  filter: Readonly<Record<string, unknown>>,
): AsyncGenerator<readonly unknown[]> {
  let received = 0;
  for (let page = 1; page <= mostPages; page++) {
    const {list, total} = await transport.read('goods/list', {...filter, limit: pageSize, page}, goodsPage, bounds());
    received += list.length;
    yield list;
    if (list.length === 0 || received >= total) return;
  }
  throw new UpstreamError('unexpected_answer', `The list goes on after ${mostPages} pages.`);
}

function nameOf(record: unknown): string {
  const name = v.safeParse(goodName, record);
  return name.success ? name.output.id : '';
}
