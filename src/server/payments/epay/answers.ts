import * as v from 'valibot';
import type {PaymentInstructions} from '../../../contract/payment.ts';
import {isPayableLink} from '../../../domain/payable-link.ts';
import {money, MoneyError, type Money} from '../../../domain/money.ts';
import {plainDecimal} from '../../../upstreams/decimal-text.ts';
import {PaymentProviderError, type PaymentStatus} from '../port.ts';

/*
 * What a gateway answers, read leniently where gateways differ (numbers come as numbers or texts) and strictly where
 * money is. Numbers arrive here as the text they were written with.
 */

const optionalText = v.optional(v.nullable(v.string()));

const answerSchema = v.looseObject({code: v.string(), msg: optionalText});

const createdSchema = v.looseObject({
  trade_no: v.pipe(v.string(), v.minLength(1)),
  payurl: optionalText,
  qrcode: optionalText,
  urlscheme: optionalText,
  pay_type: optionalText,
  pay_info: optionalText,
});

const orderSchema = v.looseObject({
  trade_no: v.string(),
  out_trade_no: v.string(),
  money: v.string(),
  status: v.string(),
});

/** Whole or in part: the gateway does not say. */
const paidBack = '2';

/** The gateway's order has another state than these only after the money was there. */
const states: Readonly<Record<string, PaymentStatus['state']>> = {
  0: 'pending',
  1: 'paid',
  // Paid and given back before we heard of it: the buyer has the money.
  2: 'declined',
  // Frozen, or reserved only: nobody has the money for sure.
  3: 'pending',
  4: 'pending',
};

export interface Answer {
  /** 1 is success in version 1, 0 in version 2. */
  readonly code: string;
  readonly message: string;
  readonly body: unknown;
}

/** @throws {PaymentProviderError} when it is no answer of a gateway. */
export function readAnswer(body: unknown): Answer {
  const parsed = v.safeParse(answerSchema, body);
  if (!parsed.success) throw new PaymentProviderError('The gateway answered something that is no answer of epay.');
  return {code: parsed.output.code, message: parsed.output.msg ?? '', body};
}

/** How the buyer pays what was just opened. @throws {PaymentProviderError} when the answer names no way that can be shown. */
export function readCreated({body}: Answer): {tradeNumber: string; instructions: PaymentInstructions} {
  const parsed = v.safeParse(createdSchema, body);
  if (!parsed.success) throw new PaymentProviderError('The gateway opened a payment and did not name it.');
  const {trade_no: tradeNumber, payurl, qrcode, urlscheme, pay_type: kind, pay_info: info} = parsed.output;
  const address = payurl || (kind === 'jump' ? info : undefined);
  if (address) return {tradeNumber, instructions: {kind: 'redirect', url: webAddress(address)}};
  const text = qrcode || (kind === 'qrcode' ? info : undefined);
  const scheme = urlscheme || (kind === 'urlscheme' ? info : undefined);
  const link = scheme && isPayableLink(scheme) ? scheme : undefined;
  if (text) return {tradeNumber, instructions: {kind: 'qr', text, ...(link !== undefined && {link})}};
  if (link !== undefined) return {tradeNumber, instructions: {kind: 'redirect', url: link}};
  throw new PaymentProviderError('The gateway opened a payment that can be paid neither on a page nor by a QR code.');
}

/** @throws {PaymentProviderError} when it tells of another payment, or of amounts and states that are none. */
export function readOrder({body}: Answer, paymentId: string): PaymentStatus {
  const parsed = v.safeParse(orderSchema, body);
  if (!parsed.success) throw new PaymentProviderError('The gateway answered something that is no payment.');
  const {trade_no: tradeNumber, out_trade_no: ours, money: amount, status} = parsed.output;
  if (ours !== paymentId) throw new PaymentProviderError('The gateway answered with another payment.');
  const state = states[status];
  if (!state) throw new PaymentProviderError(`The gateway answered with the unknown status ${JSON.stringify(status)}.`);
  const paid = readAmount(amount);
  if (!paid) throw new PaymentProviderError(`The gateway answered with ${JSON.stringify(amount)}, which is no amount.`);
  return {state, providerReference: tradeNumber, amount: paid, ...(status === paidBack && {wentBack: true})};
}

/** Gateways reckon in floats: `1` is ¥1.00. The protocol knows no currency but this one. */
export function readAmount(text: string): Money | undefined {
  const decimal = plainDecimal(text);
  if (decimal === undefined) return undefined;
  try {
    return money(decimal, 'CNY');
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new PaymentProviderError('The gateway sent the buyer to something that is no web address.');
  return text;
}
