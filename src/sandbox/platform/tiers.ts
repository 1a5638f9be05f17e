import {compare, subtract, type Money} from '../../domain/money.ts';
import type {Good} from './good.ts';
import {Impossible} from './impossible.ts';
import type {Merchant, MerchantGroup} from './merchant.ts';
import type {OrderBook} from './order-book.ts';
import {monthBefore, shanghaiMonth} from './trade-number.ts';
import {yuan} from './wallets.ts';

/** Where a merchant stands, and what is missing to the next tier. */
export interface TierStanding {
  readonly tier: MerchantGroup | undefined;
  readonly monthlySales: Money;
  readonly lastMonthsSales: Money;
  readonly next?: {readonly tier: MerchantGroup; readonly missing: Money};
}

/** Sales of this calendar month so far and of the one before. */
export interface RecentSales {
  readonly thisMonth: Money;
  readonly lastMonth: Money;
}

/**
 * The tier of a merchant. Up: at once, when the sales of the running month reach a tier's mark. Down: with the month
 * after the next one begun without reaching it again, because a tier is kept through the month after it was earned.
 * Never below where an operator put the merchant. Who was put into no group, or into one without a mark, stays there.
 */
export function tierOf(
  groups: readonly MerchantGroup[],
  assigned: number | undefined,
  {thisMonth, lastMonth}: RecentSales,
): MerchantGroup | undefined {
  const start = groups.find(({id}) => id === assigned);
  if (start?.monthlySales === undefined) return start;
  const best = compare(thisMonth, lastMonth) > 0 ? thisMonth : lastMonth;
  return ladderOf(groups).reduce(
    (tier, rung) => (compare(markOf(rung), best) <= 0 && compare(markOf(rung), markOf(tier)) > 0 ? rung : tier),
    start,
  );
}

/** Whether a tier may see and buy what another one is the lowest for. */
export function reaches(
  groups: readonly MerchantGroup[],
  tier: MerchantGroup | undefined,
  needed: number | undefined,
): boolean {
  if (needed === undefined || tier?.id === needed) return true;
  const lowest = groups.find(({id}) => id === needed);
  if (tier?.monthlySales === undefined || lowest?.monthlySales === undefined) return false;
  return compare(markOf(tier), markOf(lowest)) >= 0;
}

/** @throws {Impossible} when two groups have one id or one mark, or somebody is in one that is not there. */
export function checkLadder(groups: readonly MerchantGroup[], merchants: readonly Merchant[]): void {
  const ids = groups.map(({id}) => id);
  const marks = ladderOf(groups).map(group => markOf(group).amount);
  if (new Set(ids).size < ids.length) throw new Impossible('Two tiers have the same id.');
  if (new Set(marks).size < marks.length) throw new Impossible('Two tiers begin at the same monthly sales.');
  const stranded = merchants.find(({groupId}) => groupId !== undefined && !ids.includes(groupId));
  if (stranded) throw new Impossible(`Merchant ${stranded.id} is in tier ${stranded.groupId}, which would be gone.`);
}

export interface TiersOptions {
  readonly groups: () => readonly MerchantGroup[];
  readonly orders: OrderBook;
  readonly now: () => number;
}

/** The tiers of the platform's merchants, by the calendar month of its clock. */
export class Tiers {
  readonly #options: TiersOptions;

  constructor(options: TiersOptions) {
    this.#options = options;
  }

  of(merchant: Merchant): MerchantGroup | undefined {
    return tierOf(this.#options.groups(), merchant.groupId, this.#sales(merchant.id));
  }

  standing(merchant: Merchant): TierStanding {
    const {thisMonth, lastMonth} = this.#sales(merchant.id);
    const tier = this.of(merchant);
    const next =
      tier?.monthlySales === undefined
        ? undefined
        : ladderOf(this.#options.groups()).find(rung => compare(markOf(rung), markOf(tier)) > 0);
    return {
      tier,
      monthlySales: thisMonth,
      lastMonthsSales: lastMonth,
      ...(next && {next: {tier: next, missing: subtract(markOf(next), thisMonth)}}),
    };
  }

  /** Whether a merchant may see and buy a good. */
  isOpen(good: Good, merchant: Merchant): boolean {
    return good.exclusiveTo === undefined || reaches(this.#options.groups(), this.of(merchant), good.exclusiveTo);
  }

  #sales(merchantId: number): RecentSales {
    const month = shanghaiMonth(this.#options.now());
    const {orders} = this.#options;
    return {thisMonth: orders.sales(merchantId, month), lastMonth: orders.sales(merchantId, monthBefore(month))};
  }
}

/** Groups with a mark, the lowest first. */
function ladderOf(groups: readonly MerchantGroup[]): readonly MerchantGroup[] {
  return groups
    .filter(({monthlySales}) => monthlySales !== undefined)
    .sort((one, other) => compare(markOf(one), markOf(other)));
}

function markOf({monthlySales}: MerchantGroup): Money {
  return yuan(monthlySales ?? '0');
}
