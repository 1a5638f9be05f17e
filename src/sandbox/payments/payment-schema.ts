import * as v from 'valibot';
import {isPositive, money, MoneyError, type Money} from '../../domain/money.ts';
import {givenBack, type Payment, type PaymentRefund, type PaymentRequest} from './payment.ts';

const webAddress = v.pipe(v.string(), v.maxLength(2048), v.url(), v.regex(/^https?:\/\//i));

/** What a shop posts to open a payment. */
export const paymentRequestSchema = v.pipe(
  v.strictObject({
    reference: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    amount: v.strictObject({currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), amount: v.string()}),
    description: v.pipe(v.string(), v.maxLength(200)),
    method: v.picklist(['redirect', 'qr', 'element']),
    returnUrl: webAddress,
    notifyUrl: webAddress,
    expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  }),
  v.rawTransform<
    {readonly amount: {readonly currency: string; readonly amount: string}; readonly expiresAt: string} & Omit<
      PaymentRequest,
      'amount' | 'expiresAt'
    >,
    PaymentRequest
  >(({dataset, addIssue, NEVER}) => {
    try {
      const amount = money(dataset.value.amount.amount, dataset.value.amount.currency);
      if (isPositive(amount)) return {...dataset.value, amount, expiresAt: Date.parse(dataset.value.expiresAt)};
      addIssue({message: `The amount must be more than nothing, got ${amount.amount}.`});
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      addIssue({message: error.message});
    }
    return NEVER;
  }),
);

/** What a shop posts to give money back. */
export const refundRequestSchema = v.pipe(
  v.strictObject({
    reference: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    amount: v.strictObject({currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), amount: v.string()}),
  }),
  v.rawTransform<
    {readonly reference: string; readonly amount: {readonly currency: string; readonly amount: string}},
    {readonly reference: string; readonly amount: Money}
  >(({dataset: {value}, addIssue, NEVER}) => {
    try {
      const amount = money(value.amount.amount, value.amount.currency);
      if (isPositive(amount)) return {reference: value.reference, amount};
      addIssue({message: `The amount must be more than nothing, got ${amount.amount}.`});
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      addIssue({message: error.message});
    }
    return NEVER;
  }),
);

/** A refund as the interface shows it. */
export function refundView({id, reference, status, amount}: PaymentRefund): unknown {
  return {id, reference, status, amount};
}

/** Of which time payments are listed, and after which of them a page begins. */
export const paymentTimeSchema = v.object({
  from: v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse)),
  until: v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse)),
  after: v.optional(v.string()),
});

/** A payment as a list shows it. */
export function listedView(payment: Payment): object {
  return {...paymentView(payment), refunded: givenBack(payment)};
}

/** A payment as the interface shows it. */
export function paymentView(payment: Payment): object {
  const {id, reference, status, amount, payUrl, expiresAt, paidAt} = payment;
  return {
    id,
    reference,
    status,
    amount,
    payUrl,
    expiresAt: new Date(expiresAt).toISOString(),
    ...(paidAt === undefined ? {} : {paidAt: new Date(paidAt).toISOString()}),
  };
}
