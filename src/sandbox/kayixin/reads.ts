import * as v from 'valibot';
import type {Category} from '../platform/good.ts';
import {parse, type ApiCall} from './api-call.ts';
import {goodById, goodDetails, goodRow, goodsOf} from './good-rows.ts';
import {Refusal} from './refusal.ts';

const pageSize = 20;

/** `user/getAccount` */
export function account({merchant}: ApiCall): unknown {
  return {balance: Number(merchant.balance.amount)};
}

/** `goods/getDirs` */
export function dirs({platform}: ApiCall): unknown {
  const shown = platform.categories().filter(({enabled, hidden}) => enabled && !hidden);
  const branch = (category: Category): unknown => ({
    id: category.id,
    name: category.name,
    img: '',
    children: shown.filter(({parentId}) => parentId === category.id).map(branch),
    brands: [],
  });
  return shown.filter(({parentId}) => !shown.some(({id}) => id === parentId)).map(branch);
}

const listSchema = v.object({
  page: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  goodsType: v.picklist(['', '1', '3']),
  keyWord: v.string(),
  skuType: v.string(),
  showDirId: v.picklist(['0', '1']),
  dirId: v.string(),
  brandId: v.string(),
});

/** `goods/getList`: the two counts are in each other's place. */
export function list(call: ApiCall): unknown {
  const {page, goodsType, keyWord, showDirId} = parse(listSchema, call);
  const rows = goodsOf(call)
    .filter(good => good.title.includes(keyWord))
    .map(good => goodRow(good, call, showDirId === '1'))
    .filter(row => goodsType === '' || String(row['goodsType']) === goodsType);
  return {
    allCount: Math.ceil(rows.length / pageSize),
    allPage: rows.length,
    items: rows.slice((page - 1) * pageSize, page * pageSize),
  };
}

/** `goods/getDetail` */
export function detail(call: ApiCall): unknown {
  const {goodsId} = parse(v.object({goodsId: v.pipe(v.number(), v.safeInteger())}), call);
  const good = goodById(call, goodsId);
  if (!good) throw new Refusal('absent', '商品不存在');
  return goodDetails(good, call);
}
