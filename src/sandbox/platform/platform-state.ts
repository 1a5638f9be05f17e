import type {Card} from './card.ts';
import type {Category, Good, Supplier} from './good.ts';
import type {Merchant, MerchantGroup, WalletMovement} from './merchant.ts';
import type {PlatformOrder} from './platform-order.ts';
import type {PlatformTicket} from './ticket.ts';

/** Everything the platform remembers, as plain JSON: what a process writes down and starts again from. */
export interface PlatformSnapshot {
  readonly version: 1;
  readonly nextCardId: number;
  readonly suppliers: readonly Supplier[];
  readonly categories: readonly Category[];
  readonly groups: readonly MerchantGroup[];
  readonly goods: readonly Good[];
  readonly cards: readonly Card[];
  readonly merchants: readonly Merchant[];
  readonly orders: readonly PlatformOrder[];
  readonly movements: readonly WalletMovement[];
  /** Absent in what was written before there were tickets. */
  readonly tickets?: readonly PlatformTicket[];
  /** Nested goods: what the next shop's stock was when last asked, by good id and choice. */
  readonly nestedStock: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Goods and their cards, before any merchant exists. */
export type Catalogue = Pick<
  PlatformSnapshot,
  'suppliers' | 'categories' | 'groups' | 'goods' | 'cards' | 'nextCardId'
>;

/** What left whose wallet for which cards, and what is left: the truth a test compares a shop with. */
export interface Ledger {
  readonly orders: readonly (PlatformOrder & {readonly cards: readonly string[]})[];
  readonly movements: readonly WalletMovement[];
  readonly balances: Readonly<Record<string, string>>;
  /** Pieces left, by good code. */
  readonly stock: Readonly<Record<string, number>>;
}
