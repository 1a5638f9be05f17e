import {isPositive, type Money} from '../../domain/money.ts';
import type {Clock} from '../clock.ts';
import type {Random} from '../random.ts';
import {Assortment} from './assortment.ts';
import {CardStock} from './card-stock.ts';
import type {Card} from './card.ts';
import {isHandedOverByHand, type Category, type Choice, type Good, type Supplier} from './good.ts';
import type {Merchant, MerchantGroup, WalletMovement} from './merchant.ts';
import {NestedStock} from './nested-stock.ts';
import {OrderBook} from './order-book.ts';
import {isPaidBack, type PlatformOrder, type Sale} from './platform-order.ts';
import type {Ledger, PlatformSnapshot} from './platform-state.ts';
import {raiseGood} from './price-move.ts';
import {Supply} from './supply.ts';
import {TicketDesk} from './ticket-desk.ts';
import {checkLadder, Tiers, type TierStanding} from './tiers.ts';
import {Trade} from './trade.ts';
import {Wallets} from './wallets.ts';

export {apologyText, placeholderText} from './trade.ts';

/** When the fault `refund-later` pays back. */
const paidBackAfterMs = 60_000;

export interface PlatformSettings {
  /** How long a manual order waits before it is delivered by itself; absent: until an operator delivers it. */
  readonly deliverManualAfterMs?: number;
}

export interface PlatformOptions {
  readonly snapshot: PlatformSnapshot;
  readonly clock: Clock;
  readonly random: Random;
  /** Feeds the secrets of cards that are minted later. */
  readonly seed: string;
  readonly settings?: PlatformSettings;
  /** Called after every change, so that a process can write the snapshot down. */
  readonly onChange?: () => void;
}

/**
 * A card platform: goods, stock, wallets and orders, with no protocol. Every method is one synchronous step, so a
 * sale is atomic: either the wallet fell, the cards left the stock and the order exists, or nothing happened.
 */
export class Platform {
  settings: PlatformSettings;
  /** The suppliers' side: goods, cards, terms, statements. */
  readonly supply: Supply;
  /** After-sales. */
  readonly tickets: TicketDesk;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #assortment: Assortment;
  readonly #cards: CardStock;
  readonly #wallets: Wallets;
  readonly #orders: OrderBook;
  readonly #tiers: Tiers;
  readonly #trade: Trade;
  readonly #nestedStock: NestedStock;
  readonly #timers = new Set<() => void>();

  constructor({snapshot, clock, random, seed, settings = {}, onChange = () => {}}: PlatformOptions) {
    const now = (): number => clock.now();
    const assortment = new Assortment(snapshot);
    const cards = new CardStock(snapshot.cards, snapshot.nextCardId, seed);
    const wallets = new Wallets(snapshot.merchants, snapshot.movements, now());
    const orders = new OrderBook(snapshot.orders);
    const tiers = new Tiers({groups: () => assortment.groups(), orders, now});
    const trade = new Trade({assortment, cards, wallets, orders, tiers, random, now});
    this.settings = settings;
    this.supply = new Supply({assortment, cards, orders, now, onChange});
    this.tickets = new TicketDesk({tickets: snapshot.tickets ?? [], assortment, orders, trade, now, onChange});
    this.#clock = clock;
    this.#onChange = onChange;
    this.#assortment = assortment;
    this.#cards = cards;
    this.#wallets = wallets;
    this.#orders = orders;
    this.#tiers = tiers;
    this.#trade = trade;
    this.#nestedStock = new NestedStock(snapshot.nestedStock);
    for (const order of snapshot.orders) this.#deliverLater(order);
  }

  /** Stops every delivery that is still planned. */
  close(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  now(): number {
    return this.#clock.now();
  }

  suppliers(): readonly Supplier[] {
    return this.#assortment.suppliers();
  }

  supplier(id: number): Supplier | undefined {
    return this.#assortment.supplier(id);
  }

  categories(): readonly Category[] {
    return this.#assortment.categories();
  }

  /** Every good there is, whoever may see it. What a protocol lists is {@link goodsFor} an account. */
  goods(): readonly Good[] {
    return this.#assortment.goods();
  }

  /** The goods that a merchant's tier may see and buy. */
  goodsFor(merchantId: number): readonly Good[] {
    return this.goods().filter(good => this.isOpen(good, merchantId));
  }

  /** Whether a merchant's tier may see and buy a good. */
  isOpen(good: Good, merchantId: number): boolean {
    return good.exclusiveTo === undefined || this.#tiers.isOpen(good, this.#wallets.must(merchantId));
  }

  good(code: string): Good | undefined {
    return this.#assortment.good(code);
  }

  goodById(id: number): Good | undefined {
    return this.#assortment.goodById(id);
  }

  merchants(): readonly Merchant[] {
    return this.#wallets.merchants().map(merchant => this.#inTier(merchant));
  }

  /** A merchant as it stands now: in the group that its operator or its sales put it in. */
  merchant(id: number): Merchant | undefined {
    const merchant = this.#wallets.find(id);
    return merchant && this.#inTier(merchant);
  }

  group(id: number | undefined): MerchantGroup | undefined {
    return id === undefined ? undefined : this.#assortment.group(id);
  }

  groups(): readonly MerchantGroup[] {
    return this.#assortment.groups();
  }

  /**
   * Puts other groups in place of all there are.
   * @throws {Impossible} when two have one id or one mark, or somebody is in one that would be gone.
   */
  setGroups(groups: readonly MerchantGroup[]): void {
    checkLadder(groups, this.#wallets.merchants());
    this.#changed(this.#assortment.putGroups(groups));
  }

  /** @throws {RangeError} when there is no such merchant. */
  standing(merchantId: number): TierStanding {
    return this.#tiers.standing(this.#wallets.must(merchantId));
  }

  order(tradeNo: string): PlatformOrder | undefined {
    return this.#orders.find(tradeNo);
  }

  /** All orders, oldest first. A copy of the list: to find one, ask for it. */
  orders(): readonly PlatformOrder[] {
    return this.#orders.all();
  }

  /** One merchant's orders, oldest first. */
  ordersOf(merchantId: number): readonly PlatformOrder[] {
    return this.#orders.of(merchantId);
  }

  /** The place of an order in the list of all, from 0; nothing is ever taken out of that list. */
  placeOf({tradeNo}: Pick<PlatformOrder, 'tradeNo'>): number {
    return this.#orders.placeOf(tradeNo) ?? -1;
  }

  orderAt(place: number): PlatformOrder | undefined {
    return this.#orders.at(place);
  }

  /** The order a merchant's own number was used for. */
  orderByRequest(sale: Pick<Sale, 'merchantId' | 'requestNo' | 'requestScope'>): PlatformOrder | undefined {
    return this.#orders.byRequest(sale);
  }

  /** All orders a merchant used a number of its own for, oldest first. */
  ordersByReference(merchantId: number, requestNo: string): readonly PlatformOrder[] {
    return this.#orders.byReference(merchantId, requestNo);
  }

  /** Orders a merchant ever placed for a good. */
  orderCount(merchantId: number, goodId: number): number {
    return this.#orders.count(merchantId, goodId);
  }

  /** Orders of a good that were handed over. */
  deliveredCount(goodId: number): number {
    return this.#orders.deliveredCount(goodId);
  }

  card(id: number): Card | undefined {
    return this.#cards.find(id);
  }

  /** Unsold cards of a choice, oldest first. */
  unsold(goodId: number, choice: Choice = {}): readonly Card[] {
    return this.#cards.unsold(goodId, choice);
  }

  /** Pieces that are offered: what is really there, up to the supplier's cap. For a manual good: its operator's number. */
  stock(good: Good, choice: Choice = {}): number {
    return this.#trade.stock(good, choice);
  }

  /** Cards of a good that lie there, offered or not. */
  unsoldCount(good: Good): number {
    return this.#cards.count(good.id);
  }

  /** A nested good's stock as last heard of; asks the next shop only when nothing is remembered. */
  rememberedStock(good: Good, key: string, choice: Choice): number {
    return this.#nestedStock.of(good.id)?.[key] ?? this.refreshNestedStock(good, key, choice);
  }

  refreshNestedStock(good: Good, key: string, choice: Choice): number {
    return this.#changed(this.#nestedStock.remember(good.id, key, this.#cards.count(good.id, choice)));
  }

  rememberedStocks(goodId: number): Readonly<Record<string, number>> | undefined {
    return this.#nestedStock.of(goodId);
  }

  /**
   * Checks what a sale needs, in the order the platform checks it: the picked card, the request number, the tier, the
   * account, the wallet.
   * @throws {SaleRefused}
   */
  authorise(sale: Sale): void {
    this.#trade.authorise(sale);
  }

  /**
   * Charges the wallet and hands cards over. When fewer cards are left than ordered, none is handed over and the
   * order says the platform's apology: charged all the same, as the real one does.
   * @throws {SaleRefused}
   */
  sell(sale: Sale): PlatformOrder {
    const order = this.#trade.sell(sale);
    this.#deliverLater(order);
    if (sale.handOver === 'paid_back_later')
      this.#at(order.createdAt + paidBackAfterMs, () => this.#payBack(order.tradeNo));
    return this.#changed(order);
  }

  /**
   * What an operator does: writes the secret into an order that waits for it. Without a `secret`, as many as were
   * ordered are made up in the good's own form.
   * @throws {RangeError} when the order is absent or waits for nothing.
   */
  deliver(tradeNo: string, secret?: string): PlatformOrder {
    return this.#changed(this.#trade.deliver(tradeNo, secret));
  }

  /**
   * What an operator does: pays an order back, in part or in full. The wallet rises by it.
   * @throws {RangeError} when the order is absent, or more would be paid back than was paid.
   */
  refund(tradeNo: string, amount: Money): PlatformOrder {
    return this.#changed(this.#trade.refund(tradeNo, amount));
  }

  /**
   * What a buyer does where the protocol lets them: asks for an order to be called off. No money moves by it; the supplier
   * has a ticket to decide, and saying no ends the asking.
   * @throws {RangeError} when the order is absent.
   */
  askBack(tradeNo: string): PlatformOrder {
    const order = this.#orders.must(tradeNo);
    this.tickets.askBack(order);
    return this.#orders.must(tradeNo);
  }

  /** Puts exactly `count` pieces of a choice in stock: mints cards, or takes unsold ones away, newest first. */
  setStock(code: string, count: number, choice: Choice = {}): void {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`A stock is a whole number from 0, got ${count}.`);
    }
    const good = this.#assortment.must(code);
    if (isHandedOverByHand(good)) this.#assortment.put({...good, manualStock: count});
    else this.#cards.setCount(good, choice, count);
    this.#onChange();
  }

  /** Changes a good as its operator would, prices included. */
  changeGood(code: string, change: Partial<Omit<Good, 'id' | 'code'>>): Good {
    const changed = {...this.#assortment.must(code), ...change, updatedAt: this.now()};
    this.#assortment.put(changed);
    return this.#changed(changed);
  }

  /** Raises every price of a good by whole per cent, rounded up to the cent. */
  raisePrices(code: string, percent: number): Good {
    return this.changeGood(code, raiseGood(this.#assortment.must(code), percent));
  }

  topUp(merchantId: number, amount: Money): Merchant {
    return this.#changed(this.#wallets.topUp(merchantId, amount, this.now()));
  }

  /** Money that leaves a wallet for something this shop knows nothing of; never more than there is. */
  spendElsewhere(merchantId: number, amount: Money): Merchant {
    return this.#changed(this.#wallets.spendElsewhere(merchantId, amount, this.now()));
  }

  /** Somebody this shop knows nothing of buys pieces of a good; never more than there are. */
  sellElsewhere(code: string, count = Infinity): void {
    this.#changed(this.#trade.sellElsewhere(this.#assortment.must(code), count));
  }

  /** One wallet's movements, oldest first: they add up to its balance. */
  movementsOf(merchantId: number): readonly WalletMovement[] {
    return this.#wallets.statement(merchantId);
  }

  /** Puts a merchant into a group; its sales may lift it above that. */
  setGroup(merchantId: number, groupId: number): Merchant {
    if (!this.group(groupId)) throw new RangeError(`There is no group ${groupId} on the platform.`);
    return this.#changed(this.#wallets.change(merchantId, {groupId}));
  }

  setBanned(merchantId: number, banned: boolean): Merchant {
    return this.#changed(this.#wallets.change(merchantId, {banned}));
  }

  ledger(): Ledger {
    return {
      orders: this.#orders.all().map(order => ({...order, cards: this.#cards.secretsOf(order.cardIds)})),
      movements: this.#wallets.movements(),
      balances: Object.fromEntries(this.#wallets.merchants().map(({id, balance}) => [id, balance.amount])),
      stock: Object.fromEntries(this.goods().map(good => [good.code, this.stock(good)])),
    };
  }

  snapshot(): PlatformSnapshot {
    return {
      version: 1,
      nextCardId: this.#cards.nextId,
      suppliers: this.suppliers(),
      categories: this.categories(),
      groups: this.groups(),
      goods: this.goods(),
      cards: this.#cards.all(),
      merchants: this.#wallets.merchants(),
      orders: this.#orders.all(),
      movements: this.#wallets.movements(),
      tickets: this.tickets.all(),
      nestedStock: this.#nestedStock.all(),
    };
  }

  #inTier(merchant: Merchant): Merchant {
    const tier = this.#tiers.of(merchant);
    return tier === undefined || tier.id === merchant.groupId ? merchant : {...merchant, groupId: tier.id};
  }

  #deliverLater(order: PlatformOrder): void {
    const wait = this.settings.deliverManualAfterMs;
    if (wait === undefined || order.state !== 'awaiting_delivery') return;
    this.#at(order.createdAt + wait, () => {
      if (this.#isStillWanted(order.tradeNo)) this.deliver(order.tradeNo);
    });
  }

  #at(time: number, task: () => void): void {
    const cancel = this.#clock.after(Math.max(0, time - this.now()), () => {
      this.#timers.delete(cancel);
      task();
    });
    this.#timers.add(cancel);
  }

  /** What is left of an order's price goes back, and its cards are worthless. */
  #payBack(tradeNo: string): void {
    const left = this.#trade.refundable(tradeNo);
    if (!isPositive(left)) return;
    this.#trade.refund(tradeNo, left);
    this.#trade.voidCards(tradeNo);
    this.#onChange();
  }

  /** Nobody delivers what was paid back in full. */
  #isStillWanted(tradeNo: string): boolean {
    const order = this.#orders.must(tradeNo);
    return order.state === 'awaiting_delivery' && !isPaidBack(order);
  }

  #changed<T>(result: T): T {
    this.#onChange();
    return result;
  }
}
