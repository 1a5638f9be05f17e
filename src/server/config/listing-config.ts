import * as v from 'valibot';
import {routingPolicies} from '../../domain/routing.ts';
import {areDistinct, decimal, identifier, language, text} from './values.ts';

const translations = v.record(language, v.record(v.string(), v.string()));

const priceRuleSchema = v.strictObject({
  markup: v.union(
    [v.strictObject({percent: decimal}), v.strictObject({fixed: decimal})],
    'must be {percent: "…"} or {fixed: "…"}',
  ),
  rounding: v.exactOptional(v.picklist(['up', 'nearest', 'down'])),
  step: v.exactOptional(decimal),
  minimumMargin: v.exactOptional(decimal),
});

const goodRuleSchema = v.strictObject({
  /** The good's code on the platform. */
  code: text(100),
  /** Of a good with several SKUs the one that is meant; absent: all of them. */
  choices: v.exactOptional(v.record(v.string(), v.string())),
  /** Its price, whatever it costs; below the minimum margin it is not sold. */
  price: v.exactOptional(decimal),
  /** What buyers are asked for. */
  contact: v.exactOptional(v.picklist(['any', 'email', 'phone', 'qq'])),
  /** Fewest and most pieces of one line; never wider than the platform allows. */
  minimum: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  maximum: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

/** How a connection's goods become listings. */
export const listingRuleSchema = v.strictObject({
  price: priceRuleSchema,
  /** Category ids or names of the platform; absent: all. Subcategories come along. */
  categories: v.exactOptional(v.array(text(200))),
  /**
   * What the platform calls the sales channels that this shop sells on (拼多多, 抖音 …): of goods that may be resold on
   * some channels only, it lists those for all of its own. Default: a site of one's own, which is none of them.
   */
  channels: v.exactOptional(v.array(text(40)), []),
  /** Codes of goods that are never listed. */
  exclude: v.exactOptional(v.array(text(100))),
  /** Titles in further languages: language → good's code → title. */
  titles: v.exactOptional(translations),
  /** Category names in further languages: language → category's name → name. */
  categoryNames: v.exactOptional(translations),
  /** What the shop says of single goods itself. A sync brings their cost, stock and fields, and never changes this. */
  goods: v.exactOptional(v.array(goodRuleSchema)),
});

/** One listing over goods of several connections: it looks as the first does, and is bought where the policy says. */
export const joinedListingSchema = v.strictObject({
  sources: v.pipe(
    v.array(
      v.strictObject({
        connection: identifier,
        /** The good's code on the platform. */
        good: text(100),
        weight: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1000)), 1),
      }),
    ),
    v.minLength(2, 'needs at least two sources'),
    v.check(
      sources => areDistinct(sources.map(({connection}) => connection)),
      'has two sources of the same connection',
    ),
  ),
  policy: v.exactOptional(v.picklist(routingPolicies), 'by_hand'),
  /** Whether one order line may come from several sources when none has enough. */
  splits: v.exactOptional(v.boolean(), false),
});
