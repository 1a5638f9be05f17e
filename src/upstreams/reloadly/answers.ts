import * as v from 'valibot';
import {amount, id, optionalText, whole} from '../answer-schemas.ts';

/*
 * The answers of the protocol, read from exact JSON: every number is a text here, so that a card number of 16 digits and an
 * amount of five decimals are what was written. Unknown names are ignored.
 */

const optionalAmount = v.nullish(amount);
const currencyCode = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'a currency code'));

export const token = v.object({
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/, 'a token')),
  expires_in: whole,
});

/** What every refusal has; `errorCode` is often `null`, and `error` stands in answers for paths that do not exist. */
export const refusal = v.object({message: v.string(), errorCode: optionalText});

/** A list, which the specification has bare and the running service in pages. */
export const list = v.union([
  v.pipe(
    v.array(v.unknown()),
    v.transform(content => ({content, last: true})),
  ),
  v.object({content: v.array(v.unknown()), last: v.nullish(v.boolean(), false)}),
]);

export const balance = v.object({balance: amount, currencyCode});

export const productName = v.object({productId: id});
export const product = v.object({
  productId: id,
  productName: optionalText,
  denominationType: v.picklist(['FIXED', 'RANGE']),
  senderFee: optionalAmount,
  senderFeePercentage: optionalAmount,
  discountPercentage: optionalAmount,
  senderCurrencyCode: currencyCode,
  recipientCurrencyCode: currencyCode,
  minRecipientDenomination: optionalAmount,
  maxRecipientDenomination: optionalAmount,
  /** Spelt so in one place of the specification. */
  maxrecipientDenomination: optionalAmount,
  minSenderDenomination: optionalAmount,
  maxSenderDenomination: optionalAmount,
  fixedRecipientDenominations: v.nullish(v.array(amount), []),
  fixedSenderDenominations: v.nullish(v.array(amount), []),
  fixedRecipientToSenderDenominationsMap: v.pipe(
    v.nullish(v.union([v.array(v.record(v.string(), amount)), v.record(v.string(), amount)]), []),
    v.transform((map): Readonly<Record<string, string>> => (Array.isArray(map) ? Object.assign({}, ...map) : map)),
  ),
  logoUrls: v.nullish(v.array(v.unknown()), []),
  brand: v.nullish(v.object({brandId: id, brandName: optionalText})),
  country: v.nullish(v.object({name: optionalText})),
  redeemInstruction: v.nullish(v.object({concise: optionalText, verbose: optionalText})),
  additionalRequirements: v.nullish(v.record(v.string(), v.unknown()), {}),
});
export type ProductRecord = v.InferOutput<typeof product>;

export const order = v.object({
  transactionId: id,
  amount,
  currencyCode,
  status: v.string(),
  customIdentifier: optionalText,
  product: v.object({quantity: whole}),
});
export type OrderRecord = v.InferOutput<typeof order>;
export const orderName = v.object({customIdentifier: v.string()});
/** One order, which the specification shows in a list of its own. */
export const oneOrder = v.union([
  order,
  v.pipe(
    v.tuple([order]),
    v.transform(([only]) => only),
  ),
]);

const card = v.object({cardNumber: optionalText, pinCode: optionalText, redemptionUrl: optionalText});
export type CardRecord = v.InferOutput<typeof card>;
/** The specification has one object here, the running service a list. */
export const cards = v.union([
  v.array(card),
  v.pipe(
    card,
    v.transform(only => [only]),
  ),
]);
