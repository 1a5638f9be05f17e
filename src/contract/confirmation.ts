import * as v from 'valibot';
import {moneySchema} from './money.ts';
import {orderStateSchema} from './order.ts';
import {paymentStateSchema} from './payment.ts';

export const maximumConfirmationNote = 2000;

/** That a person saw money come in. */
export const confirmationSchema = v.object({
  amount: moneySchema,
  by: v.string(),
  note: v.exactOptional(v.string()),
  at: v.string(),
});

/** A payment as the people who run the shop see it. */
export const consolePaymentSchema = v.object({
  id: v.string(),
  orderId: v.string(),
  orderNumber: v.string(),
  orderState: orderStateSchema,
  provider: v.string(),
  method: v.string(),
  state: paymentStateSchema,
  amount: moneySchema,
  reference: v.exactOptional(v.string()),
  received: v.exactOptional(moneySchema),
  surplus: v.exactOptional(v.boolean()),
  createdAt: v.string(),
  expiresAt: v.string(),
  paidAt: v.exactOptional(v.string()),
  confirmations: v.array(confirmationSchema),
});

export const consolePaymentListSchema = v.object({items: v.array(consolePaymentSchema)});

export const paymentQuerySchema = v.object({reference: v.pipe(v.string(), v.minLength(1), v.maxLength(200))});

export const confirmationRequestSchema = v.object({
  currency: moneySchema.entries.currency,
  amount: v.pipe(v.string(), v.regex(/^\d{1,15}(\.\d{1,4})?$/)),
  note: v.exactOptional(v.pipe(v.string(), v.maxLength(maximumConfirmationNote))),
});

export type ConsolePayment = v.InferOutput<typeof consolePaymentSchema>;
export type ConsolePaymentList = v.InferOutput<typeof consolePaymentListSchema>;
export type ConfirmationRequest = v.InferOutput<typeof confirmationRequestSchema>;
