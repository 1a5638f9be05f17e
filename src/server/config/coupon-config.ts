import * as v from 'valibot';
import {maximumCouponLength} from '../../contract/quote.ts';
import {couponCode} from '../../domain/coupon.ts';
import {compare, isPositive, money, MoneyError, round} from '../../domain/money.ts';
import {decimal} from './values.ts';

const moment = v.pipe(
  v.string(),
  v.isoTimestamp('must be a moment with its zone, such as "2027-01-31T00:00:00+08:00"'),
);
const times = v.pipe(v.number(), v.integer(), v.minValue(1));
const names = v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))), v.minLength(1));

/** A code (优惠码) that buyers may type in. */
export const couponSchema = v.strictObject({
  /** Small and large letters are the same. A code that can be guessed will be. */
  code: v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(maximumCouponLength)),
  discount: v.union(
    [v.strictObject({percent: decimal}), v.strictObject({fixed: decimal})],
    'must be {percent: "…"} or {fixed: "…"}',
  ),
  /** What the goods it is for must come to. */
  minimum: v.exactOptional(decimal),
  /**
   * Ids or names of categories that the shop shows; what is below them comes along. With `products`, either will do; with
   * neither, it is for all goods.
   */
  categories: v.exactOptional(names),
  /** Ids of products, or the codes of their goods at the platform. */
  products: v.exactOptional(names),
  from: v.exactOptional(moment),
  /** The first moment at which it holds no more. */
  until: v.exactOptional(moment),
  /** How often it may be used in all, and by one contact. Orders that run out unpaid do not count. */
  uses: v.exactOptional(times),
  usesPerContact: v.exactOptional(times),
});

export type CouponConfig = v.InferOutput<typeof couponSchema>;

/** What no schema of a single value sees. */
export function couponMistakes(
  coupons: readonly CouponConfig[],
  currency: string,
): {readonly path: string; readonly message: string}[] {
  const codes = coupons.map(({code}) => couponCode(code));
  return coupons.flatMap(({discount, minimum, from, until}, index) => {
    const mistakes = [
      codes.indexOf(codes[index]!) < index && ['code', 'is the code of another coupon'],
      'fixed' in discount && amountMistake('discount.fixed', discount.fixed, currency),
      'percent' in discount && percentMistake(discount.percent),
      minimum !== undefined && amountMistake('minimum', minimum, currency),
      from !== undefined &&
        until !== undefined &&
        Date.parse(from) >= Date.parse(until) && ['until', 'must be after "from"'],
    ];
    return mistakes.flatMap(mistake =>
      mistake ? [{path: `coupons.${index}.${mistake[0]}`, message: mistake[1]!}] : [],
    );
  });
}

function amountMistake(path: string, amount: string, currency: string): [string, string] | undefined {
  try {
    const value = money(amount, currency);
    if (!isPositive(value)) return [path, 'must be more than nothing'];
    if (compare(round(value, 'down'), value) !== 0) return [path, `must be an amount that can be paid in ${currency}`];
    return undefined;
  } catch (error) {
    if (error instanceof MoneyError) return [path, error.message];
    throw error;
  }
}

function percentMistake(percent: string): [string, string] | undefined {
  const value = Number(percent);
  return value > 0 && value <= 100 ? undefined : ['discount.percent', 'must be more than 0 and at most 100'];
}
