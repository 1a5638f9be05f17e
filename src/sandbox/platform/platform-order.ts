import type {Money} from '../../domain/money.ts';

/** One order on the platform: paid the moment it exists. */
export interface PlatformOrder {
  readonly tradeNo: string;
  readonly merchantId: number;
  readonly goodId: number;
  readonly goodCode: string;
  readonly quantity: number;
  readonly race?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** The buyer's own number, unique on the whole platform; absent gives no protection against doubles. */
  readonly requestNo?: string;
  /** Absent: see there. `merchant`: unique among the merchant's own orders only; `order`: any number of orders may have it. */
  readonly requestScope?: 'merchant' | 'order';
  readonly amount: Money;
  /** What was paid back so far. */
  readonly refunded?: Money;
  /** The buyer has asked for their money, and an operator has to decide. */
  readonly askedBack?: true;
  /** Cards that left the stock for it; empty for manual orders, apologies and blanks. */
  readonly cardIds: readonly number[];
  /** What the buyer is shown: cards, a placeholder, an apology, or nothing. */
  readonly secret: string;
  readonly state: 'delivered' | 'awaiting_delivery' | 'apologised' | 'blank';
  readonly fields: Readonly<Record<string, {readonly value: unknown; readonly label: string}>>;
  readonly password?: string;
  readonly note?: string;
  readonly createdAt: number;
  readonly deliveredAt?: number;
}

/** Asks for an order at a price the caller has worked out. */
export interface Sale {
  readonly merchantId: number;
  readonly goodId: number;
  readonly quantity: number;
  readonly race?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly requestNo?: string;
  readonly requestScope?: 'merchant' | 'order';
  readonly amount: Money;
  readonly pickedCardId?: number;
  readonly fields: PlatformOrder['fields'];
  readonly password?: string;
  /** What to hand over; anything but `cards` is a fault. */
  readonly handOver?: 'cards' | 'apology' | 'placeholder' | 'nothing' | 'one_short' | 'one_more';
}

export type SaleRefusal = 'card_absent' | 'card_gone' | 'reference_used' | 'banned' | 'insufficient_balance';

/** Thrown when an order cannot be made; nothing has changed. */
export class SaleRefused extends Error {
  override readonly name = 'SaleRefused';
  readonly reason: SaleRefusal;

  constructor(reason: SaleRefusal) {
    super(`The sandbox platform refused a sale: ${reason}.`);
    this.reason = reason;
  }
}

export function isSaleRefused(value: unknown): value is SaleRefused {
  return value instanceof SaleRefused;
}
