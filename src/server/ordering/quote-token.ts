import * as v from 'valibot';
import {moneySchema} from '../../contract/money.ts';
import type {KeyRing} from '../security/key-ring.ts';

/*
 * A quote travels to the page and back as a token that only this shop can make or read: sealed, not just signed, because
 * it holds what a line may cost us.
 */

const quotedLineSchema = v.object({
  skuId: v.string(),
  quantity: v.number(),
  unitPrice: moneySchema,
  costCeiling: moneySchema,
  discount: v.exactOptional(moneySchema),
  /** The card that was chosen, and what its seller showed of it. */
  card: v.exactOptional(v.object({id: v.string(), label: v.string()})),
});

const agreedQuoteSchema = v.object({
  intent: v.string(),
  expiresAt: v.number(),
  /** What is left to pay when the coupon is taken off. */
  total: moneySchema,
  coupon: v.exactOptional(v.object({code: v.string(), saves: moneySchema})),
  lines: v.array(quotedLineSchema),
});

export type QuotedLine = v.InferOutput<typeof quotedLineSchema>;
export type AgreedQuote = v.InferOutput<typeof agreedQuoteSchema>;

const context = 'quote 1';

export async function sealQuote(keys: KeyRing, quote: AgreedQuote): Promise<string> {
  const {keyId, sealed} = await keys.seal('quote', JSON.stringify(quote), context);
  return `${keyId}.${sealed}`;
}

/** Answers nothing when the token was not made by this shop. It may have expired all the same. */
export async function openQuote(keys: KeyRing, token: string): Promise<AgreedQuote | undefined> {
  const [keyId = '', sealed = '', ...rest] = token.split('.');
  const text = rest.length === 0 ? await keys.open('quote', keyId, sealed, context) : undefined;
  return text === undefined ? undefined : v.parse(agreedQuoteSchema, JSON.parse(text));
}
