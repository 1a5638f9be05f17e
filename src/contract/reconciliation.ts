import * as v from 'valibot';
import {moneySchema} from './money.ts';

/** How a provider's payments and ours may differ. */
export const differenceKinds = [
  'paid_there',
  'unknown_here',
  'unknown_there',
  'amount_differs',
  'refunded_there',
  'refunded_here',
] as const;
export const maximumReconciliationDays = 31;

export const differenceKindSchema = v.picklist(differenceKinds);

export const paymentDifferenceSchema = v.object({
  kind: differenceKindSchema,
  paymentId: v.exactOptional(v.string()),
  orderId: v.exactOptional(v.string()),
  reference: v.exactOptional(v.string()),
  ours: v.exactOptional(moneySchema),
  theirs: v.exactOptional(moneySchema),
  settled: v.exactOptional(v.boolean()),
});

export const reconciliationSchema = v.object({
  id: v.string(),
  provider: v.string(),
  from: v.string(),
  until: v.string(),
  by: v.exactOptional(v.string()),
  startedAt: v.string(),
  endedAt: v.string(),
  compared: v.number(),
  differences: v.array(paymentDifferenceSchema),
  differenceCount: v.number(),
  failure: v.exactOptional(v.string()),
});

export const reconciliationPageSchema = v.object({
  items: v.array(reconciliationSchema),
  nextCursor: v.exactOptional(v.string()),
});

export const reconciliationQuerySchema = v.object({
  provider: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  cursor: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
});

export const reconciliationRequestSchema = v.object({
  provider: v.pipe(v.string(), v.maxLength(64)),
  days: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumReconciliationDays))),
});

export type DifferenceKind = v.InferOutput<typeof differenceKindSchema>;
export type PaymentDifference = v.InferOutput<typeof paymentDifferenceSchema>;
export type Reconciliation = v.InferOutput<typeof reconciliationSchema>;
export type ReconciliationPage = v.InferOutput<typeof reconciliationPageSchema>;
export type ReconciliationRequest = v.InferOutput<typeof reconciliationRequestSchema>;
