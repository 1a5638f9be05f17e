import type {Money} from '../../domain/money.ts';

/** A group (会员等级) merchants belong to. The first discount that names a good applies; `percent` 95.5 means ×0.955. */
export interface MerchantGroup {
  readonly id: number;
  readonly name: string;
  readonly discounts: readonly {readonly goodIds: readonly number[] | 'all'; readonly percent: string}[];
}

/** An account other shops buy with. Its key is no part of the state: it comes with the process. */
export interface Merchant {
  readonly id: number;
  readonly name: string;
  readonly groupId?: number;
  readonly balance: Money;
  readonly banned: boolean;
}

/** One movement of a wallet; `amount` is negative when money left. */
export interface WalletMovement {
  readonly at: number;
  readonly merchantId: number;
  readonly amount: Money;
  readonly balance: Money;
  readonly reason: 'order' | 'top_up' | 'spent_elsewhere' | 'refund';
  readonly tradeNo?: string;
}
