import * as v from 'valibot';
import {amount, id as anyId, list, optionalAmount, optionalText, whole} from '../answer-schemas.ts';

/*
 * The answers of the protocol, read from exact JSON: every number is a text here. The platform writes amounts as numbers
 * and as texts, and PHP's empty list may be a text or nothing. Unknown names are ignored.
 */

/** The only currency. */
export const currency = 'CNY';

/** Sent as a number, so it has to be one without loss. */
const id = v.pipe(anyId, v.maxLength(15));
const text = v.pipe(v.string(), v.nonEmpty('a text'));
export const envelope = v.object({code: v.string(), msg: optionalText, data: v.optional(v.unknown())});

export const account = v.object({balance: amount});

export const goodsPage = v.object({list, total: whole});

export const goodName = v.object({id});

export const goodRow = v.object({
  id,
  goods_name: text,
  goods_img: optionalText,
  goods_type: whole,
  goods_price: amount,
  status: whole,
  stock_num: v.nullish(whole),
  /** Sales channels it may, and may not, be resold on, separated by commas; nothing: as one likes. */
  can_buy: optionalText,
  can_no_buy: optionalText,
  /** What it may be resold for at least (销售限价); nothing: as one likes. */
  can_price: optionalAmount,
});
export type GoodRow = v.InferOutput<typeof goodRow>;

export const goodDetails = v.object({
  ...goodRow.entries,
  goods_info: optionalText,
  goods_notice: optionalText,
  start_count: v.nullish(whole, '0'),
  end_count: v.nullish(whole, '0'),
  attach: list,
});
export type GoodDetails = v.InferOutput<typeof goodDetails>;

export const field = v.object({
  key: v.pipe(text, v.maxLength(100)),
  type: v.nullish(v.string(), 'text'),
  name: optionalText,
  tip: optionalText,
  options: v.nullish(v.unknown()),
});

export const choice = v.union([
  v.pipe(
    text,
    v.transform(value => ({label: value, value})),
  ),
  v.pipe(
    v.object({value: text, label: v.nullish(v.string()), name: v.nullish(v.string())}),
    v.transform(({value, label, name}) => ({label: label || name || value, value})),
  ),
]);

export const placedOrder = v.object({ordersn: text, total_price: amount});
export type PlacedOrder = v.InferOutput<typeof placedOrder>;

export const orders = v.array(
  v.object({
    ordersn: text,
    external_orderno: optionalText,
    recharge_info: list,
    recharge_hints: optionalText,
    status: whole,
    total_price: amount,
    has_back_money: v.nullish(amount, '0'),
    card_list: v.pipe(list, v.array(v.object({card_no: optionalText, card_password: optionalText}))),
  }),
);
export type OrderRow = v.InferOutput<typeof orders>[number];
