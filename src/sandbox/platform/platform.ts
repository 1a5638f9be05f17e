import {add, compare, isPositive, zero, type Money} from '../../domain/money.ts';
import type {Clock} from '../clock.ts';
import type {Random} from '../random.ts';
import {CardStock} from './card-stock.ts';
import type {Card} from './card.ts';
import type {Category, Choice, Good, Supplier} from './good.ts';
import type {Merchant, MerchantGroup} from './merchant.ts';
import type {Ledger, PlatformSnapshot} from './platform-state.ts';
import {SaleRefused, type PlatformOrder, type Sale} from './platform-order.ts';
import {raiseGood} from './price-move.ts';
import {tradeNumber} from './trade-number.ts';
import {Wallets} from './wallets.ts';

/** What the platform writes where a card should be; every word is the real platform's. */
export const apologyText = '很抱歉，有人在你付款之前抢走了商品，请联系客服。';
export const placeholderText = '正在发货中，请耐心等待，如有疑问，请联系客服。';

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
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #onChange: () => void;
  readonly #suppliers: Map<number, Supplier>;
  readonly #categories: Map<number, Category>;
  readonly #groups: Map<number, MerchantGroup>;
  readonly #goods: Map<number, Good>;
  readonly #idByCode: Map<string, number>;
  readonly #cards: CardStock;
  readonly #wallets: Wallets;
  readonly #orders: Map<string, PlatformOrder>;
  readonly #tradeNoByRequest = new Map<string, string>();
  readonly #nestedStock: Record<string, Record<string, number>>;
  readonly #timers = new Set<() => void>();

  constructor(options: PlatformOptions) {
    const {snapshot} = options;
    this.settings = options.settings ?? {};
    this.#clock = options.clock;
    this.#random = options.random;
    this.#onChange = options.onChange ?? (() => {});
    this.#suppliers = byId(snapshot.suppliers);
    this.#categories = byId(snapshot.categories);
    this.#groups = byId(snapshot.groups);
    this.#goods = byId(snapshot.goods);
    this.#idByCode = new Map(snapshot.goods.map(good => [good.code, good.id]));
    this.#cards = new CardStock(snapshot.cards, snapshot.nextCardId, options.seed);
    this.#wallets = new Wallets(snapshot.merchants, snapshot.movements);
    this.#orders = new Map(snapshot.orders.map(order => [order.tradeNo, order]));
    for (const order of snapshot.orders) {
      this.#remember(order);
    }
    this.#nestedStock = structuredClone(snapshot.nestedStock);
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
    return [...this.#suppliers.values()];
  }

  supplier(id: number): Supplier | undefined {
    return this.#suppliers.get(id);
  }

  categories(): readonly Category[] {
    return [...this.#categories.values()];
  }

  goods(): readonly Good[] {
    return [...this.#goods.values()];
  }

  good(code: string): Good | undefined {
    const id = this.#idByCode.get(code);
    return id === undefined ? undefined : this.#goods.get(id);
  }

  merchant(id: number): Merchant | undefined {
    return this.#wallets.find(id);
  }

  group(id: number | undefined): MerchantGroup | undefined {
    return id === undefined ? undefined : this.#groups.get(id);
  }

  order(tradeNo: string): PlatformOrder | undefined {
    return this.#orders.get(tradeNo);
  }

  /** All orders, oldest first. */
  orders(): readonly PlatformOrder[] {
    return [...this.#orders.values()];
  }

  /** The order a merchant's own number was used for. */
  orderByRequest(sale: Pick<Sale, 'merchantId' | 'requestNo' | 'requestScope'>): PlatformOrder | undefined {
    const tradeNo = this.#tradeNoByRequest.get(requestKey(sale) ?? '');
    return tradeNo === undefined ? undefined : this.#orders.get(tradeNo);
  }

  /** Orders a merchant ever placed for a good. */
  orderCount(merchantId: number, goodId: number): number {
    let count = 0;
    for (const order of this.#orders.values()) {
      if (order.merchantId === merchantId && order.goodId === goodId) count += 1;
    }
    return count;
  }

  /** Orders of a good that were handed over. */
  deliveredCount(goodId: number): number {
    let count = 0;
    for (const order of this.#orders.values()) {
      if (order.goodId === goodId && order.state !== 'awaiting_delivery') count += 1;
    }
    return count;
  }

  card(id: number): Card | undefined {
    return this.#cards.find(id);
  }

  /** Unsold cards of a choice, oldest first. */
  unsold(goodId: number, choice: Choice = {}): readonly Card[] {
    return this.#cards.unsold(goodId, choice);
  }

  /** Pieces that are really there. For a manual good: the number its operator typed in. */
  stock(good: Good, choice: Choice = {}): number {
    return good.delivery === 'manual' && !good.nested ? good.manualStock : this.unsold(good.id, choice).length;
  }

  /** A nested good's stock as last heard of; asks the next shop only when nothing is remembered. */
  rememberedStock(good: Good, key: string, choice: Choice): number {
    const remembered = this.#nestedStock[good.id]?.[key];
    return remembered ?? this.refreshNestedStock(good, key, choice);
  }

  refreshNestedStock(good: Good, key: string, choice: Choice): number {
    const count = this.unsold(good.id, choice).length;
    this.#nestedStock[good.id] = {...this.#nestedStock[good.id], [key]: count};
    this.#onChange();
    return count;
  }

  rememberedStocks(goodId: number): Readonly<Record<string, number>> | undefined {
    return this.#nestedStock[goodId];
  }

  /**
   * Checks what a sale needs, in the order the platform checks it: the picked card, the request number, the account,
   * the wallet.
   * @throws {SaleRefused}
   */
  authorise(sale: Sale): void {
    if (sale.pickedCardId !== undefined) {
      const card = this.card(sale.pickedCardId);
      if (!card || card.goodId !== sale.goodId) throw new SaleRefused('card_absent');
      if (card.state !== 'unsold') throw new SaleRefused('card_gone');
    }
    if (this.orderByRequest(sale)) {
      throw new SaleRefused('reference_used');
    }
    if (!isPositive(sale.amount)) return;
    const merchant = this.#wallets.must(sale.merchantId);
    if (merchant.banned) throw new SaleRefused('banned');
    if (compare(merchant.balance, sale.amount) < 0) throw new SaleRefused('insufficient_balance');
  }

  /**
   * Charges the wallet and hands cards over. When fewer cards are left than ordered, none is handed over and the
   * order says the platform's apology: charged all the same, as the real one does.
   * @throws {SaleRefused}
   */
  sell(sale: Sale): PlatformOrder {
    this.authorise(sale);
    const good = this.#mustGood(sale.goodId);
    const tradeNo = this.#freshTradeNo();
    if (isPositive(sale.amount)) this.#wallets.charge(sale.merchantId, sale.amount, tradeNo, this.now());
    const handedOver = this.#handOver(good, sale, tradeNo);
    const {pickedCardId: _picked, handOver: _handOver, ...asked} = sale;
    const order: PlatformOrder = {
      ...asked,
      ...handedOver,
      tradeNo,
      goodCode: good.code,
      ...(good.leaveMessage === undefined ? {} : {note: good.leaveMessage}),
      createdAt: this.now(),
      ...(handedOver.state === 'delivered' ? {deliveredAt: this.now()} : {}),
    };
    this.#orders.set(tradeNo, order);
    this.#remember(order);
    this.#deliverLater(order);
    this.#onChange();
    return order;
  }

  /**
   * What an operator does: writes the secret into an order that waits for it. Without a `secret`, as many as were
   * ordered are made up in the good's own form.
   * @throws {RangeError} when the order is absent or waits for nothing.
   */
  deliver(tradeNo: string, secret?: string): PlatformOrder {
    const order = this.#orders.get(tradeNo);
    if (!order) throw new RangeError(`There is no order "${tradeNo}" on the platform.`);
    if (order.state !== 'awaiting_delivery') {
      throw new RangeError(
        `Order "${tradeNo}" is ${order.state}; only an order that awaits delivery can be delivered.`,
      );
    }
    const good = this.#mustGood(order.goodId);
    const delivered: PlatformOrder = {
      ...order,
      secret: secret ?? this.#cards.makeSecrets(good, order.quantity).join('\n'),
      state: 'delivered',
      deliveredAt: this.now(),
    };
    this.#orders.set(tradeNo, delivered);
    this.#onChange();
    return delivered;
  }

  /**
   * What an operator does: pays an order back, in part or in full. The wallet rises by it.
   * @throws {RangeError} when the order is absent, or more would be paid back than was paid.
   */
  refund(tradeNo: string, amount: Money): PlatformOrder {
    const order = this.#orders.get(tradeNo);
    if (!order) throw new RangeError(`There is no order "${tradeNo}" on the platform.`);
    const refunded = add(order.refunded ?? zero(amount.currency), amount);
    if (!isPositive(amount) || compare(refunded, order.amount) > 0) {
      throw new RangeError(`Order "${tradeNo}" cost ${order.amount.amount}; ${refunded.amount} cannot be paid back.`);
    }
    this.#wallets.refund(order.merchantId, amount, tradeNo, this.now());
    const changed = {...order, refunded};
    this.#orders.set(tradeNo, changed);
    return this.#changed(changed);
  }

  /**
   * What a buyer does where the protocol lets them: asks for an order to be called off. No money moves by it.
   * @throws {RangeError} when the order is absent.
   */
  askBack(tradeNo: string): PlatformOrder {
    const order = this.#orders.get(tradeNo);
    if (!order) throw new RangeError(`There is no order "${tradeNo}" on the platform.`);
    const changed: PlatformOrder = {...order, askedBack: true};
    this.#orders.set(tradeNo, changed);
    return this.#changed(changed);
  }

  /** Puts exactly `count` pieces of a choice in stock: mints cards, or takes unsold ones away, newest first. */
  setStock(code: string, count: number, choice: Choice = {}): void {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new RangeError(`A stock is a whole number from 0, got ${count}.`);
    const good = this.#goodByCode(code);
    if (good.delivery === 'manual' && !good.nested) {
      this.#goods.set(good.id, {...good, manualStock: count});
    } else {
      this.#cards.setCount(good, choice, count);
    }
    this.#onChange();
  }

  /** Changes a good as its operator would, prices included. */
  changeGood(code: string, change: Partial<Omit<Good, 'id' | 'code'>>): Good {
    const changed = {...this.#goodByCode(code), ...change, updatedAt: this.now()};
    this.#goods.set(changed.id, changed);
    this.#onChange();
    return changed;
  }

  /** Raises every price of a good by whole per cent, rounded up to the cent. */
  raisePrices(code: string, percent: number): Good {
    return this.changeGood(code, raiseGood(this.#goodByCode(code), percent));
  }

  topUp(merchantId: number, amount: Money): Merchant {
    return this.#changed(this.#wallets.topUp(merchantId, amount, this.now()));
  }

  /** Money that leaves a wallet for something this shop knows nothing of; never more than there is. */
  spendElsewhere(merchantId: number, amount: Money): Merchant {
    return this.#changed(this.#wallets.spendElsewhere(merchantId, amount, this.now()));
  }

  setBanned(merchantId: number, banned: boolean): Merchant {
    return this.#changed(this.#wallets.setBanned(merchantId, banned));
  }

  ledger(): Ledger {
    return {
      orders: [...this.#orders.values()].map(order => ({
        ...order,
        cards: this.#cards.secretsOf(order.goodId, order.cardIds),
      })),
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
      groups: [...this.#groups.values()],
      goods: this.goods(),
      cards: this.#cards.all(),
      merchants: this.#wallets.merchants(),
      orders: [...this.#orders.values()],
      movements: this.#wallets.movements(),
      nestedStock: structuredClone(this.#nestedStock),
    };
  }

  #handOver(good: Good, sale: Sale, tradeNo: string): Pick<PlatformOrder, 'cardIds' | 'secret' | 'state'> {
    const waiting = {cardIds: [], secret: good.deliveryMessage || placeholderText, state: 'awaiting_delivery'} as const;
    if (sale.handOver === 'apology') return {cardIds: [], secret: apologyText, state: 'apologised'};
    if (sale.handOver === 'nothing') return {cardIds: [], secret: '', state: 'blank'};
    if (sale.handOver === 'placeholder') return waiting;
    if (good.delivery === 'manual' && !good.nested) {
      this.#goods.set(good.id, {...good, manualStock: Math.max(0, good.manualStock - sale.quantity)});
      return waiting;
    }
    const cards =
      sale.pickedCardId === undefined
        ? this.unsold(good.id, sale).slice(0, sale.quantity)
        : this.unsold(good.id).filter(card => card.id === sale.pickedCardId);
    if (cards.length < sale.quantity) return {cardIds: [], secret: apologyText, state: 'apologised'};
    this.#cards.markSold(cards, tradeNo);
    return {
      cardIds: cards.map(card => card.id),
      secret: this.#asOrdered(good, cards, sale.handOver).join('\n'),
      state: 'delivered',
    };
  }

  /** The secrets of cards, one too few or too many where a fault says so. */
  #asOrdered(good: Good, cards: readonly Card[], handOver: Sale['handOver']): readonly string[] {
    const secrets = cards.map(card => card.secret);
    if (handOver === 'one_short') return secrets.slice(1);
    return handOver === 'one_more' ? [...secrets, ...this.#cards.makeSecrets(good, 1)] : secrets;
  }

  #remember(order: PlatformOrder): void {
    const key = requestKey(order);
    if (key !== undefined) this.#tradeNoByRequest.set(key, order.tradeNo);
  }

  #deliverLater(order: PlatformOrder): void {
    const wait = this.settings.deliverManualAfterMs;
    if (wait === undefined || order.state !== 'awaiting_delivery') return;
    const cancel = this.#clock.after(Math.max(0, order.createdAt + wait - this.now()), () => {
      this.#timers.delete(cancel);
      if (this.#orders.get(order.tradeNo)?.state === 'awaiting_delivery') this.deliver(order.tradeNo);
    });
    this.#timers.add(cancel);
  }

  #changed<T>(result: T): T {
    this.#onChange();
    return result;
  }

  #freshTradeNo(): string {
    let tradeNo = tradeNumber(this.now(), this.#random);
    while (this.#orders.has(tradeNo)) tradeNo = tradeNumber(this.now(), this.#random);
    return tradeNo;
  }

  #goodByCode(code: string): Good {
    const good = this.good(code);
    if (!good) throw new RangeError(`There is no good with the code "${code}" on the platform.`);
    return good;
  }

  #mustGood(id: number): Good {
    const good = this.#goods.get(id);
    if (!good) throw new RangeError(`There is no good with the id ${id} on the platform.`);
    return good;
  }
}

/** Request numbers are compared without case and without trailing spaces, as the platform's database does. */
function requestKey({
  requestNo,
  requestScope,
  merchantId,
}: Pick<Sale, 'requestNo' | 'requestScope' | 'merchantId'>): string | undefined {
  if (requestNo === undefined || requestScope === 'order') return undefined;
  const owner = requestScope === 'merchant' ? merchantId : 'anybody';
  return `${owner}/${requestNo.replace(/ +$/, '').toLowerCase()}`;
}

function byId<T extends {readonly id: number}>(rows: readonly T[]): Map<number, T> {
  return new Map(rows.map(row => [row.id, row]));
}
