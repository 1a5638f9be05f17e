import * as v from 'valibot';
import {refundStates} from '../domain/refund.ts';
import {moneySchema} from './money.ts';

/** Why nothing happens to a refund unless a person acts. */
export const refundHelpReasons = ['by_hand', 'refused', 'unanswered', 'wrong_amount'] as const;
export const refundChoices = ['sent_back', 'retry'] as const;
export const maximumRefundNote = 2000;
export const maximumRefundReference = 200;

const note = v.exactOptional(v.pipe(v.string(), v.maxLength(maximumRefundNote)));

export const refundChoiceSchema = v.picklist(refundChoices);
export const refundHelpReasonSchema = v.picklist(refundHelpReasons);

export const refundDecisionSchema = v.object({
  choice: refundChoiceSchema,
  reason: refundHelpReasonSchema,
  by: v.string(),
  reference: v.exactOptional(v.string()),
  note: v.exactOptional(v.string()),
  at: v.string(),
});

/** A refund as the people who run the shop see it. */
export const refundSchema = v.object({
  id: v.string(),
  orderId: v.string(),
  orderNumber: v.string(),
  paymentId: v.string(),
  provider: v.string(),
  paymentReference: v.exactOptional(v.string()),
  amount: moneySchema,
  state: v.picklist(refundStates),
  reference: v.exactOptional(v.string()),
  reason: v.exactOptional(refundHelpReasonSchema),
  evidence: v.exactOptional(v.string()),
  since: v.exactOptional(v.string()),
  by: v.exactOptional(v.string()),
  note: v.exactOptional(v.string()),
  choices: v.array(refundChoiceSchema),
  decisions: v.array(refundDecisionSchema),
  createdAt: v.string(),
  sentAt: v.exactOptional(v.string()),
  refundedAt: v.exactOptional(v.string()),
});

export const refundListSchema = v.object({items: v.array(refundSchema)});

/** What needs a person now, whichever page is looked at. */
export const refundsWaitingSchema = v.object({
  reason: refundHelpReasonSchema,
  count: v.number(),
  since: v.string(),
});

export const refundPageSchema = v.object({
  items: v.array(refundSchema),
  nextCursor: v.exactOptional(v.string()),
  waiting: v.array(refundsWaitingSchema),
});

export const refundQuerySchema = v.object({
  state: v.exactOptional(v.picklist(refundStates)),
  cursor: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
});

export const refundRequestSchema = v.object({
  currency: moneySchema.entries.currency,
  amount: v.pipe(v.string(), v.regex(/^\d{1,15}(\.\d{1,4})?$/)),
  note,
});

export const refundDecisionRequestSchema = v.object({
  choice: refundChoiceSchema,
  reference: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(maximumRefundReference))),
  note,
});

export type RefundChoice = v.InferOutput<typeof refundChoiceSchema>;
export type RefundHelpReason = v.InferOutput<typeof refundHelpReasonSchema>;
export type Refund = v.InferOutput<typeof refundSchema>;
export type RefundList = v.InferOutput<typeof refundListSchema>;
export type RefundPage = v.InferOutput<typeof refundPageSchema>;
export type RefundRequest = v.InferOutput<typeof refundRequestSchema>;
export type RefundDecisionRequest = v.InferOutput<typeof refundDecisionRequestSchema>;
