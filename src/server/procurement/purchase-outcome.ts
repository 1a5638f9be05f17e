import type {Money} from '../../domain/money.ts';
import type {BuyOutcome} from '../../upstreams/port.ts';

/** What came of a purchase, at once or later: what was accepted or delivered may be paid back, in whole or in part. */
export type PurchaseOutcome =
  | Exclude<BuyOutcome, {kind: 'delivered'}>
  /** `refunded`: what the platform has paid back of it so far. */
  | (Extract<BuyOutcome, {kind: 'delivered'}> & {readonly refunded?: Money})
  /** The platform took it, gave nothing so far, and paid `refunded` back. */
  | {
      readonly kind: 'refunded';
      readonly orderId: string;
      readonly charged: Money;
      readonly refunded: Money;
      readonly text: string;
    };
