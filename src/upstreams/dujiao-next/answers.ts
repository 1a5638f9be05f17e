import * as v from 'valibot';
import {amount, id, optionalText, whole} from '../answer-schemas.ts';

/*
 * The answers of the protocol, read from exact JSON: every number is a text here. Unknown names are ignored.
 */

const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'a currency code'));

/** A text per language. Older shops and other fields have it as one text, or as nothing. */
const localised = v.pipe(
  v.nullish(v.union([v.string(), v.record(v.string(), v.unknown())]), ''),
  v.transform(value => (typeof value === 'string' ? value : inOurLanguage(value))),
);

export function inOurLanguage(texts: Readonly<Record<string, unknown>>): string {
  const wanted = [...languages.map(language => texts[language]), ...Object.values(texts)];
  return wanted.find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? '';
}

const languages = ['zh-CN', 'zh', 'zh-TW', 'en-US', 'en'];

export const refusal = v.object({error_code: optionalText, error_message: optionalText});
export const envelope = v.object({ok: v.boolean()});

export const ping = v.object({site_name: optionalText, balance: amount, currency});

export const categories = v.object({
  categories: v.array(v.object({id, parent_id: v.nullish(v.string(), '0'), name: localised})),
});

export const productPage = v.object({
  items: v.array(v.unknown()),
  total: whole,
  page: whole,
  page_size: whole,
  includes_inactive: v.nullish(v.boolean(), false),
});
export const singleProduct = v.object({product: v.unknown()});
export const productName = v.object({id});

export const product = v.object({
  id,
  title: localised,
  description: localised,
  content: localised,
  images: v.nullish(v.array(v.unknown()), []),
  tags: v.nullish(v.array(v.unknown()), []),
  fulfillment_type: v.nullish(v.picklist(['auto', 'manual']), 'auto'),
  manual_form_schema: v.nullish(v.object({fields: v.nullish(v.array(v.unknown()), [])}), {fields: []}),
  is_active: v.nullish(v.boolean(), true),
  category_id: v.nullish(v.string(), '0'),
  skus: v.array(
    v.object({
      id,
      sku_code: optionalText,
      spec_values: v.nullish(v.record(v.string(), v.unknown()), {}),
      price_amount: amount,
      stock_status: optionalText,
      stock_quantity: v.nullish(whole),
      is_active: v.nullish(v.boolean(), true),
    }),
  ),
});
export type ProductRecord = v.InferOutput<typeof product>;
export type SkuRecord = ProductRecord['skus'][number];

export const formField = v.object({
  key: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  type: v.nullish(v.string(), 'text'),
  required: v.nullish(v.boolean(), false),
  label: localised,
  placeholder: localised,
  regex: optionalText,
  options: v.nullish(v.array(v.union([v.string(), v.object({label: localised, value: v.string()})])), []),
});

export const placedOrder = v.object({order_id: id, status: v.string(), amount, currency});

export const order = v.object({
  order_id: id,
  status: v.string(),
  amount,
  refunded_amount: v.nullish(amount, '0'),
  currency,
  fulfillment: v.nullish(v.object({payload: optionalText, delivery_data: v.nullish(v.unknown())})),
});
export type OrderRecord = v.InferOutput<typeof order>;

export const callback = v.object({
  event: v.string(),
  order_id: id,
  downstream_order_no: optionalText,
  status: v.string(),
  timestamp: whole,
});
