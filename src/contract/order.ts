import * as v from 'valibot';
import {orderDeliverySchema} from './delivery.ts';
import {moneySchema} from './money.ts';
import {orderRefundSchema} from './order-refund.ts';
import {paymentSchema} from './payment.ts';
import {choicesSchema, deliveryKindSchema} from './product.ts';
import {revealKeySchema} from './reveal-key.ts';

export const orderStateSchema = v.picklist([
  'pending_payment',
  'paid',
  'fulfilling',
  'partially_delivered',
  'delivered',
  'completed',
  'canceled',
  'expired',
  'refund_pending',
  'partially_refunded',
  'refunded',
]);

export const lineStatusSchema = v.picklist([
  'waiting',
  'confirming',
  'processing',
  'partially_delivered',
  'delivered',
  'failed',
]);

/** Shortest and longest lookup password (查单密码). */
export const minimumLookupPassword = 6;
const maximumLookupPassword = 128;

export const orderRequestSchema = v.object({
  quote: v.pipe(v.string(), v.minLength(1), v.maxLength(65_536)),
  contact: v.pipe(v.string(), v.minLength(1), v.maxLength(254)),
  fields: v.exactOptional(v.record(v.string(), v.record(v.string(), v.pipe(v.string(), v.maxLength(256))))),
  lang: v.exactOptional(v.pipe(v.string(), v.maxLength(35))),
  lookupPassword: v.exactOptional(
    v.pipe(v.string(), v.minLength(minimumLookupPassword), v.maxLength(maximumLookupPassword)),
  ),
  revealKey: v.exactOptional(revealKeySchema),
});

export const lookupRequestSchema = v.object({
  number: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  contact: v.pipe(v.string(), v.minLength(1), v.maxLength(254)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(maximumLookupPassword)),
});

export const rebindRequestSchema = v.object({...lookupRequestSchema.entries, revealKey: revealKeySchema});

/** `code` is that of a message's link; without one it is the cookie of the way back from a payment that counts. */
export const returnedRebindRequestSchema = v.object({
  code: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  revealKey: revealKeySchema,
});

/** The order that is bound to another key now; one that is bound to none stays so, and its token shows the keys. */
export const reboundOrderSchema = v.object({
  id: v.string(),
  number: v.string(),
  createdAt: v.string(),
  token: v.string(),
  sealed: v.boolean(),
});

export const orderMomentSchema = v.object({
  what: v.picklist(['placed', 'paid', 'buying', 'delivered', 'expired', 'refunded']),
  at: v.string(),
  pieces: v.exactOptional(v.number()),
  amount: v.exactOptional(moneySchema),
});

export const orderLineSchema = v.object({
  id: v.string(),
  skuId: v.string(),
  productId: v.string(),
  title: v.string(),
  choices: choicesSchema,
  quantity: v.number(),
  unitPrice: moneySchema,
  total: moneySchema,
  discount: v.exactOptional(moneySchema),
  delivery: deliveryKindSchema,
  delivered: v.number(),
  failed: v.number(),
  status: lineStatusSchema,
});

export const orderSchema = v.object({
  id: v.string(),
  number: v.string(),
  state: orderStateSchema,
  currency: v.string(),
  total: moneySchema,
  coupon: v.exactOptional(v.object({code: v.string(), saves: moneySchema})),
  refundDue: moneySchema,
  refunded: v.exactOptional(moneySchema),
  refunds: v.exactOptional(v.array(orderRefundSchema)),
  createdAt: v.string(),
  expiresAt: v.string(),
  paidAt: v.exactOptional(v.string()),
  lines: v.array(orderLineSchema),
  payments: v.array(paymentSchema),
  keysReady: v.number(),
  deliveries: v.exactOptional(v.array(orderDeliverySchema)),
  sealed: v.exactOptional(v.boolean()),
  // A page may be newer than the server that answers it.
  timeline: v.optional(v.array(orderMomentSchema), []),
});

export const placedOrderSchema = v.object({order: orderSchema, token: v.string()});

export type Order = v.InferOutput<typeof orderSchema>;
export type OrderLine = v.InferOutput<typeof orderLineSchema>;
export type LineStatus = v.InferOutput<typeof lineStatusSchema>;
export type OrderRequest = v.InferOutput<typeof orderRequestSchema>;
export type OrderMoment = v.InferOutput<typeof orderMomentSchema>;
export type LookupRequest = v.InferOutput<typeof lookupRequestSchema>;
export type PlacedOrder = v.InferOutput<typeof placedOrderSchema>;
export type RebindRequest = v.InferOutput<typeof rebindRequestSchema>;
export type ReturnedRebindRequest = v.InferOutput<typeof returnedRebindRequestSchema>;
export type ReboundOrder = v.InferOutput<typeof reboundOrderSchema>;
