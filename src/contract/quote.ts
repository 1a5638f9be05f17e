import * as v from 'valibot';
import {moneySchema} from './money.ts';
import {choicesSchema, contactKindSchema, formFieldSchema} from './product.ts';

/** Most pieces of one line, and most lines of one cart. */
export const maximumQuantity = 10_000;
export const maximumLines = 50;
export const maximumCouponLength = 40;

export const lineRequestSchema = v.object({
  skuId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumQuantity)),
});

export const quoteRequestSchema = v.object({
  lines: v.pipe(v.array(lineRequestSchema), v.minLength(1), v.maxLength(maximumLines)),
  lang: v.exactOptional(v.pipe(v.string(), v.maxLength(35))),
  coupon: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(maximumCouponLength))),
});

/** What the code of the request comes to: `saves` if it holds, else the `problem`. */
export const quoteCouponSchema = v.object({
  code: v.string(),
  saves: v.exactOptional(moneySchema),
  limited: v.exactOptional(v.boolean()),
  problem: v.exactOptional(
    v.picklist(['unknown', 'expired', 'minimum_not_reached', 'not_for_these_goods', 'below_platform_price', 'used_up']),
  ),
  minimum: v.exactOptional(moneySchema),
});

export const quoteLineSchema = v.object({
  skuId: v.string(),
  productId: v.string(),
  title: v.string(),
  choices: choicesSchema,
  quantity: v.number(),
  unitPrice: moneySchema,
  total: moneySchema,
  discount: v.exactOptional(moneySchema),
  contact: contactKindSchema,
  fields: v.array(formFieldSchema),
  problem: v.exactOptional(
    v.picklist([
      'unknown_product',
      'not_for_sale',
      'sold_out',
      'card_gone',
      'insufficient_stock',
      'stock_unknown',
      'below_minimum',
      'above_maximum',
    ]),
  ),
  available: v.exactOptional(v.number()),
});

export const quoteSchema = v.object({
  lines: v.array(quoteLineSchema),
  total: moneySchema,
  coupon: v.exactOptional(quoteCouponSchema),
  expiresAt: v.string(),
  intent: v.exactOptional(v.string()),
  token: v.exactOptional(v.string()),
});

export type QuoteRequest = v.InferOutput<typeof quoteRequestSchema>;
export type QuoteCoupon = v.InferOutput<typeof quoteCouponSchema>;
export type QuoteLine = v.InferOutput<typeof quoteLineSchema>;
export type Quote = v.InferOutput<typeof quoteSchema>;
