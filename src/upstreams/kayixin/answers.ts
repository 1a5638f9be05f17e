import * as v from 'valibot';
import {amount, id as anyId, list, optionalAmount, optionalText, whole} from '../answer-schemas.ts';

/*
 * The answers of the protocol, read from exact JSON: every number is a text here, be it that the platform wrote a number
 * or a text. Unknown names are ignored.
 */

/** The only currency. */
export const currency = 'CNY';

/** Sent as a number, so it has to be one without loss. */
const id = v.pipe(anyId, v.maxLength(15));
const text = v.pipe(v.string(), v.nonEmpty('a text'));

export const envelope = v.object({code: text, msg: optionalText, data: v.optional(v.unknown())});

export const account = v.object({balance: amount});

/** What it says of how many there are is not read: the two counts are known to be in each other's place. */
export const goodsPage = v.object({items: list});

export const goodName = v.object({goodsId: id});

export const goodRow = v.object({
  goodsId: id,
  name: text,
  salesPrice: amount,
  goodsType: whole,
  status: whole,
  multiple: v.nullish(whole, '1'),
  skuType: v.nullish(whole, '0'),
  imgUrl: optionalText,
  dirIds: v.nullish(v.unknown()),
});
export type GoodRow = v.InferOutput<typeof goodRow>;

export const goodDetails = v.object({
  ...goodRow.entries,
  minQuantity: v.nullish(whole, '0'),
  maxQuantity: v.nullish(whole, '0'),
  stockCount: v.nullish(whole),
  goodsDescribe: optionalText,
  goodsDetail: optionalText,
  buyNotice: optionalText,
  rechargeTemplates: list,
  goodsTags: list,
  /** Where it may be resold, and for how much at least. */
  channel: v.pipe(
    v.nullish(v.union([v.object({items: list}), list]), ''),
    v.transform(channel => ('items' in channel ? channel.items : [])),
    v.array(v.object({type: whole, limitPrice: optionalAmount})),
  ),
  goodsSku: v.nullish(v.unknown()),
  goodsSpec: v.nullish(v.unknown()),
});
export type GoodDetails = v.InferOutput<typeof goodDetails>;

const sku = {sku: text, status: v.nullish(whole, '1'), money: amount, count: v.nullish(whole)};

/** `goodsSku`, of goods with choices along several dimensions. */
export const multiSku = v.object({
  details: v.array(v.object({...sku, names: v.array(v.object({title: text, value: text}))})),
});

/** `goodsSpec`, of goods whose choices stand in groups. */
export const specGroups = v.array(v.object({name: optionalText, items: v.array(v.object({...sku, title: text}))}));

export const template = v.object({
  type: whole,
  title: v.pipe(text, v.maxLength(100)),
  placeholder: optionalText,
  required: v.nullish(whole, '0'),
  regex: optionalText,
  options: list,
});

export const templateOption = v.object({name: optionalText, value: text, children: list});

export const placedOrder = v.object({orderNumber: text});

export const order = v.object({
  orderNumber: text,
  outerNumber: optionalText,
  status: whole,
  money: amount,
  retMoney: v.nullish(amount, '0'),
  result: optionalText,
  cards: v.pipe(list, v.array(v.object({cardNo: optionalText, cardPwd: optionalText, status: v.nullish(whole, '0')}))),
});
export type OrderRow = v.InferOutput<typeof order>;
