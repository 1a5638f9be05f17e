import * as v from 'valibot';
import {describeIssues} from '../answer-schemas.ts';
import {isPositive, money, multiply, type Money} from '../../domain/money.ts';
import type {Stock} from '../../domain/stock.ts';
import {noticeFirst} from '../notice-first.ts';
import {resolvePicture} from '../picture-address.ts';
import type {Good, UpstreamOffer} from '../port.ts';
import {nameSkus, onlyGroup, type NamedSku} from '../sku-names.ts';
import {currency, goodDetails, goodRow, multiSku, specGroups, type GoodDetails, type GoodRow} from './answers.ts';
import {readForm} from './form.ts';

/** A good as it can be offered, and how many of its units one piece is. */
export interface OfferedGood {
  readonly good: Good;
  readonly multiple: number;
}

export type GoodReading =
  /** `warnings` are single SKUs that had to be left out. */
  | ({readonly kind: 'good'; readonly warnings: readonly string[]} & OfferedGood)
  /** Paused, or forbidden to this account. */
  | {readonly kind: 'inactive'}
  | {readonly kind: 'rejected'; readonly reason: string};

export type RowReading = {readonly kind: 'row'; readonly row: GoodRow} | Exclude<GoodReading, {readonly kind: 'good'}>;

const onSale = 1;
const cards = 1;
const topUp = 3;

export interface ReadingContext {
  readonly origin: string;
  /** Epoch milliseconds, to date the stock. */
  readonly now: number;
  readonly categoryOf: (dirIds: unknown) => string;
}

/** Reads a good as a list has it: enough to know whether it can be sold at all. */
export function readRow(record: unknown): RowReading {
  const parsed = v.safeParse(goodRow, record);
  if (!parsed.success) return unreadable(parsed.issues);
  const row = parsed.output;
  if (row.status !== onSale) return {kind: 'inactive'};
  return row.goodsType === cards || row.goodsType === topUp
    ? {kind: 'row', row}
    : {kind: 'rejected', reason: `It is of type ${row.goodsType}, neither cards (1) nor a top-up (3).`};
}

/** Reads a good in full. Texts stay as sent: nothing is decoded or stripped. */
export function readGood(record: unknown, context: ReadingContext): GoodReading {
  const row = readRow(record);
  if (row.kind !== 'row') return row;
  const parsed = v.safeParse(goodDetails, record);
  if (!parsed.success) return unreadable(parsed.issues);
  const details = parsed.output;
  const fields = readForm(details.rechargeTemplates);
  if (typeof fields === 'string') return {kind: 'rejected', reason: fields};
  const skus = readSkus(details);
  if (typeof skus === 'string') return {kind: 'rejected', reason: skus};
  const warnings: string[] = [];
  const priced = skus.filter(({code, price}) => {
    const isPriced = isPositive(price);
    if (!isPriced) warnings.push(`SKU ${code || 'without a code'} is priced at ${price.amount}, which is no cost.`);
    return isPriced;
  });
  if (priced.length === 0) return {kind: 'rejected', reason: warnings[0] ?? 'It has no SKU that can be bought.'};
  const multiple = Math.max(1, details.multiple);
  // A shop of one's own is none of the marketplaces.
  const ownShop = details.channel.find(({type}) => type === otherChannel);
  const floor = money(ownShop?.limitPrice ?? '0', currency);
  const {options, choices} = nameSkus(priced);
  const cover = resolvePicture(details.imgUrl, context.origin);
  const good: Good = {
    code: details.goodsId,
    title: details.name,
    categoryId: context.categoryOf(details.dirIds),
    description: noticeFirst(details.buyNotice, details.goodsDetail || details.goodsDescribe),
    ...(cover !== undefined && {cover}),
    delivery: details.goodsType === topUp ? 'manual' : 'automatic',
    contact: 'any',
    minimum: Math.max(1, details.minQuantity),
    ...(details.maxQuantity > 0 && {maximum: details.maxQuantity}),
    tags: details.goodsTags.filter((tag): tag is string => typeof tag === 'string' && tag !== ''),
    fields,
    options,
    offers: priced.map((sku, index) => offerOf(sku, choices[index]!, multiple, floor, context.now)),
    // The protocol hides whether a good is itself bought elsewhere.
    nested: false,
  };
  return {kind: 'good', good, multiple, warnings};
}

const otherChannel = 0;

function unreadable(issues: readonly v.BaseIssue<unknown>[]): Extract<GoodReading, {kind: 'rejected'}> {
  return {kind: 'rejected', reason: `The record is unreadable: ${describeIssues(issues)}.`};
}

interface Sku extends NamedSku {
  readonly price: Money;
  readonly count: number | null | undefined;
}

/** What is charged for a piece, and how many pieces there are, in units of which a piece may be several. */
function offerOf(
  {code, price, count}: Sku,
  choices: UpstreamOffer['choices'],
  multiple: number,
  floor: Money,
  at: number,
): UpstreamOffer {
  const stock: Stock =
    typeof count === 'number' && count >= 0
      ? {kind: 'counted', count: Math.floor(count / multiple), at}
      : {kind: 'unknown'};
  return {
    ...(code !== '' && {sku: code}),
    choices,
    costs: [{from: 1, price: multiply(price, multiple)}],
    stock,
    ...(isPositive(floor) && {resaleFloor: multiply(floor, multiple)}),
  };
}

/** What can be bought, or why nothing can. */
function readSkus(details: GoodDetails): readonly Sku[] | string {
  switch (details.skuType) {
    case 0:
      return [{id: '', code: '', specs: {}, price: money(details.salesPrice, currency), count: details.stockCount}];
    case 1: {
      const parsed = v.safeParse(multiSku, details.goodsSku);
      if (!parsed.success) return `Its SKUs are unreadable: ${describeIssues(parsed.issues)}.`;
      return parsed.output.details
        .filter(({status}) => status === onSale)
        .map(({names, ...sku}) => skuOf(sku, Object.fromEntries(names.map(({title, value}) => [title, value]))));
    }
    case 2: {
      const parsed = v.safeParse(specGroups, details.goodsSpec);
      if (!parsed.success) return `Its SKUs are unreadable: ${describeIssues(parsed.issues)}.`;
      // One is chosen out of all of them: groups only order the shelf.
      const [first, ...others] = parsed.output;
      const title = others.length === 0 ? first?.name || onlyGroup : onlyGroup;
      return parsed.output.flatMap(({name, items}) =>
        items
          .filter(({status}) => status === onSale)
          .map(item => skuOf(item, {[title]: others.length > 0 && name !== '' ? `${name} ${item.title}` : item.title})),
      );
    }
    default:
      return `Its skuType is ${details.skuType}, which is unknown.`;
  }
}

function skuOf(
  {sku, money: price, count}: {sku: string; money: string; count?: number | null | undefined},
  specs: Readonly<Record<string, string>>,
): Sku {
  return {id: sku, code: sku, specs, price: money(price, currency), count};
}
