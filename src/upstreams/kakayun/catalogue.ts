import * as v from 'valibot';
import {readWhole, type CataloguePage} from '../catalogue-pages.ts';
import type {CallBounds} from '../exchange.ts';
import {isUpstreamError, UpstreamError, type Catalogue, type Good, type UpstreamCategory} from '../port.ts';
import {goodName, goodsPage, groups, type GoodRecord} from './answers.ts';
import {lacksFields, readGood, readRecord, type GoodReading, type ReadingContext} from './good.ts';
import type {Members, Transport} from './transport.ts';

/** How a version of the protocol is asked for goods. */
export interface GoodsPaths {
  readonly groups: string;
  readonly list: string;
  /** The most that a page holds. */
  readonly pageSize: number;
  readonly record: v.GenericSchema<unknown, GoodRecord>;
  /** One good's own record. @throws {UpstreamError} */
  readonly details: (code: string, bounds: CallBounds) => Promise<unknown>;
}

export interface CatalogueParts {
  readonly transport: Transport;
  readonly paths: GoodsPaths;
  readonly bounds: () => CallBounds;
  readonly context: ReadingContext;
}

/** A platform that always promises one more page is not followed for ever. */
const mostPages = 2000;

/**
 * The catalogue page by page, from the first or from the `next` of one that was read before. A record that cannot be read
 * harms no other.
 * @throws {UpstreamError} at the page that could not be read
 */
export async function* readPages(parts: CatalogueParts, from?: string): AsyncGenerator<CataloguePage> {
  const {transport, paths, bounds} = parts;
  const categories = asTree((await transport.read(paths.groups, {}, groups, bounds())).data);
  for await (const page of pagesOfGoods(parts, {}, from)) {
    // Version 3 pushes what changed, and nobody can ask for it.
    yield {categories, gone: [], ...page};
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
  for await (const page of pagesOfGoods(parts, {goodsname: words})) goods.push(...page.goods);
  return goods;
}

async function* pagesOfGoods(
  parts: CatalogueParts,
  filter: Members,
  from?: string,
): AsyncGenerator<Pick<CataloguePage, 'goods' | 'rejected' | 'next'>> {
  const {transport, paths, bounds} = parts;
  for (let page = /^[1-9]\d{0,8}$/.test(from ?? '') ? Number(from) : 1; ; page++) {
    const {data, allpage} = await transport.read(
      paths.list,
      {limit: paths.pageSize, page, ...filter},
      goodsPage,
      bounds(),
    );
    // Where it does not say how many pages there are, the first that is not full is the last.
    const isLast = data.length === 0 || (allpage ? page >= allpage : data.length < paths.pageSize);
    if (!isLast && page >= mostPages) {
      throw new UpstreamError('unexpected_answer', `The catalogue goes on after ${mostPages} pages.`);
    }
    yield {...(await readRows(data, parts)), ...(!isLast && {next: String(page + 1)})};
    if (isLast) return;
  }
}

async function readRows(
  rows: readonly unknown[],
  parts: CatalogueParts,
): Promise<Pick<CataloguePage, 'goods' | 'rejected'>> {
  const goods: Good[] = [];
  const rejected: Catalogue['rejected'][number][] = [];
  for (const row of rows) {
    const reading = await readGoodWhole(row, parts);
    if (reading.kind === 'good') goods.push(reading.good);
    else if (reading.kind === 'rejected') rejected.push({code: nameOf(row), reason: reading.reason});
  }
  return {goods, rejected};
}

/** One good as it is now. @throws {UpstreamError} `absent` where it is not sold */
export async function readOne(code: string, {paths, bounds, context}: CatalogueParts): Promise<Good> {
  if (!isGoodId(code)) throw new UpstreamError('absent', `${JSON.stringify(code)} is no good's id.`);
  const record = readRecord(await paths.details(code, bounds()), paths.record);
  const reading = 'kind' in record ? record : readGood(record, context);
  if (reading.kind === 'good') return reading.good;
  if (reading.kind === 'inactive') throw new UpstreamError('absent', `The good ${code} is not for sale now.`);
  throw new UpstreamError('unexpected_answer', `The good ${code} cannot be offered: ${reading.reason}`);
}

export function isGoodId(code: string): boolean {
  return /^\d{1,18}$/.test(code);
}

/** A row, with what only the good's own record has where the row leaves that out. */
async function readGoodWhole(row: unknown, {paths, bounds, context}: CatalogueParts): Promise<GoodReading> {
  const record = readRecord(row, paths.record);
  if ('kind' in record) return record;
  if (!lacksFields(record)) return readGood(record, context);
  try {
    const details = readRecord(await paths.details(record.goodsid, bounds()), paths.record);
    return 'kind' in details ? details : readGood({...details, groupid: record.groupid}, context);
  } catch (error) {
    if (!isUpstreamError(error) || error.reason !== 'absent') throw error;
    return {kind: 'inactive'};
  }
}

function nameOf(record: unknown): string {
  const name = v.safeParse(goodName, record);
  return name.success ? name.output.goodsid : '';
}

/** Groups stand below brands. Both are counted from 1 on, so a brand's id gets a letter. */
function asTree(records: v.InferOutput<typeof groups>['data']): readonly UpstreamCategory[] {
  const categories = new Map<string, UpstreamCategory>();
  for (const {groupid, groupname, groupaliasname, brandid, brandname} of records) {
    const parentId = typeof brandid === 'string' && brandid !== '0' ? `b${brandid}` : undefined;
    if (parentId !== undefined) categories.set(parentId, {id: parentId, name: brandname || parentId});
    if (typeof groupid !== 'string') continue;
    const name = groupname || groupaliasname || groupid;
    categories.set(groupid, {id: groupid, name, ...(parentId !== undefined && {parentId})});
  }
  return [...categories.values()];
}
