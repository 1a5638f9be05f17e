import {applyCoupon, couponCode, type Coupon} from '../../domain/coupon.ts';
import type {Money} from '../../domain/money.ts';
import type {QuoteCoupon} from '../../contract/quote.ts';
import {categoriesNamed} from '../catalogue/category-name.ts';
import {withDescendants} from '../catalogue/category-tree.ts';
import type {CouponConfig} from '../config/config.ts';
import type {ListingRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {networkOf, type Caller} from '../caller.ts';
import {hashText} from '../security/ids.ts';
import {isLeft, spend} from '../security/scarce-uses.ts';

/** Within a window, before every code of the caller is taken for wrong. */
const mostWrongCodes = 20;
const windowMs = 15 * 60_000;

/** A line of a cart that can be bought. */
export interface DiscountableLine {
  readonly total: Money;
  readonly listing: ListingRecord;
  /** See {@link CouponLine.least}. */
  readonly least?: Money;
}

/** What a code comes to for a cart: what the buyer is told, and what it takes off each line if it does. */
export interface QuotedCoupon {
  readonly view: QuoteCoupon;
  readonly discounts: readonly Money[];
}

/** The coupon of a code, as it is configured now. */
export function findCoupon(ports: ServerPorts, code: string): CouponConfig | undefined {
  return ports.config.coupons.find(coupon => couponCode(coupon.code) === code);
}

export async function quoteCoupon(
  ports: ServerPorts,
  typed: string,
  lines: readonly DiscountableLine[],
  caller: Caller,
): Promise<QuotedCoupon> {
  const code = couponCode(typed);
  const config = await guess(ports, code, caller);
  if (!config) return {view: {code, problem: 'unknown'}, discounts: []};
  const isMeant = await goodsOf(ports, config);
  const outcome = applyCoupon(
    couponOf(config, code),
    lines.map(({listing, ...line}) => ({...line, isMeant: isMeant(listing)})),
    {
      now: ports.clock.now(),
      uses: config.uses === undefined ? 0 : await ports.store.couponUses(code),
      currency: ports.config.shop.currency,
    },
  );
  if (outcome.kind === 'applied') {
    const {saves, discounts, isLimited} = outcome;
    return {view: {code, saves, ...(isLimited && {limited: true})}, discounts};
  }
  const {problem, minimum} = outcome;
  return {view: {code, problem, ...(minimum && {minimum})}, discounts: []};
}

/**
 * The coupon of a code that a caller typed. Who has tried too many that are none is told of every code that it is none,
 * for a while: the goods can be bought all the same.
 */
async function guess(ports: ServerPorts, code: string, {address}: Caller): Promise<CouponConfig | undefined> {
  const coupon = findCoupon(ports, code);
  if (address === undefined) return coupon;
  const wrong = {kind: 'wrong coupon by caller', value: networkOf(address), most: mostWrongCodes, windowMs};
  if (coupon) return (await isLeft(ports, wrong)) ? coupon : undefined;
  await spend(ports, wrong);
  return undefined;
}

/** Under which name the uses of one contact are counted: the same for all ways to write it, and readable by nobody. */
export function couponContact(contact: string): string {
  return hashText(contact.normalize('NFKC').replace(/\s/g, '').toLowerCase());
}

function couponOf({discount, minimum, from, until, uses, usesPerContact}: CouponConfig, code: string): Coupon {
  return {
    code,
    discount,
    minimum,
    from: from === undefined ? undefined : Date.parse(from),
    until: until === undefined ? undefined : Date.parse(until),
    uses,
    usesPerContact,
  };
}

/** Which goods a coupon is for: those of its categories, with all below them, and those it names; else all. */
async function goodsOf(
  ports: ServerPorts,
  {categories, products}: CouponConfig,
): Promise<(listing: ListingRecord) => boolean> {
  if (!categories && !products) return () => true;
  const known = categories ? await ports.store.categories() : [];
  const categoryIds = new Set(
    (categories ?? []).flatMap(name => categoriesNamed(known, name)).flatMap(({id}) => [...withDescendants(known, id)]),
  );
  return ({id, goodCode, categoryId}) =>
    categoryIds.has(categoryId) || Boolean(products?.some(product => product === id || product === goodCode));
}
