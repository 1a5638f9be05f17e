import * as v from 'valibot';
import {compare, isPositive, money, type Money} from '../../domain/money.ts';
import {describeIssues} from '../answer-schemas.ts';
import {resolvePicture} from '../picture-address.ts';
import type {Good} from '../port.ts';
import {product, type ProductRecord} from './answers.ts';

/** Kinguin has no other. */
export const currency = 'EUR';
/** Keys of one product in one order; more are sold wholesale, by single offers, which are not bought here. */
export const mostKeys = 9;
/** Products that say no platform. */
export const otherPlatforms = 'Other';

export type ProductReading =
  | {readonly kind: 'good'; readonly good: Good; readonly terms: Terms}
  /** Nobody offers it any more. */
  | {readonly kind: 'inactive'; readonly code: string}
  | {readonly kind: 'rejected'; readonly reason: string};

/** At what price a quantity is to be had. */
export interface Terms {
  readonly price: Money;
  /** The price at which one seller has as many as that; the cheapest where none has. */
  priceFor(quantity: number): Money;
}

export interface ReadingContext {
  readonly origin: string;
  /** Epoch milliseconds, to date the stock. */
  readonly now: number;
}

/**
 * Reads one product: its cheapest offer of keys that are text, since we ask for no others. Titles and descriptions stay
 * as sent, HTML entities and all.
 */
export function readProduct(record: unknown, {origin, now}: ReadingContext): ProductReading {
  const parsed = v.safeParse(product, record);
  if (!parsed.success) return {kind: 'rejected', reason: `The record is unreadable: ${describeIssues(parsed.issues)}.`};
  const {output} = parsed;
  const title = output.name || output.originalName;
  if (title === '') return {kind: 'rejected', reason: 'The product has no name.'};
  if (output.isPreorder) {
    return {kind: 'rejected', reason: 'It is a pre-order: paid now, delivered on the day it comes out.'};
  }
  const offers = offersOf(output);
  const [cheapest] = offers;
  if (!cheapest) {
    return output.price === null || output.price === undefined || !isPositive(money(output.price, currency))
      ? {kind: 'inactive', code: output.productId}
      : {kind: 'good', ...goodOf(output, title, {price: money(output.price, currency), count: 0, atHand: 0}, [])};
  }
  return {kind: 'good', ...goodOf(output, title, cheapest, offers)};

  function goodOf(record: ProductRecord, title: string, {price, count, atHand}: Lot, lots: readonly Lot[]) {
    const cover = record.images?.cover?.url || record.images?.cover?.thumbnail || '';
    const address = resolvePicture(cover, origin);
    const good: Good = {
      code: record.productId,
      title,
      categoryId: record.platform || otherPlatforms,
      description: descriptionOf(record),
      ...(address !== undefined && {cover: address}),
      // Declared and not there yet: the keys come when the seller uploads them.
      delivery: count > 0 && atHand === 0 ? 'manual' : 'automatic',
      contact: 'any',
      minimum: 1,
      maximum: mostKeys,
      tags: [record.regionalLimitations, ...record.tags].filter(
        (tag): tag is string => typeof tag === 'string' && tag !== '',
      ),
      fields: [],
      options: [],
      offers: [{choices: {}, costs: [{from: 1, price}], stock: {kind: 'counted', count, at: now}}],
      nested: false,
    };
    const priceFor = (quantity: number) => lots.find(lot => lot.count >= quantity)?.price ?? price;
    return {good, terms: {price, priceFor}};
  }
}

/** Keys at one price. */
interface Lot {
  readonly price: Money;
  readonly count: number;
  /** Of those, keys that the seller has uploaded already. */
  readonly atHand: number;
}

/**
 * Text keys by price, cheapest first; several sellers at the lowest price are one lot. Products of accounts that are not
 * shown offers are their own only lot.
 */
function offersOf({offers, price, qty, textQty}: ProductRecord): readonly Lot[] {
  if (offers.length === 0) {
    const count = textQty ?? qty;
    const lot = typeof price === 'string' ? {price: money(price, currency), count, atHand: count} : undefined;
    return lot && isPositive(lot.price) && count > 0 ? [lot] : [];
  }
  const lots = offers
    .filter(({isPreorder}) => !isPreorder)
    .map(offer => {
      const count = offer.textQty ?? offer.qty;
      return {
        price: money(offer.price, currency),
        count,
        atHand: offer.availableTextQty ?? offer.availableQty ?? count,
      };
    })
    .filter(lot => lot.count > 0 && isPositive(lot.price))
    .sort((left, right) => compare(left.price, right.price));
  const lowest = lots.filter(lot => compare(lot.price, lots[0]!.price) === 0);
  const together = lowest.reduce(
    (sum, lot) => ({
      ...sum,
      count: sum.count + lot.count,
      atHand: sum.atHand + lot.atHand,
    }),
    {price: lots[0]?.price ?? money('0', currency), count: 0, atHand: 0},
  );
  return lots.length === 0 ? [] : [together, ...lots.slice(lowest.length)];
}

function descriptionOf({description, activationDetails, countryLimitation}: ProductRecord): string {
  const countries = countryLimitation.filter(country => typeof country === 'string').join(', ');
  const excluded = countries === '' ? '' : `Cannot be activated in: ${countries}`;
  return [description, activationDetails, excluded].filter(text => text.trim() !== '').join('\n\n');
}
