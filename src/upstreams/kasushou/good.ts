import * as v from 'valibot';
import {describeIssues} from '../answer-schemas.ts';
import {isPositive, money} from '../../domain/money.ts';
import type {FormField} from '../../domain/form-field.ts';
import type {Stock} from '../../domain/stock.ts';
import {parseExactJson} from '../exact-json.ts';
import {noticeFirst} from '../notice-first.ts';
import {resolvePicture} from '../picture-address.ts';
import type {Good} from '../port.ts';
import {
  choice,
  currency,
  field as fieldSchema,
  goodDetails,
  goodRow,
  type GoodDetails,
  type GoodRow,
} from './answers.ts';

export type GoodReading =
  | {readonly kind: 'good'; readonly good: Good}
  /** Paused, or forbidden to this account. */
  | {readonly kind: 'inactive'}
  | {readonly kind: 'rejected'; readonly reason: string};

export type RowReading = {readonly kind: 'row'; readonly row: GoodRow} | Exclude<GoodReading, {readonly kind: 'good'}>;

const onSale = 1;
const cards = 1;
const topUp = 2;

export interface ReadingContext {
  readonly origin: string;
  readonly categoryId: string;
  /** Epoch milliseconds, to date the stock. */
  readonly now: number;
}

/** Reads a good as a list has it: enough to know whether it can be sold at all. */
export function readRow(record: unknown): RowReading {
  const parsed = v.safeParse(goodRow, record);
  if (!parsed.success) return unreadable(parsed.issues);
  const row = parsed.output;
  if (row.status !== onSale) return {kind: 'inactive'};
  const reason = unsellable(row);
  return reason === undefined ? {kind: 'row', row} : {kind: 'rejected', reason};
}

/**
 * Reads a good in full. Texts stay as sent: nothing is decoded or stripped. Choices are unknown to the protocol: what a
 * shop would call the kinds of one good are goods of their own.
 */
export function readGood(record: unknown, context: ReadingContext): GoodReading {
  const parsed = v.safeParse(goodDetails, record);
  if (!parsed.success) return unreadable(parsed.issues);
  const details = parsed.output;
  if (details.status !== onSale) return {kind: 'inactive'};
  const reason = unsellable(details);
  if (reason !== undefined) return {kind: 'rejected', reason};
  const fields = readFields(details);
  return typeof fields === 'string' ? {kind: 'rejected', reason: fields} : build(details, fields, context);
}

/** Why a good cannot be sold, if so: a cost of nothing is a missing cost, and parcels need an address. */
function unsellable({goods_type: type, goods_price: price}: GoodRow): string | undefined {
  if (type !== cards && type !== topUp) return `It is of type ${type}, neither cards (1) nor a top-up (2).`;
  return isPositive(money(price, currency)) ? undefined : `It is priced at ${price}, which is no cost.`;
}

function unreadable(issues: readonly v.BaseIssue<unknown>[]): Extract<GoodReading, {kind: 'rejected'}> {
  return {kind: 'rejected', reason: `The record is unreadable: ${describeIssues(issues)}.`};
}

function build(
  details: GoodDetails,
  fields: readonly FormField[],
  {origin, categoryId, now}: ReadingContext,
): GoodReading {
  const cover = resolvePicture(details.goods_img, origin);
  const floor = money(details.can_price, currency);
  const [only, never] = [channelsIn(details.can_buy), channelsIn(details.can_no_buy)];
  const good: Good = {
    code: details.id,
    title: details.goods_name,
    categoryId,
    description: noticeFirst(details.goods_notice, details.goods_info),
    ...(cover !== undefined && {cover}),
    delivery: details.goods_type === topUp ? 'manual' : 'automatic',
    contact: 'any',
    minimum: Math.max(1, details.start_count),
    ...(details.end_count > 0 && {maximum: details.end_count}),
    fields,
    options: [],
    offers: [
      {
        choices: {},
        costs: [{from: 1, price: money(details.goods_price, currency)}],
        stock: stockOf(details, now),
        ...(isPositive(floor) && {resaleFloor: floor}),
      },
    ],
    ...((only.length > 0 || never.length > 0) && {
      resale: {...(only.length > 0 && {only}), ...(never.length > 0 && {never})},
    }),
    // The protocol hides whether a good is itself bought elsewhere.
    nested: false,
  };
  return {kind: 'good', good};
}

function channelsIn(text: string): readonly string[] {
  return text
    .split(/[,，、]/)
    .map(name => name.trim())
    .filter(name => name !== '');
}

function stockOf({stock_num: count}: GoodRow, at: number): Stock {
  return typeof count === 'number' && count >= 0 ? {kind: 'counted', count, at} : {kind: 'unknown'};
}

/** The fields of a good, or why they cannot be asked for. The platform does not say which may stay empty: none. */
function readFields({attach}: GoodDetails): readonly FormField[] | string {
  const fields: FormField[] = [];
  for (const record of attach) {
    const parsed = v.safeParse(fieldSchema, record);
    if (!parsed.success) return `A field of its form is unreadable: ${describeIssues(parsed.issues)}.`;
    const {key, name, tip} = parsed.output;
    const type = fieldTypes.find(known => known === parsed.output.type);
    // How the parts of a cascade are joined for the platform, nobody has written down.
    if (type === undefined) return `Its field ${key} is of an unknown type.`;
    const options = readOptions(parsed.output.options);
    if (options === undefined) return `The options of its field ${key} are unreadable.`;
    if (options.length === 0 && (type === 'select' || type === 'radio')) return `Its field ${key} has no options.`;
    fields.push({
      name: key,
      label: name || key,
      type,
      required: true,
      ...(tip !== '' && {placeholder: tip}),
      ...(options.length > 0 && {options}),
    });
  }
  return fields;
}

/** Options come as a list, or as one written into a text. */
function readOptions(value: unknown): NonNullable<FormField['options']> | undefined {
  if (value === undefined || value === null || value === '') return [];
  try {
    const parsed = v.safeParse(v.array(choice), typeof value === 'string' ? parseExactJson(value) : value);
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

const fieldTypes: readonly FormField['type'][] = ['text', 'password', 'select', 'radio', 'checkbox'];
