import type {Money} from '../../domain/money.ts';

/**
 * A group (会员等级) merchants belong to: the distributor's tier. The first discount that names a good applies;
 * `percent` 95.5 means ×0.955.
 */
export interface MerchantGroup {
  readonly id: number;
  readonly name: string;
  readonly discounts: readonly {readonly goodIds: readonly number[] | 'all'; readonly percent: string}[];
  /**
   * Decimal text in CNY. Merchants whose sales of a calendar month reach it are in the group, see `Tiers`. Absent: only
   * an operator puts merchants in.
   */
  readonly monthlySales?: string;
}

/** An account other shops buy with. Its key is no part of the state: it comes with the process. */
export interface Merchant {
  readonly id: number;
  readonly name: string;
  /** As its operator put it; what the merchant has earned beyond that is the platform's to say. */
  readonly groupId?: number;
  readonly balance: Money;
  readonly banned: boolean;
}

/** One movement of a wallet; `amount` is negative when money left, `balance` is what was there after it. */
export interface WalletMovement {
  readonly at: number;
  readonly merchantId: number;
  readonly amount: Money;
  readonly balance: Money;
  readonly reason: 'opening' | 'order' | 'top_up' | 'spent_elsewhere' | 'refund';
  readonly tradeNo?: string;
}
