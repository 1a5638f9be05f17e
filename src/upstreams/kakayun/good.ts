import * as v from 'valibot';
import {isPositive, money} from '../../domain/money.ts';
import type {FormField} from '../../domain/form-field.ts';
import type {Stock} from '../../domain/stock.ts';
import {describeIssues} from '../answer-schemas.ts';
import {resolvePicture} from '../picture-address.ts';
import type {Good} from '../port.ts';
import {currency, field, type GoodRecord} from './answers.ts';
import {fieldName} from './field-name.ts';

/** A good that could be read, or the reason why not. */
export type GoodReading =
  | {readonly kind: 'good'; readonly good: Good}
  /** The platform does not sell it now. */
  | {readonly kind: 'inactive'}
  | {readonly kind: 'rejected'; readonly reason: string};

export interface ReadingContext {
  readonly origin: string;
  /** Epoch milliseconds, to date the stock. */
  readonly now: number;
}

const topUp = 1;

/** A record of a version's own form, or why it is none. */
export function readRecord(
  record: unknown,
  schema: v.GenericSchema<unknown, GoodRecord>,
): GoodRecord | {readonly kind: 'rejected'; readonly reason: string} {
  const parsed = v.safeParse(schema, record);
  return parsed.success
    ? parsed.output
    : {kind: 'rejected', reason: `The record is unreadable: ${describeIssues(parsed.issues)}.`};
}

/** Lists may leave out the fields of a top-up, without which it cannot be bought. */
export function lacksFields({goodstype, goodsstatus, attach}: GoodRecord): boolean {
  return goodsstatus && goodstype === topUp && attach === undefined;
}

/** Reads one good. Titles and descriptions stay as sent: nothing is decoded or stripped. */
export function readGood(record: GoodRecord, {origin, now}: ReadingContext): GoodReading {
  if (!record.goodsstatus) return {kind: 'inactive'};
  const price = money(record.goodsprice, currency);
  if (!isPositive(price)) return {kind: 'rejected', reason: `It is priced at ${price.amount}, which is no cost.`};
  const isTopUp = record.goodstype === topUp;
  const fields = isTopUp ? readFields(record.attach ?? []) : [];
  if (typeof fields === 'string') return {kind: 'rejected', reason: fields};
  const cover = resolvePicture(record.imgurl, origin);
  const {minbuy, maxbuy} = record;
  const good: Good = {
    code: record.goodsid,
    title: record.goodsname,
    categoryId: record.groupid,
    description: record.details,
    ...(cover !== undefined && {cover}),
    delivery: isTopUp ? 'manual' : 'automatic',
    contact: 'any',
    minimum: Math.max(1, minbuy ?? 1),
    ...(typeof maxbuy === 'number' && maxbuy > 0 && {maximum: maxbuy}),
    fields,
    options: [],
    offers: [{choices: {}, costs: [{from: 1, price}], stock: stockOf(record, now)}],
    // The protocol hides whether a good is itself bought elsewhere.
    nested: false,
  };
  return {kind: 'good', good};
}

export function stockOf({stock}: Pick<GoodRecord, 'stock'>, at: number): Stock {
  return typeof stock === 'number' ? {kind: 'counted', count: Math.max(0, stock), at} : {kind: 'unknown'};
}

/** The fields of a top-up, or why they cannot be asked for. All of them have to be filled in. */
function readFields(records: readonly unknown[]): readonly FormField[] | string {
  const fields: FormField[] = [];
  for (const record of records) {
    const parsed = v.safeParse(field, record);
    if (!parsed.success) return `A field of its form is unreadable: ${describeIssues(parsed.issues)}.`;
    const {title, tip, verification} = parsed.output;
    const pattern = patterns[verification];
    fields.push({
      name: fieldName(fields.length + 1, title),
      label: title,
      type: 'text',
      required: true,
      ...(tip !== '' && {placeholder: tip}),
      ...(pattern !== undefined && {pattern}),
    });
  }
  if (new Set(fields.map(({label}) => label)).size < fields.length)
    return 'Two fields of its form have the same title.';
  return fields;
}

/** What an account has to look like, by `verification`; the others (6 to 27) are the platform's to check. */
const patterns: Readonly<Record<string, string>> = {
  1: '1\\d{10}',
  2: '[1-9]\\d{4,11}',
  3: '[^@\\s]+@[^@\\s]+',
  4: 'https?://\\S+',
  5: '\\d+',
};
