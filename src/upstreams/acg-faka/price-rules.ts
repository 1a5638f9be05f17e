import {add, compare, isPositive, money, multiply, round, zero, type Money} from '../../domain/money.ts';
import type {PriceTier} from '../../domain/product.ts';
import {plainDecimal} from '../decimal-text.ts';
import {currency} from './answers.ts';
import {group, type ConfigTree} from './config-grammar.ts';

/** Thrown when a good has no usable cost for a choice: missing, zero, or no number. */
export class PriceError extends Error {
  override readonly name = 'PriceError';
}

/** What a good says about its prices. `base` is used only by goods without races. */
export interface PriceSource {
  readonly base: Money | undefined;
  readonly config: ConfigTree;
}

/** One combination a buyer can choose: a race, if the good has races, and one option of each sku group. */
export interface Combination {
  readonly race?: string;
  readonly options: readonly (readonly [groupName: string, option: string])[];
}

/**
 * The catalogue's price for a merchant. The catalogue gives `price`, `user_price` for merchants in a group, and
 * `level_price` of all groups, but never says which group this merchant is in. So this is an estimate: the lower of
 * the first two. A group's own prices and its discount may lower it further, and a merchant in no group may pay
 * `price`. Only a valuation right before the purchase is the truth.
 */
export function basePrice(price: Money | null | undefined, userPrice: Money | null | undefined): Money | undefined {
  const set = [price, userPrice].filter(candidate => !!candidate && isPositive(candidate)) as Money[];
  return set.sort(compare)[0];
}

/**
 * What one piece costs by quantity: a race's price replaces the base, the highest wholesale tier not above the
 * quantity replaces both, and every positive option surcharge is added, cut to two decimals.
 * Wholesale tiers of a good with races are those of its race alone. Source: acg-faka 3.6.0, the order of `valuation`.
 * @throws {PriceError} when any step has no cost above zero: a broken catalogue must not become a gift.
 */
export function costLadder(source: PriceSource, combination: Combination): readonly PriceTier[] {
  const {race} = combination;
  const tiers =
    race === undefined ? group(source.config, 'wholesale') : group(source.config, 'category_wholesale', race);
  const unitPrices = readTiers(tiers);
  if (!unitPrices.has(1)) {
    unitPrices.set(1, race === undefined ? source.base : leaf(group(source.config, 'category'), race));
  }
  return [...unitPrices]
    .sort(([left], [right]) => left - right)
    .map(([from, price]) => ({from, price: withSurcharges(price, source.config, combination)}))
    .map(({from, price}) => ({from, price: positive(price, from)}));
}

/** What `quantity` pieces cost at a unit price: the platform cuts the product to two decimals. */
export function totalCost(unit: Money, quantity: number): Money {
  return round(multiply(unit, quantity), 'down');
}

/** A surcharge of one option; zero when it says nothing positive, as the platform counts. */
export function surcharge(config: ConfigTree, groupName: string, option: string): Money {
  const text = leaf(group(config, 'sku', groupName), option);
  if (text === undefined) {
    throw new PriceError(`The option ${groupName} = ${option} has no readable surcharge (does its name hold a dot?).`);
  }
  const plain = plainDecimal(text);
  return plain === undefined || plain.startsWith('-')
    ? zero(currency)
    : exact(plain, `surcharge for ${groupName} = ${option}`);
}

/** Unit prices by the quantity they begin at; names that are no quantity never apply. */
function readTiers(tiers: ConfigTree): Map<number, Money | string | undefined> {
  const prices = new Map<number, Money | string | undefined>();
  // Ascending, so that of the tiers 0 and 1 the higher one stays, as on the platform.
  const ascending = [...tiers]
    .filter(([name]) => /^\d{1,9}$/.test(name))
    .sort(([left], [right]) => Number(left) - Number(right));
  for (const [name] of ascending) prices.set(Math.max(1, Number(name)), leaf(tiers, name));
  return prices;
}

function leaf(tree: ConfigTree, name: string): string | undefined {
  const value = tree.get(name);
  return typeof value === 'string' ? value : undefined;
}

function withSurcharges(price: Money | string | undefined, config: ConfigTree, {options}: Combination): Money {
  let cost = unitPrice(price);
  for (const [groupName, option] of options) {
    const extra = surcharge(config, groupName, option);
    if (isPositive(extra)) cost = round(add(cost, extra), 'down');
  }
  return cost;
}

/** Reads a unit price of a `config`, where a name with a dot leaves a group instead of a text. */
export function unitPrice(price: Money | ConfigTree | string | undefined): Money {
  if (isMoney(price)) return price;
  const plain = typeof price === 'string' ? plainDecimal(price) : undefined;
  if (plain === undefined) throw new PriceError('The cost is missing or no number.');
  return exact(plain, 'cost');
}

function isMoney(price: Money | ConfigTree | string | undefined): price is Money {
  return typeof price === 'object' && 'currency' in price;
}

/** Sums and multiples of amounts below 10^12 stay exact. */
function exact(plain: string, what: string): Money {
  try {
    if (plain.replace(/\..*/, '').length > 12) throw new RangeError('Too large to be a price.');
    return money(plain, currency);
  } catch (error) {
    throw new PriceError(`The ${what} of ${plain.slice(0, 40)} is no exact amount of at most four decimals.`, {
      cause: error,
    });
  }
}

function positive(cost: Money, from: number): Money {
  if (isPositive(cost)) return cost;
  throw new PriceError(`The cost from ${from} on is ${cost.amount}, which would be a gift.`);
}
