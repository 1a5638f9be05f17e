import * as v from 'valibot';
import {moneySchema} from './money.ts';

export const paymentInstructionsSchema = v.variant('kind', [
  v.object({kind: v.literal('redirect'), url: v.string()}),
  v.object({kind: v.literal('qr'), text: v.string(), link: v.exactOptional(v.string())}),
  v.object({
    kind: v.literal('element'),
    element: v.string(),
    clientSecret: v.string(),
    returnUrl: v.exactOptional(v.string()),
    settings: v.record(v.string(), v.string()),
  }),
  v.object({
    kind: v.literal('transfer'),
    payee: v.string(),
    bank: v.string(),
    account: v.string(),
    reference: v.string(),
    note: v.exactOptional(v.string()),
  }),
  v.object({kind: v.literal('none')}),
]);

export const paymentStateSchema = v.picklist(['opening', 'pending', 'paid', 'declined', 'expired']);

export const paymentSchema = v.object({
  id: v.string(),
  method: v.string(),
  state: paymentStateSchema,
  amount: moneySchema,
  expiresAt: v.string(),
  instructions: v.exactOptional(paymentInstructionsSchema),
});

export const paymentRequestSchema = v.object({
  method: v.pipe(v.string(), v.maxLength(64)),
  returnUrl: v.exactOptional(v.pipe(v.string(), v.url(), v.maxLength(2048))),
});

export const returnRequestSchema = v.object({code: v.pipe(v.string(), v.minLength(1), v.maxLength(256))});

export type Payment = v.InferOutput<typeof paymentSchema>;
export type PaymentInstructions = v.InferOutput<typeof paymentInstructionsSchema>;
export type ReturnRequest = v.InferOutput<typeof returnRequestSchema>;
export type PaymentRequest = v.InferOutput<typeof paymentRequestSchema>;
