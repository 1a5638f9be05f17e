import type {KeystallError} from '../client/errors.ts';
import type {Client} from '../client/client.ts';
import type {Keys} from '../contract/keys.ts';
import type {LookupRequest, Order} from '../contract/order.ts';
import type {Payment} from '../contract/payment.ts';
import type {Card} from '../contract/card.ts';
import type {Category, Facets, ProductPage, ProductQuery, ProductSummary} from '../contract/product.ts';
import type {Product} from '../contract/product-details.ts';
import type {Quote} from '../contract/quote.ts';
import type {Shop as ShopInfo} from '../contract/shop.ts';
import type {KeyReference, Ticket, TicketRequest} from '../contract/ticket.ts';
import type {CouponProblem} from '../domain/coupon.ts';
import type {Money} from '../domain/money.ts';
import type {LineRequest} from '../domain/quote.ts';
import type {CardListOptions} from './card-list.ts';
import type {FormDraft} from './form-draft.ts';
import type {Browse} from './browse.ts';
import type {Readable} from './readable.ts';

/**
 * One shop in one page, without a view: what the elements render and what a developer programs against.
 * Made by `createShop`. All of it works without storage; with storage, the cart and the purchase in hand survive
 * reloads and are shared by the tabs of one origin.
 */
export interface Shop {
  /** Origin of the shop server. */
  readonly address: string;
  readonly client: Client;
  info(): Readable<Loaded<ShopInfo>>;
  categories(lang?: string): Readable<Loaded<readonly Category[]>>;
  /** @param given what the server answered to this very query, when it is known: it is not asked for while it is fresh */
  products(query: Omit<ProductQuery, 'cursor'>, given?: GivenPage): ProductList;
  product(id: string, lang?: string): Readable<Loaded<Product>>;
  /** The same, asked for again every little while for as long as somebody listens: a page that sells it. */
  watchProduct(id: string, lang?: string): Readable<Loaded<Product>>;
  /** What is looked at, for everything in the page that shows goods or helps to find them. */
  readonly browse: Browse;
  /** The cards of a SKU that a buyer may choose from, where a product has `cards`; loaded when it is first asked for. */
  cards(options: CardListOptions): Promise<CardList>;
  readonly cart: Cart;
  readonly draft: FormDraft;
  readonly checkout: Checkout;
  readonly orders: Orders;
  /** After-sales; its code is loaded when it is first asked for. */
  tickets(): Promise<Tickets>;
  /** Ends every timer, listener and request. */
  dispose(): void;
}

/** What is known of something the server knows. An error may come with the data that was there before. */
export type Loaded<T> =
  | {readonly status: 'loading'}
  | {readonly status: 'ready'; readonly data: T; readonly refreshing: boolean}
  | {readonly status: 'failed'; readonly error: KeystallError; readonly data?: T; retry(): void};

/** A first page of products that came with the page. */
export type GivenPage = ProductPage & {
  /** When the shop server answered, in epoch milliseconds; now if absent. */
  readonly asOf?: number;
};

export interface ProductList extends Readable<ProductListState> {
  /** Loads the next page; resolves when it is there or has failed. A second call joins the first. */
  loadMore(): Promise<void>;
}

/** Asked for while somebody listens. */
export interface CardList extends Readable<CardListState> {
  loadMore(): Promise<void>;
  /** Asks anew from the first page on. */
  refresh(): Promise<void>;
}

export type CardListState = Loaded<{
  readonly items: readonly Card[];
  readonly total: number;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
}>;

export type ProductListState = Loaded<{
  readonly items: readonly ProductSummary[];
  readonly total: number;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  /** What each filter would leave. */
  readonly facets?: Facets;
}>;

/** What a buyer put aside. */
export interface CartLine {
  readonly skuId: string;
  readonly productId: string;
  readonly title: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly quantity: number;
  /** Unit price as last seen. */
  readonly price: Money;
  readonly cover?: string;
  /** Category name, for the drawn cover. */
  readonly categoryName: string;
  /** The server has not confirmed the line as it stands. */
  readonly pending: boolean;
  /** Why the last change was taken back, or why the line cannot be bought. */
  readonly problem?: CartProblem;
}

export type CartProblem =
  /** Not for sale any more. */
  | {readonly kind: 'unavailable'}
  | {readonly kind: 'sold_out'}
  /** Somebody else has bought the chosen card; another may be chosen. */
  | {readonly kind: 'card_gone'}
  /** The platform does not say now whether there are any; it may in a moment. */
  | {readonly kind: 'stock_unknown'}
  | {readonly kind: 'not_enough'; readonly available: number}
  | {readonly kind: 'below_minimum'; readonly minimum: number}
  | {readonly kind: 'above_maximum'; readonly maximum: number}
  | {readonly kind: 'price_changed'; readonly before: Money}
  | {readonly kind: 'unconfirmed'};

export type NewCartLine = Pick<CartLine, 'skuId' | 'productId' | 'title' | 'choices' | 'price' | 'categoryName'> &
  Partial<Pick<CartLine, 'cover' | 'quantity'>>;

/** A code the buyer wants to use. What it comes to is known once the server was asked about the cart as it is. */
export interface CartCoupon {
  readonly code: string;
  /** The server is being asked. */
  readonly pending: boolean;
  /** What it takes off. */
  readonly saves?: Money;
  /** That is less than it is worth: the platforms do not let the goods be sold for less. */
  readonly limited?: boolean;
  /** Why it takes nothing off. `unconfirmed`: the server could not be asked. */
  readonly problem?: CouponProblem | 'unconfirmed';
  /** With `minimum_not_reached`: what its goods must come to. */
  readonly minimum?: Money;
}

export interface CartState {
  readonly lines: readonly CartLine[];
  /** Pieces in all. */
  readonly count: number;
  /** What can be bought, before the coupon. Absent when the cart is empty. */
  readonly subtotal?: Money;
  readonly coupon?: CartCoupon;
}

/**
 * Changes show at once and are confirmed by the server one after another. What the server refuses is taken back and
 * the line says why; what it could not be asked (no network) stays, marked `unconfirmed`, and is asked about again, as long as somebody listens, until the server has answered.
 */
export interface Cart extends Readable<CartState> {
  /** Resolves once confirmed; rejects with a `CartError` when taken back. */
  add(line: NewCartLine, options?: {readonly signal?: AbortSignal}): Promise<void>;
  setQuantity(skuId: string, quantity: number, options?: {readonly signal?: AbortSignal}): Promise<void>;
  remove(skuId: string): Promise<void>;
  /** Removes every line that cannot be bought any more: see {@link isDead}. */
  removeDead(): void;
  clear(): void;
  /** Asks the server about the whole cart: prices, stock, the coupon. Resolves when it has answered or cannot be asked. */
  refresh(): Promise<void>;
  /** Uses a code from now on, or none. Resolves when the server was asked; the state says what it comes to. */
  setCoupon(code: string | undefined): Promise<void>;
}

/** What a buyer fills in. `fields` is by SKU id, then field name. */
export interface CheckoutForm {
  readonly contact: string;
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly method: string;
  /** Opens the order elsewhere; empty or absent: it cannot be looked up. */
  readonly lookupPassword?: string;
}

/** What is wrong with a form, by place: `contact`, `lookupPassword`, `method`, or `SKU id/field name`. */
export type FormProblems = Readonly<Record<string, 'required' | 'mismatch'>>;

export type CheckoutState =
  | {readonly step: 'idle'}
  /** Asking for prices and stock. */
  | {readonly step: 'quoting'}
  /** Something in the cart cannot be bought as it stands; see each line's `problem`. */
  | {readonly step: 'blocked'; readonly quote: Quote}
  | {readonly step: 'filling'; readonly quote: Quote; readonly problems: FormProblems; readonly error?: KeystallError}
  /** The intent is written down and the order is on its way. `uncertain`: an answer was lost and it is sent again. */
  | {readonly step: 'placing'; readonly uncertain: boolean}
  /** The order is there; the payment is being opened. `error`: it could not be, and may be tried again. */
  | {readonly step: 'opening_payment'; readonly order: Order; readonly error?: KeystallError}
  /** The buyer pays elsewhere: follow `payment.instructions`. */
  | {readonly step: 'paying'; readonly order: Order; readonly payment: Payment}
  /** The payment was declined or ran out; another may be opened while the order's payment window lasts. */
  | {readonly step: 'payment_failed'; readonly order: Order; readonly payment: Payment}
  /** The window is over. A payment that still arrives is not lost: the order says so. */
  | {readonly step: 'expired'; readonly order: Order}
  /** The source of truth says it is paid; the order takes over. */
  | {readonly step: 'paid'; readonly order: Order}
  | {readonly step: 'failed'; readonly error: KeystallError};

export interface PlaceOptions {
  readonly returnUrl?: string;
  /** Answers what the order's keys are to be sealed to; asked once, before the order is sent. */
  readonly revealKey?: () => Promise<RevealKey>;
}

export interface RevealKey {
  /** The public key, see `OrderRequest` of `keystall/openapi.yaml`. */
  readonly revealKey: string;
  /** Whether the private half outlasts this page. Where it does not, no order is placed without a lookup password. */
  readonly isKept: boolean;
}

export interface Checkout extends Readable<CheckoutState> {
  /**
   * Says what the next `begin` is about: these goods alone, bought past the cart, which stays as it is; or, without
   * any, the cart. Holds until the checkout is closed, the goods are paid for, or something else is selected.
   */
  select(lines?: readonly LineRequest[]): void;
  /** What was selected in the cart's place. */
  readonly selected: readonly LineRequest[] | undefined;
  /** Prices the cart. A purchase that is already on its way is continued instead. */
  begin(): Promise<void>;
  /** Checks the form, writes the intent durably, then sends it. Again and in another tab: the same purchase. */
  place(form: CheckoutForm, options: PlaceOptions): Promise<void>;
  /** Opens a payment for the order at hand, by the same or another method. */
  pay(method: string, options: {readonly returnUrl?: string}): Promise<void>;
  /**
   * Continues what a reload, another tab or a payment page interrupted; called once when a page loads. Nothing at hand:
   * stays idle. `returnCode`: what the page's address carried, for a device that does not know the order.
   */
  resume(options?: {readonly returnCode?: string | undefined}): Promise<void>;
  /** Puts the checkout aside. An order that was placed is not canceled by it. */
  close(): void;
}

/** An order this device placed. */
export interface KnownOrder {
  readonly id: string;
  readonly number: string;
  readonly createdAt: string;
}

export type OrderView =
  | {readonly status: 'loading'}
  /** `connection`: how the page hears of changes now. */
  | {readonly status: 'ready'; readonly order: Order; readonly connection: 'live' | 'polling' | 'settled' | 'offline'}
  | {readonly status: 'failed'; readonly error: KeystallError; retry(): void}
  /** This device does not hold the order's token. */
  | {readonly status: 'locked'};

export type OrderPaymentState =
  /** The order is not at hand yet, or waits for no payment. */
  | {readonly step: 'none'}
  /** No payment is open: the buyer chooses how to pay. */
  | {readonly step: 'choosing'; readonly order: Order}
  | Extract<CheckoutState, {readonly step: 'opening_payment' | 'paying' | 'payment_failed'}>;

/** How an order can be paid that is there already. */
export interface OrderPayment extends Readable<OrderPaymentState> {
  /** Opens a payment, or goes on with the one that is open by the same method. */
  pay(method: string, options?: {readonly returnUrl?: string}): Promise<void>;
}

export interface Orders {
  /** Orders placed on this device, newest first; loading until its storage was read. */
  readonly known: Readable<Loaded<readonly KnownOrder[]>>;
  /** Follows one order for as long as somebody listens. `token` if this device does not know it. */
  watch(orderId: string, token?: string): Readable<OrderView>;
  /** The same for one order among many: asks now and then. */
  glance(orderId: string): Readable<OrderView>;
  /** The payment of an order that awaits one, wherever it was placed. `token` if this device does not know it. */
  payment(orderId: string, token?: string): Promise<OrderPayment>;
  /** Opens an order by what its buyer knows; from then on this device knows it. */
  lookUp(request: LookupRequest, options?: {readonly signal?: AbortSignal}): Promise<KnownOrder>;
  /** From now on this device knows an order that was opened elsewhere: the token opens it. */
  keep(order: KnownOrder, token: string): Promise<void>;
  /** This device forgets what opens the order. The order itself goes on. */
  forget(orderId: string): Promise<void>;
  /** Asks for the keys. They are kept nowhere. */
  keys(orderId: string, options?: {readonly signal?: AbortSignal; readonly token?: string}): Promise<Keys>;
  /** Ids of an order's keys that were marked as used, on this device. */
  usedKeys(orderId: string): Promise<readonly string[]>;
  /** Remembers on this device, by the key's id, whether a key was used; the shop is not told. */
  markKey(orderId: string, keyId: string, isUsed: boolean): Promise<void>;
}

/** What goes with each call about an order's tickets: `token` if this device does not know the order. */
export interface TicketCallOptions {
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * After-sales. A `key` names one deed of the buyer, a ticket, a message or a file: sent again under it, it is done once.
 * Answers that are lost are asked for again, under the same key.
 */
export interface Tickets {
  /** The tickets of an order, newest first; looked at again for as long as somebody listens. */
  of(orderId: string, token?: string): Readable<Loaded<readonly Ticket[]>>;
  /** The keys of an order by their places, to point at one. */
  keys(orderId: string, options?: TicketCallOptions): Promise<readonly KeyReference[]>;
  open(orderId: string, request: TicketRequest, key: string, options?: TicketCallOptions): Promise<Ticket>;
  write(
    ticket: Pick<Ticket, 'id' | 'orderId'>,
    text: string,
    key: string,
    options?: TicketCallOptions,
  ): Promise<Ticket>;
  attach(ticket: Pick<Ticket, 'id' | 'orderId'>, file: Blob, key: string, options?: TicketCallOptions): Promise<Ticket>;
  file(ticket: Pick<Ticket, 'id' | 'orderId'>, evidenceId: string, options?: TicketCallOptions): Promise<Blob>;
  /** A key for one deed. */
  newKey(): string;
}
