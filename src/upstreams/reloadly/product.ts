import * as v from 'valibot';
import {
  add,
  compare,
  divide,
  isPositive,
  money,
  MoneyError,
  multiply,
  percentOf,
  subtract,
  type Money,
} from '../../domain/money.ts';
import {describeIssues} from '../answer-schemas.ts';
import {resolvePicture} from '../picture-address.ts';
import type {Good, UpstreamOffer} from '../port.ts';
import {product, type ProductRecord} from './answers.ts';

export type ProductReading =
  | {readonly kind: 'good'; readonly good: Good; readonly brand: {readonly id: string; readonly name: string}}
  | {readonly kind: 'rejected'; readonly reason: string};

export interface ReadingContext {
  readonly origin: string;
  /** The account's. */
  readonly currency: string;
  /** Epoch milliseconds, to date the stock. */
  readonly now: number;
}

/** What buyers choose along. */
const onlyGroup = '面值';
const otherBrands = {id: '0', name: 'Other'};

/** Worths that are offered of a card that may have any worth within a range. */
const roundWorths = ['5', '10', '15', '20', '25', '30', '50', '75', '100', '150', '200', '250', '300', '500', '1000'];

/**
 * Reads one product; each worth of its card is an offer. The protocol has no stock: cards are made out when they are
 * ordered, so what is in the catalogue counts as there, and an order may be refused all the same.
 */
export function readProduct(record: unknown, {origin, currency, now}: ReadingContext): ProductReading {
  const parsed = v.safeParse(product, record);
  if (!parsed.success) return {kind: 'rejected', reason: `The record is unreadable: ${describeIssues(parsed.issues)}.`};
  const {output} = parsed;
  if (output.productName === '') return {kind: 'rejected', reason: 'The product has no name.'};
  if (output.senderCurrencyCode !== currency) {
    const reason = `It is charged in ${output.senderCurrencyCode}, and the account is said to be kept in ${currency}.`;
    return {kind: 'rejected', reason};
  }
  if (Object.values(output.additionalRequirements ?? {}).includes(true)) {
    return {kind: 'rejected', reason: 'It asks more of its buyer than the protocol says how to tell.'};
  }
  const offers = offersOf(output, now);
  if (offers.length === 0) return {kind: 'rejected', reason: 'It has no worth whose cost is known.'};
  const cover = output.logoUrls.find(url => typeof url === 'string');
  const address = cover === undefined ? undefined : resolvePicture(cover, origin);
  const brand = output.brand
    ? {id: output.brand.brandId, name: output.brand.brandName || output.brand.brandId}
    : otherBrands;
  const good: Good = {
    code: output.productId,
    title: output.productName,
    categoryId: brand.id,
    description: output.redeemInstruction?.verbose || output.redeemInstruction?.concise || '',
    ...(address !== undefined && {cover: address}),
    delivery: 'automatic',
    contact: 'any',
    minimum: 1,
    tags: output.country?.name ? [output.country.name] : [],
    fields: [],
    options: [{name: onlyGroup, values: offers.map(({choices}) => choices[onlyGroup]!)}],
    offers,
    nested: false,
  };
  return {kind: 'good', good, brand};
}

/** Amounts that nobody could reckon with are no offers. */
function offersOf(record: ProductRecord, at: number): readonly UpstreamOffer[] {
  try {
    return worthsOf(record).flatMap(worth => {
      const cost = costOf(worth.cost, record);
      return isPositive(cost) ? [offerOf(worth, cost, record, at)] : [];
    });
  } catch (error) {
    if (error instanceof MoneyError) return [];
    throw error;
  }
}

/** What is on a card, and what it costs before discount and fee. */
interface Worth {
  /** In the card's currency, as it was written. */
  readonly value: string;
  readonly cost: Money;
}

function offerOf({value}: Worth, price: Money, {recipientCurrencyCode}: ProductRecord, at: number): UpstreamOffer {
  return {
    sku: value,
    choices: {[onlyGroup]: `${money(value, recipientCurrencyCode).amount} ${recipientCurrencyCode}`},
    costs: [{from: 1, price}],
    stock: {kind: 'unlimited', at},
  };
}

function worthsOf(record: ProductRecord): readonly Worth[] {
  return record.denominationType === 'FIXED' ? fixedWorths(record) : worthsInRange(record);
}

/** By the map of what is what; by the order of two lists; or, in one currency, as it stands. */
function fixedWorths(record: ProductRecord): readonly Worth[] {
  const {senderCurrencyCode: currency, fixedRecipientDenominations: values, fixedSenderDenominations: costs} = record;
  const byValue = new Map(
    Object.entries(record.fixedRecipientToSenderDenominationsMap).map(([value, cost]) => [canonical(value), cost]),
  );
  return (values ?? []).flatMap((value, index) => {
    const inOrder = costs?.length === values?.length ? costs?.[index] : undefined;
    const cost = byValue.get(canonical(value)) ?? inOrder ?? (hasOneCurrency(record) ? value : undefined);
    return cost === undefined ? [] : [{value, cost: money(cost, currency)}];
  });
}

/** `25`, `25.0` and `25.00` are the same worth. */
function canonical(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

/** Costs between the ends of a range are reckoned from its dearer end. */
function worthsInRange(record: ProductRecord): readonly Worth[] {
  const {senderCurrencyCode: currency} = record;
  const least = record.minRecipientDenomination;
  const most = record.maxRecipientDenomination ?? record.maxrecipientDenomination;
  if (!least || !most) return [];
  const inRange = (value: string): boolean =>
    compare(money(value, currency), money(least, currency)) >= 0 &&
    compare(money(value, currency), money(most, currency)) <= 0;
  const ends: readonly (readonly [value: string, cost: string | null | undefined])[] = hasOneCurrency(record)
    ? [['1', '1']]
    : [
        [least, record.minSenderDenomination],
        [most, record.maxSenderDenomination],
      ];
  return roundWorths.filter(inRange).flatMap(value => {
    const costs = ends.flatMap(([end, cost]) => (cost ? (inProportion(money(cost, currency), value, end) ?? []) : []));
    const [dearest] = costs.sort((left, right) => compare(right, left));
    return dearest ? [{value, cost: dearest}] : [];
  });
}

function hasOneCurrency({senderCurrencyCode, recipientCurrencyCode}: ProductRecord): boolean {
  return senderCurrencyCode === recipientCurrencyCode;
}

/** What `value` costs where `of` costs `cost`, rounded up; unknown for an end that is no whole amount. */
function inProportion(cost: Money, value: string, of: string): Money | undefined {
  const end = /^[1-9]\d{0,6}(?:\.0+)?$/.test(of) ? Number(of) : undefined;
  return end === undefined ? undefined : divide(multiply(cost, Number(value)), end);
}

/**
 * What one card is charged with. How fee and discount go together is not written down; a fee for every card, and a
 * discount of its own worth alone, is the dearest reading. What was charged is what the order says.
 */
function costOf(cost: Money, {discountPercentage, senderFee, senderFeePercentage}: ProductRecord): Money {
  const discount = percentOf(cost, discountPercentage ?? '0', 'down');
  const fee = add(money(senderFee ?? '0', cost.currency), percentOf(cost, senderFeePercentage ?? '0'));
  return add(subtract(cost, discount), fee);
}
