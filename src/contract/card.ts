import * as v from 'valibot';
import {moneySchema} from './money.ts';
import {choicesSchema} from './product.ts';

/** A card that a buyer may choose. */
export const cardSchema = v.object({
  skuId: v.string(),
  label: v.string(),
  choices: choicesSchema,
  price: moneySchema,
  premium: moneySchema,
});

export const cardPageSchema = v.object({
  items: v.array(cardSchema),
  total: v.number(),
  nextCursor: v.exactOptional(v.string()),
});

export const cardQuerySchema = v.object({
  sku: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  cursor: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  lang: v.exactOptional(v.pipe(v.string(), v.maxLength(35))),
});

export type Card = v.InferOutput<typeof cardSchema>;
export type CardPage = v.InferOutput<typeof cardPageSchema>;
export type CardQuery = v.InferOutput<typeof cardQuerySchema>;
