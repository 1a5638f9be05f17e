import * as v from 'valibot';
import {moneySchema} from './money.ts';
import {productSorts} from './product-sorts.ts';

export const stockLevelSchema = v.picklist(['in_stock', 'low', 'sold_out', 'unknown']);
export const deliveryKindSchema = v.picklist(['automatic', 'manual']);
export const contactKindSchema = v.picklist(['any', 'email', 'phone', 'qq']);
export const choicesSchema = v.record(v.string(), v.string());

export const categorySchema = v.object({
  id: v.string(),
  name: v.string(),
  parentId: v.exactOptional(v.string()),
  productCount: v.number(),
});

export const categoryListSchema = v.object({items: v.array(categorySchema)});

export const productSummarySchema = v.object({
  id: v.string(),
  title: v.string(),
  categoryId: v.string(),
  categoryName: v.string(),
  cover: v.exactOptional(v.string()),
  delivery: deliveryKindSchema,
  price: moneySchema,
  priceVaries: v.boolean(),
  stock: stockLevelSchema,
  checkedAt: v.exactOptional(v.string()),
  minimum: v.number(),
  skuId: v.exactOptional(v.string()),
  official: v.exactOptional(v.literal(true)),
});

export const facetsSchema = v.object({
  inStock: v.number(),
  delivery: v.object({automatic: v.number(), manual: v.number()}),
  official: v.exactOptional(v.number()),
  price: v.exactOptional(v.object({lowest: moneySchema, highest: moneySchema})),
});

export const productPageSchema = v.object({
  items: v.array(productSummarySchema),
  total: v.number(),
  nextCursor: v.exactOptional(v.string()),
  facets: v.exactOptional(facetsSchema),
});

export const formFieldSchema = v.object({
  name: v.string(),
  label: v.string(),
  type: v.picklist(['text', 'password', 'number', 'select', 'radio', 'checkbox', 'textarea']),
  placeholder: v.exactOptional(v.string()),
  required: v.boolean(),
  pattern: v.exactOptional(v.string()),
  error: v.exactOptional(v.string()),
  options: v.exactOptional(v.array(v.object({label: v.string(), value: v.string()}))),
});

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

const priceSchema = v.pipe(v.string(), v.regex(/^\d{1,15}(\.\d{1,4})?$/));

export const productQuerySchema = v.object({
  q: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  category: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  minPrice: v.exactOptional(priceSchema),
  maxPrice: v.exactOptional(priceSchema),
  inStock: v.exactOptional(v.literal(true)),
  delivery: v.exactOptional(deliveryKindSchema),
  official: v.exactOptional(v.literal(true)),
  sort: v.exactOptional(v.picklist(productSorts)),
  cursor: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  lang: v.exactOptional(v.pipe(v.string(), v.maxLength(35))),
});

export const cardQuerySchema = v.object({
  sku: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  cursor: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  lang: v.exactOptional(v.pipe(v.string(), v.maxLength(35))),
});

export type Category = v.InferOutput<typeof categorySchema>;
export type Product = v.InferOutput<typeof productSchema>;
export type Sku = v.InferOutput<typeof skuSchema>;
export type Card = v.InferOutput<typeof cardSchema>;
export type CardPage = v.InferOutput<typeof cardPageSchema>;
export type CardQuery = v.InferOutput<typeof cardQuerySchema>;
export type Badge = v.InferOutput<typeof badgeSchema>;
export type FormField = v.InferOutput<typeof formFieldSchema>;
export type ProductSummary = v.InferOutput<typeof productSummarySchema>;
export type Facets = v.InferOutput<typeof facetsSchema>;
export type ProductPage = v.InferOutput<typeof productPageSchema>;
export type ProductQuery = v.InferOutput<typeof productQuerySchema>;
