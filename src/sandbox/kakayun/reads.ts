import * as v from 'valibot';
import {itemById, itemsOf, titleOf, type Item} from '../platform/items.ts';
import type {DockCall} from './dock-call.ts';
import {fourDigits, goodRow, goodsTypeOf, groupRow, liteRow, templateRow} from './good-rows.ts';
import {codes, Refusal} from './refusal.ts';

const number = v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.safeInteger());
const longestPage = 50;

/** `user/info` */
export function userInfo({merchant}: DockCall): unknown {
  return {money: fourDigits(merchant.balance.amount), creditquota: '0.00'};
}

/** `goods/group` */
export function groups({platform}: DockCall): unknown {
  const shown = platform.categories().filter(({enabled, hidden}) => enabled && !hidden);
  return shown.toSorted((left, right) => right.sort - left.sort).map(category => groupRow(category, shown));
}

const listSchema = v.object({
  limit: v.exactOptional(v.pipe(number, v.minValue(1)), 10),
  page: v.exactOptional(v.pipe(number, v.minValue(1)), 1),
  goodstype: v.exactOptional(number),
  groupid: v.exactOptional(number),
  goodsname: v.exactOptional(v.string(), ''),
  goodsid: v.exactOptional(v.union([number, v.array(number)])),
});

export interface GoodsPage {
  readonly data: readonly unknown[];
  readonly nowpage: unknown;
  readonly allpage: number;
  readonly count: number;
}

/** `goods/all`: what the page is, stands beside the goods, and the number of it is a text. */
export function goodsPage(call: DockCall): GoodsPage {
  const {goodstype, groupid, goodsname, goodsid, ...asked} = parse(listSchema, call);
  const ids = goodsid === undefined ? undefined : [goodsid].flat();
  const found = itemsOf(call.platform, call.merchant.id).filter(
    item =>
      titleOf(item).includes(goodsname) &&
      (goodstype === undefined || goodsTypeOf(item) === goodstype) &&
      (groupid === undefined || item.good.categoryId === groupid) &&
      (ids === undefined || ids.includes(item.sku.id)),
  );
  const {page, items} = pageOf(found, asked, longestPage);
  return {data: items.map(item => goodRow(item, call)), nowpage: String(page), ...countOf(found, asked, longestPage)};
}

/** `goods/details` */
export function details(call: DockCall): unknown {
  return goodRow(itemOf(call), call);
}

/** `goods/detailslite` */
export function detailsLite(call: DockCall): unknown {
  return liteRow(itemOf(call), call);
}

/** `goods/tpl` */
export function template(call: DockCall): unknown {
  return itemOf(call).good.fields.map(templateRow);
}

export function itemOf(call: DockCall): Item {
  const {goodsid} = parse(v.object({goodsid: number}), call, codes.noGoodId);
  const item = itemById(call.platform, goodsid, call.merchant.id);
  if (!item) throw new Refusal(codes.noGood, '商品不存在');
  return item;
}

interface PageAsked {
  readonly limit: number;
  readonly page: number;
}

export function pageOf(found: readonly Item[], {limit, page}: PageAsked, longest: number) {
  const size = Math.min(limit, longest);
  return {page, items: found.slice((page - 1) * size, page * size)};
}

export function countOf(found: readonly Item[], {limit}: PageAsked, longest: number) {
  return {allpage: Math.ceil(found.length / Math.min(limit, longest)), count: found.length};
}

/** @throws {Refusal} when the request does not say what it has to. */
export function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  {parameters}: DockCall,
  code: number = codes.other,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, parameters);
  if (!parsed.success) throw new Refusal(code, `参数错误：${v.getDotPath(parsed.issues[0]) ?? ''}`);
  return parsed.output;
}
