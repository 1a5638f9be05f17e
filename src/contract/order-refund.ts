import * as v from 'valibot';
import {moneySchema} from './money.ts';

/** What a buyer sees of money that goes back. */
export const orderRefundSchema = v.object({
  amount: moneySchema,
  state: v.picklist(['asked', 'under_way', 'done', 'needs_help']),
  at: v.string(),
});

export type OrderRefund = v.InferOutput<typeof orderRefundSchema>;
