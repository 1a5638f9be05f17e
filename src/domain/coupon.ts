import {compare, isPositive, money, percentOf, round, split, subtract, sum, zero, type Money} from './money.ts';

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
  /** Used as often as it may be. */
  | 'used_up';

/** A line that could be bought; `isMeant`: the coupon is for this good. */
export interface CouponLine {
  readonly total: Money;
  readonly isMeant: boolean;
}

export type CouponOutcome =
  /** `discounts` are by line, in the order of the lines; together exactly `saves`. */
  | {readonly kind: 'applied'; readonly saves: Money; readonly discounts: readonly Money[]}
  | {readonly kind: 'refused'; readonly problem: CouponProblem; readonly minimum?: Money};

/** A code as it is compared: people type it with blanks around it, in small letters, or in the wide ones of an IME. */
export function couponCode(typed: string): string {
  return typed.normalize('NFKC').trim().toUpperCase();
}

/**
 * What a coupon takes off the lines. A percentage is rounded to the nearest minor unit once, over all the goods, and
 * then split over the lines to the cent; a fixed amount never takes off more than the goods cost.
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
  const saves = least(discountOf(coupon, meant), meant);
  const discounts = split(
    saves,
    lines.map(({total, isMeant}) => (isMeant ? total : zero(currency))),
  );
  return {kind: 'applied', saves, discounts};
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
