import * as v from 'valibot';
import {money, type Money} from '../../domain/money.ts';
import {amount, decimal, optionalText} from '../answer-schemas.ts';

/*
 * The answers of the protocol, read from exact JSON: every number is a text here. The same value may be a number, a
 * numeric text or null depending on endpoint and version; unknown names are ignored.
 */

/** What a shop reckons in unless it says otherwise, which only the valuation of a 3.7 can. */
export const currency = 'CNY';

const whole = v.pipe(decimal, v.regex(/^-?\d{1,15}(?:\.0+)?$/, 'a whole number'), v.transform(Number));
const money4 = v.pipe(
  amount,
  v.transform((text): Money => money(text, currency)),
);
const truth = v.pipe(
  v.nullish(v.union([v.boolean(), v.string()]), false),
  v.transform(value => value === true || value === '1'),
);

export const envelope = v.object({
  code: v.string(),
  msg: v.optional(v.nullable(v.string())),
  data: v.optional(v.unknown()),
});

export const account = v.object({shopName: v.string(), balance: money4});

/** One of `items`' categories, its goods still unread. */
export const category = v.object({
  id: v.string(),
  name: optionalText,
  pid: optionalText,
  children: v.nullish(v.array(v.unknown()), []),
});

/** One good, as `items` (texts inside texts) or `item` (tables) gives it. */
export const good = v.object({
  code: v.pipe(v.string(), v.nonEmpty('a code')),
  name: v.pipe(v.string(), v.nonEmpty('a name')),
  category_id: v.string(),
  description: optionalText,
  cover: optionalText,
  price: v.nullish(money4),
  user_price: v.nullish(money4),
  delivery_way: whole,
  contact_type: v.nullish(v.string()),
  minimum: v.nullish(whole, '0'),
  maximum: v.nullish(whole, '0'),
  purchase_count: v.nullish(whole, '0'),
  shared_id: optionalText,
  seckill_status: truth,
  seckill_start_time: optionalText,
  seckill_end_time: optionalText,
  draft_status: truth,
  draft_premium: v.nullish(money4),
  stock: v.optional(v.unknown()),
  config: v.optional(v.unknown()),
  widget: v.optional(v.unknown()),
  tags: v.optional(v.unknown()),
});

export type GoodRecord = v.InferOutput<typeof good>;

/** Which good a record is about, when it cannot be read in full. */
export const goodName = v.object({code: optionalText, id: optionalText});

export const stock = v.object({stock: v.optional(v.unknown())});

/** A stock figure; `undefined` when the platform gives none (null, words, nothing). */
export function stockCount(value: unknown): number | undefined {
  const count = v.safeParse(whole, value);
  return count.success ? Math.max(0, count.output) : undefined;
}

export const valuation = v.object({price: money4, currency_code: optionalText});

export const inventory = v.object({
  count: whole,
  delivery_way: v.nullish(whole, '0'),
  factory_price: v.nullish(money4, '0'),
  is_category: truth,
  config: v.optional(v.unknown()),
});

export const trade = v.object({
  tradeNo: v.pipe(v.string(), v.nonEmpty('an order number')),
  amount: money4,
  secret: optionalText,
  leave_message: optionalText,
});

/** The order number alone, for an answer that cannot be read in full. */
export const tradeNumber = v.object({tradeNo: v.string()});

export const order = v.object({secret: optionalText});

const premium = v.nullish(money4);
export const draftCards = v.object({
  list: v.array(v.object({id: v.pipe(v.string(), v.regex(/^\d{1,18}$/)), draft: optionalText, draft_premium: premium})),
  total: whole,
});
export const draft = v.object({draft_premium: premium});
/** What picking a card of a good adds, as `item` tells it. */
export const generalPremium = v.object({draft_premium: premium});
