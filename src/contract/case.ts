import * as v from 'valibot';
import {moneySchema} from './money.ts';

export const caseChoices = ['mark_delivered', 'retry', 'refund', 'give_up'] as const;
export const caseReasons = [
  'unresolved',
  'overdue',
  'refunded_in_part',
  'taken_back',
  'bought_unreadable',
  'short_delivery',
  'charged_without_goods',
] as const;
export const maximumCaseCards = 1000;
export const maximumCaseCardLength = 10_000;
export const maximumCaseNote = 2000;

export const caseChoiceSchema = v.picklist(caseChoices);
export const caseReasonSchema = v.picklist(caseReasons);

/** One try of the purchase, as far as a person needs it to find it on the platform. */
export const caseAttemptSchema = v.object({
  connectionId: v.string(),
  reference: v.string(),
  sentAt: v.string(),
  expectedCost: moneySchema,
  balanceBefore: v.exactOptional(moneySchema),
  refunded: v.exactOptional(moneySchema),
  outcome: v.exactOptional(v.string()),
  settledBy: v.exactOptional(
    v.object({
      means: v.picklist(['answer', 'follow', 'query', 'replay', 'repeat', 'person']),
      confidence: v.picklist(['certain', 'implied', 'judged']),
    }),
  ),
  hints: v.exactOptional(
    v.array(
      v.object({
        means: v.picklist(['order_list', 'balance']),
        says: v.picklist(['bought', 'not_bought', 'unclear']),
        text: v.string(),
      }),
    ),
  ),
  text: v.exactOptional(v.string()),
});

/** What a person decided, and what they saw when they did. */
export const caseDecisionSchema = v.object({
  choice: caseChoiceSchema,
  reason: caseReasonSchema,
  evidence: v.string(),
  by: v.exactOptional(v.string()),
  note: v.exactOptional(v.string()),
  pieces: v.exactOptional(v.number()),
  at: v.string(),
});

export const caseSchema = v.object({
  id: v.string(),
  orderId: v.string(),
  orderNumber: v.string(),
  lineId: v.string(),
  title: v.string(),
  quantity: v.number(),
  connectionId: v.string(),
  reason: v.exactOptional(caseReasonSchema),
  evidence: v.exactOptional(v.string()),
  since: v.exactOptional(v.string()),
  choices: v.array(caseChoiceSchema),
  attempts: v.array(caseAttemptSchema),
  decisions: v.array(caseDecisionSchema),
});

export const casePageSchema = v.object({items: v.array(caseSchema), nextCursor: v.exactOptional(v.string())});

export const caseQuerySchema = v.object({
  cursor: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
});

export const caseDecisionRequestSchema = v.object({
  choice: caseChoiceSchema,
  cards: v.exactOptional(
    v.pipe(
      v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(maximumCaseCardLength))),
      v.maxLength(maximumCaseCards),
    ),
  ),
  note: v.exactOptional(v.pipe(v.string(), v.maxLength(maximumCaseNote))),
});

export type CaseChoice = v.InferOutput<typeof caseChoiceSchema>;
export type CaseReason = v.InferOutput<typeof caseReasonSchema>;
export type Case = v.InferOutput<typeof caseSchema>;
export type CasePage = v.InferOutput<typeof casePageSchema>;
export type CaseDecisionRequest = v.InferOutput<typeof caseDecisionRequestSchema>;
