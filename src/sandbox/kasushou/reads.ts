import * as v from 'valibot';
import type {Category} from '../platform/good.ts';
import {itemById, itemsOf, titleOf} from '../platform/items.ts';
import {twoDigits} from '../two-digits.ts';
import type {ApiCall} from './api-call.ts';
import {itemDetails, itemRow} from './good-rows.ts';
import {Refusal} from './refusal.ts';

const longestPage = 100;

/** `user/info` */
export function userInfo({merchant}: ApiCall): unknown {
  return {balance: twoDigits(merchant.balance.amount)};
}

/** `goods/cate`: a tree by nesting. From the third level on, `pid` is the id of the top, not of what is above. */
export function categoryTree({platform}: ApiCall): unknown {
  const shown = shownCategories(platform.categories());
  const branch = (category: Category, topId: number): unknown => {
    const children = shown.filter(({parentId}) => parentId === category.id);
    return {
      id: category.id,
      name: category.name,
      pid: topId,
      img: '',
      ...(children.length > 0 && {children: children.map(child => branch(child, topId || category.id))}),
    };
  };
  return shown.filter(category => isTop(category, shown)).map(category => branch(category, 0));
}

const listSchema = v.object({
  cate_id: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
  keyword: v.exactOptional(v.string(), ''),
  limit: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)), longestPage),
  page: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)), 1),
});

/** `goods/list`: a category's goods are those of everything below it as well. */
export function goodsList(call: ApiCall): unknown {
  const {cate_id: categoryId, keyword, limit, page} = parse(listSchema, call);
  const within = categoryId === undefined ? undefined : below(categoryId, shownCategories(call.platform.categories()));
  const found = itemsOf(call.platform, call.merchant.id).filter(
    item => titleOf(item).includes(keyword) && (!within || within.has(item.good.categoryId)),
  );
  const size = Math.min(limit, longestPage);
  const list = found.slice((page - 1) * size, page * size).map(item => itemRow(item, call));
  return {list, total: found.length};
}

/** `goods/info` */
export function goodsInfo(call: ApiCall): unknown {
  const {id} = parse(v.object({id: v.pipe(v.number(), v.safeInteger())}), call);
  const item = itemById(call.platform, id, call.merchant.id);
  if (!item) throw new Refusal('商品不存在');
  return itemDetails(item, call);
}

/** @throws {Refusal} when the request does not say what it has to. */
export function parse<Schema extends v.GenericSchema>(schema: Schema, {body}: ApiCall): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) throw new Refusal(`参数错误：${v.getDotPath(parsed.issues[0]) ?? ''}`);
  return parsed.output;
}

function shownCategories(categories: readonly Category[]): readonly Category[] {
  return categories.filter(({enabled, hidden}) => enabled && !hidden);
}

function isTop({parentId}: Category, shown: readonly Category[]): boolean {
  return !shown.some(({id}) => id === parentId);
}

function below(id: number, categories: readonly Category[]): ReadonlySet<number> {
  const inner = categories.filter(({parentId}) => parentId === id).map(category => below(category.id, categories));
  return new Set([id, ...inner.flatMap(ids => [...ids])]);
}
