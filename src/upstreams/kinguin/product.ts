import * as v from 'valibot';
import {compare, isPositive, money, type Money} from '../../domain/money.ts';
import {describeIssues} from '../answer-schemas.ts';
import {resolvePicture} from '../picture-address.ts';
import type {Good} from '../port.ts';
import {product, type OfferRecord, type ProductRecord} from './answers.ts';

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
  const lots = lotsOf(output);
  const listed = output.price === null || output.price === undefined ? undefined : money(output.price, currency);
  const price = lots[0]?.price ?? listed;
  if (!price || !isPositive(price)) return {kind: 'inactive', code: output.productId};
  return {
    kind: 'good',
    good: goodOf(output, title, lots[0] ?? {price, count: 0, atHand: 0}, {origin, now}),
    terms: {priceFor: quantity => lots.find(({count}) => count >= quantity)?.price ?? price},
  };
}

function goodOf(record: ProductRecord, title: string, lot: Lot, {origin, now}: ReadingContext): Good {
  const {price, count, atHand} = lot;
  const cover = record.images?.cover;
  const address = resolvePicture(cover?.url || cover?.thumbnail || '', origin);
  return {
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
}

/** Keys at one price. */
interface Lot {
  readonly price: Money;
  readonly count: number;
  /** Of those, keys that the seller has uploaded already. */
  readonly atHand: number;
}

/**
 * Text keys by price, cheapest first; several sellers at the lowest price are one lot. A product that an account is not
 * shown the offers of is its own only lot.
 */
function lotsOf({offers, price, qty, textQty}: ProductRecord): readonly Lot[] {
  const sellers = offers.length > 0 || typeof price !== 'string' ? offers : [{price, qty, textQty, isPreorder: false}];
  const lots = sellers
    .filter(({isPreorder}) => !isPreorder)
    .map(lotOf)
    .filter(lot => lot.count > 0 && isPositive(lot.price))
    .sort((left, right) => compare(left.price, right.price));
  const lowest = lots.filter(lot => compare(lot.price, lots[0]!.price) === 0);
  if (lowest.length < 2) return lots;
  const count = lowest.reduce((sum, lot) => sum + lot.count, 0);
  const atHand = lowest.reduce((sum, lot) => sum + lot.atHand, 0);
  return [{...lowest[0]!, count, atHand}, ...lots.slice(lowest.length)];
}

function lotOf({price, qty, textQty, availableQty, availableTextQty}: OfferRecord): Lot {
  const count = textQty ?? qty;
  return {price: money(price, currency), count, atHand: availableTextQty ?? availableQty ?? count};
}

function descriptionOf({description, activationDetails, countryLimitation}: ProductRecord): string {
  const countries = countryLimitation.filter(country => typeof country === 'string').join(', ');
  const excluded = countries === '' ? '' : `Cannot be activated in: ${countries}`;
  return [description, activationDetails, excluded].filter(text => text.trim() !== '').join('\n\n');
}
