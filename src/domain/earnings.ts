import {
  add,
  compare,
  isPositive,
  percentOf,
  proportion,
  round,
  split,
  subtract,
  sum,
  zero,
  type Money,
} from './money.ts';

/**
 * Who earned what of one order line. Everything is exact:
 *
 *     price − coupon − givenBack = kept
 *     listCost − tierDiscount = cost
 *     kept − cost − serviceFee − paymentFee + commission = margin
 */
export interface LineEarnings {
  readonly orderId: string;
  readonly lineId: string;
  /** What the buyer was asked for, before the coupon. */
  readonly price: Money;
  readonly coupon: Money;
  /** What went back to the buyer, or is owed to them. */
  readonly givenBack: Money;
  readonly kept: Money;
  /** What the goods would have cost without the shop's tier at the platform. */
  readonly listCost: Money;
  readonly tierDiscount: Money;
  /** What platforms charged, also for what they did not give. */
  readonly cost: Money;
  /** What platforms take on top of what they charge. */
  readonly serviceFee: Money;
  /** What suppliers pay the shop for selling. */
  readonly commission: Money;
  readonly paymentFee: Money;
  readonly margin: Money;
}

/** What was agreed with a platform, in percent of what it charges; decimal texts. */
export interface PlatformTerms {
  readonly serviceFee?: string | undefined;
  readonly commission?: string | undefined;
  /** How much less than the list price the shop's tier pays. */
  readonly tierDiscount?: string | undefined;
}

/** What a payment provider keeps of a payment. */
export interface PaymentTerms {
  readonly percent?: string | undefined;
  readonly fixed?: Money | undefined;
}

export interface LineAccount {
  readonly lineId: string;
  readonly price: Money;
  readonly coupon: Money;
  /** What the buyer paid for its pieces that did not come. */
  readonly failed: Money;
  readonly charges: readonly {readonly charged: Money; readonly terms: PlatformTerms}[];
}

export interface OrderAccount {
  readonly orderId: string;
  readonly currency: string;
  readonly lines: readonly LineAccount[];
  /** Everything that went back of the order's price, or is owed. */
  readonly givenBack: Money;
  readonly paymentFee: Money;
}

/** What a provider keeps of a payment, rounded up to the minor unit as providers do. */
export function paymentFeeOf(amount: Money, {percent = '0', fixed}: PaymentTerms): Money {
  const share = round(percentOf(amount, percent), 'up');
  return fixed ? add(share, fixed) : share;
}

/** Splits what an order brought and cost over its lines. */
export function splitEarnings({
  orderId,
  currency,
  lines,
  givenBack,
  paymentFee,
}: OrderAccount): readonly LineEarnings[] {
  const paid = lines.map(({price, coupon}) => subtract(price, coupon));
  const failed = sum(
    lines.map(line => line.failed),
    currency,
  );
  // What a person paid back beyond the pieces that did not come belongs to no line: all bear it by what is left of them.
  const beyond = compare(givenBack, failed) > 0 ? subtract(givenBack, failed) : zero(currency);
  const goodwill = spread(
    beyond,
    lines.map((line, index) => subtract(paid[index]!, line.failed)),
  );
  const fees = spread(paymentFee, paid);
  return lines.map(({lineId, price, coupon, failed: missing, charges}, index) => {
    const back = add(missing, goodwill[index]!);
    const kept = subtract(subtract(price, coupon), back);
    const total = (amount: (charge: LineAccount['charges'][number]) => Money) => sum(charges.map(amount), currency);
    const cost = total(({charged}) => charged);
    const serviceFee = total(({charged, terms}) => percentOf(charged, terms.serviceFee ?? '0', 'up'));
    const commission = total(({charged, terms}) => percentOf(charged, terms.commission ?? '0', 'down'));
    const tierDiscount = total(({charged, terms}) => discountWithin(charged, terms.tierDiscount));
    return {
      orderId,
      lineId,
      price,
      coupon,
      givenBack: back,
      kept,
      listCost: add(cost, tierDiscount),
      tierDiscount,
      cost,
      serviceFee,
      commission,
      paymentFee: fees[index]!,
      margin: add(subtract(subtract(subtract(kept, cost), serviceFee), fees[index]!), commission),
    };
  });
}

/** Splits exactly by weights, or evenly where nothing weighs anything; less than a minor unit goes to the first that can bear it. */
function spread(amount: Money, weights: readonly Money[]): readonly Money[] {
  const even = weights.map((): Money => ({currency: amount.currency, amount: '1'}));
  const whole = round(amount, 'down');
  const parts = split(whole, weights.some(isPositive) ? weights : even);
  const rest = subtract(amount, whole);
  const bearer = weights.findIndex((weight, index) => compare(add(parts[index]!, rest), weight) <= 0);
  return parts.map((part, index) => (index === Math.max(0, bearer) ? add(part, rest) : part));
}

/** What was taken off a list price, seen from what is left: charged = list × (1 − percent). */
function discountWithin(charged: Money, percent = '0'): Money {
  const rest = subtract({currency: charged.currency, amount: '100'}, {currency: charged.currency, amount: percent});
  return isPositive(rest) ? proportion(charged, percent, rest.amount) : zero(charged.currency);
}
