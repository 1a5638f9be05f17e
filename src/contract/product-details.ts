import * as v from 'valibot';
import {moneySchema} from './money.ts';
import {choicesSchema, contactKindSchema, deliveryKindSchema, formFieldSchema, stockLevelSchema} from './product.ts';

export const spanSchema = v.object({
  text: v.string(),
  strong: v.exactOptional(v.literal(true)),
  href: v.exactOptional(v.pipe(v.string(), v.regex(/^https:\/\//))),
});

export const richTextSchema = v.array(
  v.variant('kind', [
    v.object({kind: v.picklist(['paragraph', 'heading']), spans: v.array(spanSchema)}),
    v.object({kind: v.literal('list'), ordered: v.boolean(), items: v.array(v.array(spanSchema))}),
  ]),
);

/**
 * What is said of a good in a word, and on whose evidence. `platform`: its platform says so, nobody has checked;
 * `document`: the shop has seen a paper that says so, and `statement` names it.
 */
export const badgeSchema = v.object({
  text: v.string(),
  evidence: v.picklist(['platform', 'document']),
  statement: v.exactOptional(v.string()),
  url: v.exactOptional(v.pipe(v.string(), v.regex(/^https:\/\//))),
  validUntil: v.exactOptional(v.string()),
});

export const skuSchema = v.object({
  id: v.string(),
  choices: choicesSchema,
  prices: v.array(v.object({from: v.number(), price: moneySchema})),
  stock: stockLevelSchema,
  checkedAt: v.exactOptional(v.string()),
});

export const productSchema = v.object({
  id: v.string(),
  title: v.string(),
  categoryId: v.string(),
  categoryName: v.string(),
  description: richTextSchema,
  notice: v.exactOptional(richTextSchema),
  cover: v.exactOptional(v.string()),
  pictures: v.array(v.string()),
  badges: v.array(badgeSchema),
  delivery: deliveryKindSchema,
  contact: contactKindSchema,
  minimum: v.number(),
  maximum: v.exactOptional(v.number()),
  fields: v.array(formFieldSchema),
  options: v.array(v.object({name: v.string(), values: v.array(v.string())})),
  skus: v.array(skuSchema),
  cards: v.exactOptional(v.literal(true)),
});

export type Product = v.InferOutput<typeof productSchema>;
export type Sku = v.InferOutput<typeof skuSchema>;
export type Badge = v.InferOutput<typeof badgeSchema>;
