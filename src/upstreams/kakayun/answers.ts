import * as v from 'valibot';
import {amount, id, list, optionalText, whole} from '../answer-schemas.ts';

/*
 * The answers of the protocol, read from exact JSON: every number is a text here. The platform writes the same values as
 * numbers and as texts. Unknown names are ignored.
 */

/** The only currency. */
export const currency = 'CNY';

const text = v.pipe(v.string(), v.nonEmpty('a text'));
export const envelope = v.object({code: v.string(), msg: optionalText});

/** Credit (授信) can be spent as well; the money may be below zero then. */
export const account = v.object({
  data: v.object({money: amount, creditquota: v.nullish(amount, '0')}),
});

export const groups = v.object({
  data: v.array(
    v.object({
      groupid: v.nullish(id),
      groupname: optionalText,
      groupaliasname: optionalText,
      brandid: v.nullish(id),
      brandname: optionalText,
    }),
  ),
});

export const goodsPage = v.object({data: list, allpage: v.nullish(whole)});

/** Lists and single goods name their id differently in version 2. */
export const goodName = v.union([
  v.object({goodsid: id}),
  v.pipe(
    v.object({id}),
    v.transform(({id: goodsid}) => ({goodsid})),
  ),
]);

/** 0 off, 1 on sale; a server compatible with the protocol has words. Whatever else it says is off. */
const saleStatus = v.pipe(
  v.string(),
  v.transform(text => text === '1' || text === 'ON_SALE'),
);

const goodEntries = {
  goodsname: text,
  stock: v.nullish(whole),
  goodsprice: amount,
  goodsstatus: saleStatus,
  goodstype: whole,
  imgurl: optionalText,
  details: optionalText,
  /** Absent where a list leaves it out, which says nothing about the good. */
  attach: v.optional(list),
};

export const goodV3 = v.object({
  ...goodEntries,
  goodsid: id,
  groupid: v.nullish(id, '0'),
  minbuy: v.nullish(whole),
  maxbuy: v.nullish(whole),
});
export type GoodRecord = v.InferOutput<typeof goodV3>;

/** `stock` is meant only where `showstock` does not deny it. */
export const goodV2 = v.pipe(
  v.object({
    ...goodEntries,
    goodsid: v.optional(id),
    id: v.optional(id),
    goodsgroupid: v.nullish(id, '0'),
    buyminnum: v.nullish(whole),
    buymaxnum: v.nullish(whole),
    showstock: v.nullish(v.union([v.string(), v.boolean()])),
  }),
  v.check(({goodsid, id: ownId}) => (goodsid ?? ownId) !== undefined, 'a record with an id'),
  v.transform(({goodsid, id: ownId, goodsgroupid, buyminnum, buymaxnum, showstock, stock, ...same}): GoodRecord => ({
    ...same,
    stock: showstock === '0' || showstock === false ? undefined : stock,
    goodsid: goodsid ?? ownId!,
    groupid: goodsgroupid,
    minbuy: buyminnum,
    maxbuy: buymaxnum,
  })),
);

export const detailsV3 = v.object({data: v.unknown()});
export const detailsV2 = v.object({goodsdetails: v.unknown()});

/** What changes of a good, alone. */
export const liteGood = v.object({
  data: v.object({stock: v.nullish(whole), goodsprice: amount, goodsstatus: saleStatus}),
});

export const field = v.object({title: text, tip: optionalText, verification: optionalText});

/** What kind of field (1 to 17) each of a good's fields is. */
export const template = v.object({data: v.array(v.object({type: id, title: text}))});

export const placedV3 = v.object({data: v.object({orderno: text})});
export const placedV2 = v.object({
  orderno: text,
  money: v.nullish(amount),
  cardlist: v.pipe(list, v.array(v.string())),
});

const card = v.object({card_no: optionalText, card_pwd: optionalText, card_expire_at: v.nullish(v.string())});

const orderV3Row = v.object({
  orderno: text,
  usorderno: optionalText,
  money: amount,
  buynum: v.nullish(whole),
  status: whole,
  refundmoney: v.nullish(amount, '0'),
  refundstatus: v.nullish(whole, '0'),
  receipt: optionalText,
  refundreceipt: optionalText,
  cardlist: v.pipe(list, v.array(v.string())),
  cards: v.pipe(list, v.array(card)),
});
export type OrderRow = v.InferOutput<typeof orderV3Row>;
export const orderV3 = v.object({data: orderV3Row});

export const orderV2 = v.object({
  data: v.object({status: whole, money: v.nullish(amount), receipt: optionalText}),
  cardlist: v.pipe(list, v.array(v.string())),
});

export const callback = v.object({
  orderno: text,
  usorderno: optionalText,
  status: v.string(),
  refundstatus: optionalText,
  refundmoney: optionalText,
  timestamp: v.nullish(whole),
});
