import * as v from 'valibot';
import type {ContactKind, DeliveryKind} from '../../domain/product.ts';
import type {Stock} from '../../domain/stock.ts';
import {parseExactJson} from '../exact-json.ts';
import type {Good} from '../port.ts';
import {describeIssues} from '../answer-schemas.ts';
import {good as goodSchema, stockCount, type GoodRecord} from './answers.ts';
import {cardsOf} from './card-reads.ts';
import {ConfigError, readConfig} from './config-grammar.ts';
import {resolvePicture} from '../picture-address.ts';
import {outsideFlashSale} from './flash-sale.ts';
import {OfferError, readOffers} from './offers.ts';
import {basePrice} from './price-rules.ts';
import {readWidget, WidgetError} from './widget-grammar.ts';

/** A good that could be read, or the reason why not. `warnings` are single combinations that had to be left out. */
export type GoodReading =
  | {readonly kind: 'good'; readonly good: Good; readonly warnings: readonly string[]}
  | {readonly kind: 'rejected'; readonly reason: string};

export interface ReadingContext {
  /** Origin of the shop, against which pictures are resolved. */
  readonly origin: string;
  /** Epoch milliseconds, to date the stock. */
  readonly now: number;
  readonly maximumCombinations: number;
}

/** Reads one record of `items` or `item`. Titles and descriptions stay as sent: nothing is decoded or stripped. */
export function readGood(record: unknown, context: ReadingContext): GoodReading {
  const parsed = v.safeParse(goodSchema, record);
  if (!parsed.success) return {kind: 'rejected', reason: `The record is unreadable: ${describeIssues(parsed.issues)}.`};
  try {
    return build(parsed.output, context);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof OfferError || error instanceof WidgetError) {
      return {kind: 'rejected', reason: error.message};
    }
    throw error;
  }
}

function build(record: GoodRecord, {origin, now, maximumCombinations}: ReadingContext): GoodReading {
  const delivery = deliveryKinds[record.delivery_way];
  if (!delivery) return {kind: 'rejected', reason: `The delivery way ${record.delivery_way} is unknown.`};
  const notNow = outsideFlashSale(record, now);
  if (notNow !== undefined) return {kind: 'rejected', reason: notNow};
  const minimum = Math.max(1, record.minimum);
  const maximum = lowestLimit(record.maximum, record.purchase_count);
  if (maximum !== undefined && maximum < minimum) {
    return {kind: 'rejected', reason: `At least ${minimum} and at most ${maximum} pieces: no quantity fits.`};
  }
  const nested = record.shared_id !== '' && record.shared_id !== '0';
  const source = {base: basePrice(record.price, record.user_price), config: readConfig(record.config)};
  const {options, offers, rejected} = readOffers(source, stockOf(record, nested, now), maximumCombinations);
  const cover = resolvePicture(record.cover, origin);
  const good: Good = {
    code: record.code,
    title: record.name,
    categoryId: record.category_id,
    description: record.description,
    ...(cover !== undefined && {cover}),
    delivery,
    contact: contactKinds[record.contact_type ?? '0'] ?? 'any',
    minimum,
    ...(maximum !== undefined && {maximum}),
    tags: readTags(record.tags),
    fields: readWidget(record.widget),
    options,
    offers,
    nested,
    ...cardsOf(record, minimum),
  };
  return {kind: 'good', good, warnings: rejected};
}

const deliveryKinds: Readonly<Record<number, DeliveryKind>> = {0: 'automatic', 1: 'manual'};
const contactKinds: Readonly<Record<string, ContactKind>> = {'0': 'any', '1': 'phone', '2': 'email', '3': 'qq'};

/** Zero stands for no limit. `purchase_count` counts all orders of our account, so no single order may be larger. */
function lowestLimit(...limits: readonly number[]): number | undefined {
  const set = limits.filter(limit => limit > 0);
  return set.length > 0 ? Math.min(...set) : undefined;
}

/** The list says 0 for every nested good, whatever the next shop has. */
function stockOf(record: GoodRecord, nested: boolean, now: number): Stock {
  const count = nested ? undefined : stockCount(record.stock);
  return count === undefined ? {kind: 'unknown'} : {kind: 'counted', count, at: now};
}

function readTags(tags: unknown): readonly string[] {
  const list = v.safeParse(tagList, typeof tags === 'string' ? parsedOrNothing(tags) : tags);
  return list.success ? list.output.map(tag => tag.text).filter(text => text !== '') : [];
}

const tagList = v.array(v.object({text: v.string()}));

function parsedOrNothing(json: string): unknown {
  try {
    return parseExactJson(json);
  } catch {
    return undefined;
  }
}
