import {
  atLeastNothing,
  compare,
  isPositive,
  isZero,
  money,
  percentOf,
  round,
  split,
  subtract,
  sum,
  zero,
  type Money,
} from './money.ts';

/** What a code (优惠码) takes off, and of what. Amounts are decimal texts in the shop's currency; times epoch milliseconds. */
export interface Coupon {
  /** In the form of {@link couponCode}. */
  readonly code: string;
  readonly discount: {readonly percent: string} | {readonly fixed: string};
  /** The goods it is for must come to this much. */
  readonly minimum?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** How often it may be used, by everybody together and by one contact. */
  readonly uses?: number | undefined;
  readonly usesPerContact?: number | undefined;
}

/** Why a code takes nothing off. None of these keeps anybody from buying without it. */
export type CouponProblem =
  | 'unknown'
  | 'expired'
  | 'minimum_not_reached'
  | 'not_for_these_goods'
  /** The platforms do not let these goods be sold for less. */
  | 'below_platform_price'
  /** Used as often as it may be. */
  | 'used_up';

/** A line that could be bought; `isMeant`: the coupon is for this good. */
export interface CouponLine {
  readonly total: Money;
  readonly isMeant: boolean;
  /** What the buyer has to pay for the line at least, since its platform demands it. */
  readonly least?: Money | undefined;
}

export type CouponOutcome =
  /**
   * `discounts` are by line, in the order of the lines; together exactly `saves`. `isLimited`: it would have been more,
   * had the platforms let it.
   */
  | {
      readonly kind: 'applied';
      readonly saves: Money;
      readonly discounts: readonly Money[];
      readonly isLimited: boolean;
    }
  | {readonly kind: 'refused'; readonly problem: CouponProblem; readonly minimum?: Money};

/** A code as it is compared: people type it with blanks around it, in small letters, or in the wide ones of an IME. */
export function couponCode(typed: string): string {
  return typed.normalize('NFKC').trim().toUpperCase();
}

/**
 * What a coupon takes off the lines. A percentage is rounded to the nearest minor unit once, over all the goods, and
 * then split over the lines to the cent; a fixed amount never takes off more than the goods cost. No line falls below
 * what it has to bring at least: what cannot be taken off it is taken off the others, as far as they have room.
 *
 * @param uses how often it has been used
 */
export function applyCoupon(
  coupon: Coupon,
  lines: readonly CouponLine[],
  {now, uses, currency}: {readonly now: number; readonly uses: number; readonly currency: string},
): CouponOutcome {
  // A code whose time has not come is nobody's business yet.
  if (coupon.from !== undefined && now < coupon.from) return refused('unknown');
  if (coupon.until !== undefined && now >= coupon.until) return refused('expired');
  if (coupon.uses !== undefined && uses >= coupon.uses) return refused('used_up');
  const meant = sum(
    lines.filter(({isMeant}) => isMeant).map(({total}) => total),
    currency,
  );
  if (!isPositive(meant)) return refused('not_for_these_goods');
  const minimum = money(coupon.minimum ?? '0', currency);
  if (compare(meant, minimum) < 0) return {...refused('minimum_not_reached'), minimum};
  const wanted = least(discountOf(coupon, meant), meant);
  const rooms = lines.map(line => roomOf(line, currency));
  const saves = least(wanted, sum(rooms, currency));
  const isLimited = compare(saves, wanted) < 0;
  if (isLimited && isZero(saves)) return refused('below_platform_price');
  const weights = lines.map(({total, isMeant}) => (isMeant ? total : zero(currency)));
  return {kind: 'applied', saves, discounts: splitWithin(saves, weights, rooms), isLimited};
}

/** The most that may be taken off a line, in whole minor units. */
function roomOf({total, isMeant, least: floor}: CouponLine, currency: string): Money {
  if (!isMeant) return zero(currency);
  return floor ? round(atLeastNothing(subtract(total, floor)), 'down') : total;
}

/** Splits an amount in proportion to `weights`, no part above its room; together the rooms are as large as the amount. */
function splitWithin(value: Money, weights: readonly Money[], rooms: readonly Money[]): readonly Money[] {
  const none = zero(value.currency);
  const full = new Set<number>();
  for (;;) {
    const left = subtract(
      value,
      sum(
        [...full].map(index => rooms[index]!),
        value.currency,
      ),
    );
    const open = weights.map((weight, index) => (full.has(index) ? none : weight));
    const parts = isPositive(left) ? split(left, open) : weights.map(() => none);
    const over = parts.flatMap((part, index) => (compare(part, rooms[index]!) > 0 ? [index] : []));
    const isWithin = over.every(index => full.has(index));
    if (isWithin) return parts.map((part, index) => (full.has(index) ? rooms[index]! : part));
    for (const index of over) full.add(index);
  }
}

/** What is left to pay of a line, or of an order. */
export function afterDiscount(total: Money, discount: Money | undefined): Money {
  return discount ? subtract(total, discount) : total;
}

function discountOf({discount}: Coupon, meant: Money): Money {
  return 'percent' in discount
    ? round(percentOf(meant, discount.percent, 'down'), 'nearest')
    : money(discount.fixed, meant.currency);
}

function least(left: Money, right: Money): Money {
  return compare(left, right) < 0 ? left : right;
}

function refused(problem: CouponProblem) {
  return {kind: 'refused', problem} as const;
}
