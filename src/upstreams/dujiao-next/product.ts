import * as v from 'valibot';
import {isPositive, money, type Money} from '../../domain/money.ts';
import type {FormField} from '../../domain/form-field.ts';
import type {Stock} from '../../domain/stock.ts';
import {resolvePicture} from '../picture-address.ts';
import type {Good, UpstreamOffer} from '../port.ts';
import {describeIssues} from '../answer-schemas.ts';
import {formField, product, type ProductRecord, type SkuRecord} from './answers.ts';
import {nameSkus} from '../sku-names.ts';
import {specsOf} from './sku-specs.ts';

/** A good that could be read, or the reason why not. `warnings` are single SKUs that had to be left out. */
export type ProductReading =
  | {readonly kind: 'good'; readonly good: Good; readonly warnings: readonly string[]}
  /** The shop does not sell it any more. */
  | {readonly kind: 'inactive'; readonly code: string}
  | {readonly kind: 'rejected'; readonly reason: string};

export interface ReadingContext {
  readonly origin: string;
  readonly currency: string;
  /** Epoch milliseconds, to date the stock. */
  readonly now: number;
}

/** Reads one product. Titles and descriptions stay as sent: nothing is decoded or stripped. */
export function readProduct(record: unknown, context: ReadingContext): ProductReading {
  const parsed = v.safeParse(product, record);
  if (!parsed.success) return {kind: 'rejected', reason: `The record is unreadable: ${describeIssues(parsed.issues)}.`};
  const {output} = parsed;
  if (!output.is_active) return {kind: 'inactive', code: output.id};
  if (output.title === '') return {kind: 'rejected', reason: 'The product has no title.'};
  const fields = readFields(output);
  if (typeof fields === 'string') return {kind: 'rejected', reason: fields};
  return build(output, fields, context);
}

function build(record: ProductRecord, fields: readonly FormField[], context: ReadingContext): ProductReading {
  const warnings: string[] = [];
  const active = record.skus.filter(({is_active}) => is_active);
  const priced = active.filter(sku => {
    const isPriced = isPositive(priceOf(sku, context.currency));
    if (!isPriced) warnings.push(`SKU ${sku.id} is priced at ${sku.price_amount}, which is no cost.`);
    return isPriced;
  });
  if (priced.length === 0)
    return {kind: 'rejected', reason: warnings[0] ?? 'The product has no SKU that can be bought.'};
  const {options, choices} = nameSkus(priced.map(sku => ({id: sku.id, code: sku.sku_code, specs: specsOf(sku)})));
  const cover = record.images.find(image => typeof image === 'string');
  const address = cover === undefined ? undefined : resolvePicture(cover, context.origin);
  const good: Good = {
    code: record.id,
    title: record.title,
    categoryId: record.category_id,
    description: record.content || record.description,
    ...(address !== undefined && {cover: address}),
    delivery: record.fulfillment_type === 'manual' ? 'manual' : 'automatic',
    contact: 'any',
    minimum: 1,
    tags: record.tags.filter((tag): tag is string => typeof tag === 'string' && tag !== ''),
    fields,
    options,
    offers: priced.map((sku, index) => offerOf(sku, choices[index]!, context)),
    // The protocol hides whether a good is itself bought elsewhere.
    nested: false,
  };
  return {kind: 'good', good, warnings};
}

function offerOf(sku: SkuRecord, choices: UpstreamOffer['choices'], {currency, now}: ReadingContext): UpstreamOffer {
  return {sku: sku.id, choices, costs: [{from: 1, price: priceOf(sku, currency)}], stock: stockOf(sku, now)};
}

function priceOf({price_amount}: SkuRecord, currency: string): Money {
  return money(price_amount, currency);
}

function stockOf({stock_status, stock_quantity}: SkuRecord, at: number): Stock {
  if (stock_status === 'unlimited' || stock_quantity === -1) return {kind: 'unlimited', at};
  if (stock_status === 'out_of_stock') return {kind: 'counted', count: 0, at};
  return typeof stock_quantity === 'number'
    ? {kind: 'counted', count: Math.max(0, stock_quantity), at}
    : {kind: 'unknown'};
}

/** The fields of a good, or why they cannot be asked for. */
function readFields({manual_form_schema}: ProductRecord): readonly FormField[] | string {
  const fields: FormField[] = [];
  for (const record of manual_form_schema.fields ?? []) {
    const parsed = v.safeParse(formField, record);
    if (!parsed.success) return `A field of its form is unreadable: ${describeIssues(parsed.issues)}.`;
    const {key, type, required, label, placeholder, regex, options} = parsed.output;
    fields.push({
      name: key,
      label: label || key,
      type: fieldTypes.find(known => known === type) ?? 'text',
      required,
      ...(placeholder !== '' && {placeholder}),
      ...(regex !== '' && {pattern: regex}),
      ...(options.length > 0 && {
        options: options.map(option =>
          typeof option === 'string'
            ? {label: option, value: option}
            : {label: option.label || option.value, value: option.value},
        ),
      }),
    });
  }
  return fields;
}

const fieldTypes: readonly FormField['type'][] = [
  'text',
  'password',
  'number',
  'select',
  'radio',
  'checkbox',
  'textarea',
];
