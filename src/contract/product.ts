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

export type Category = v.InferOutput<typeof categorySchema>;
export type FormField = v.InferOutput<typeof formFieldSchema>;
export type ProductSummary = v.InferOutput<typeof productSummarySchema>;
export type Facets = v.InferOutput<typeof facetsSchema>;
export type ProductPage = v.InferOutput<typeof productPageSchema>;
export type ProductQuery = v.InferOutput<typeof productQuerySchema>;
