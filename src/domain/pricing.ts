import {add, compare, isPositive, money, percentOf, round, subtract, type Money, type Rounding} from './money.ts';
import type {PriceTier} from './product.ts';

/**
 * How a selling price follows from the cost of an offer. Same cost and rule, same price, at all times.
 * Percentages and amounts are decimal texts; amounts are in the shop's currency.
 */
export interface PriceRule {
  readonly markup: {readonly percent: string} | {readonly fixed: string};
  readonly rounding?: Rounding;
  /** Coarser step than the minor unit, such as `"0.10"`. */
  readonly step?: string;
  /** A price that leaves less than this per piece is not offered. Default: nothing may be sold at a loss. */
  readonly minimumMargin?: string;
  /** The merchant's own price, in the shop's currency: the cost moves the margin and not the price. */
  readonly pinned?: string;
  /** What the platform wants a piece to be sold for at least (销售限价). Nothing is offered below it. */
  readonly floor?: Money;
}

/** The price of one piece, or why it cannot be sold. A zero cost is a broken catalogue, never a gift. */
export type Pricing =
  | {readonly kind: 'priced'; readonly price: Money; readonly margin: Money}
  | {readonly kind: 'refused'; readonly reason: PriceRefusal};

export type PriceRefusal = 'no_cost' | 'margin_too_small' | 'below_platform_price';

export function priceFor(cost: Money, rule: PriceRule): Pricing {
  if (!isPositive(cost)) return {kind: 'refused', reason: 'no_cost'};
  const price = rule.pinned === undefined ? marked(cost, rule) : money(rule.pinned, cost.currency);
  const margin = subtract(price, cost);
  if (compare(margin, money(rule.minimumMargin ?? '0', cost.currency)) < 0 || !isPositive(price)) {
    return {kind: 'refused', reason: 'margin_too_small'};
  }
  return mayBeSoldFor(price, rule.floor)
    ? {kind: 'priced', price, margin}
    : {kind: 'refused', reason: 'below_platform_price'};
}

/** Whether the platform lets a piece be sold for so much. A floor in a currency that cannot be compared is not reached. */
export function mayBeSoldFor(price: Money, floor: Money | undefined): boolean {
  return floor === undefined || (floor.currency === price.currency && compare(price, floor) >= 0);
}

/** The rule for a piece that costs `premium` more because its buyer chose it: on top of a pinned price as of any other. */
export function withPremium(rule: PriceRule, premium: Money): PriceRule {
  if (rule.pinned === undefined) return rule;
  return {...rule, pinned: round(add(money(rule.pinned, premium.currency), premium), 'up', rule.step).amount};
}

function marked(cost: Money, {markup, rounding = 'up', step}: PriceRule): Money {
  const more = 'percent' in markup ? percentOf(cost, markup.percent) : money(markup.fixed, cost.currency);
  return round(add(cost, more), rounding, step);
}

/** Why a ladder of costs cannot be sold; nothing if it can. */
export function whyUnsold(costs: readonly PriceTier[], rule: PriceRule): PriceRefusal | undefined {
  if (costs.length === 0) return 'no_cost';
  for (const {price} of costs) {
    const pricing = priceFor(price, rule);
    if (pricing.kind === 'refused') return pricing.reason;
  }
  return undefined;
}

/** Prices a whole ladder of costs; one step that cannot be sold refuses the ladder. */
export function priceTiers(costs: readonly PriceTier[], rule: PriceRule): readonly PriceTier[] | undefined {
  const tiers: PriceTier[] = [];
  for (const cost of costs) {
    const pricing = priceFor(cost.price, rule);
    if (pricing.kind === 'refused') return undefined;
    if (tiers.length === 0 || compare(pricing.price, tiers.at(-1)!.price) !== 0) {
      tiers.push({from: cost.from, price: pricing.price});
    }
  }
  return tiers.length > 0 ? tiers : undefined;
}
