import {add, compare, isPositive, subtract, zero, type Money} from '../../domain/money.ts';
import type {Random} from '../random.ts';
import {Impossible} from './impossible.ts';
import type {Assortment} from './assortment.ts';
import type {CardStock} from './card-stock.ts';
import type {Card} from './card.ts';
import {isHandedOverByHand, type Choice, type Good} from './good.ts';
import type {OrderBook} from './order-book.ts';
import {isPaidBack, SaleRefused, type PlatformOrder, type Sale} from './platform-order.ts';
import type {Tiers} from './tiers.ts';
import {tradeNumber} from './trade-number.ts';
import type {Wallets} from './wallets.ts';

/** What the platform writes where a card should be; every word is the real platform's. */
export const apologyText = '很抱歉，有人在你付款之前抢走了商品，请联系客服。';
export const placeholderText = '正在发货中，请耐心等待，如有疑问，请联系客服。';

export interface TradeOptions {
  readonly assortment: Assortment;
  readonly cards: CardStock;
  readonly wallets: Wallets;
  readonly orders: OrderBook;
  readonly tiers: Tiers;
  readonly random: Random;
  readonly now: () => number;
}

/** New cards in place of the ones that did not work. */
export interface Replacement {
  /** Which of the order's cards; all that still count if absent. */
  readonly cardIds?: readonly number[];
  /** What is handed over instead, one for each; absent: from the stock, or made up where a person delivers. */
  readonly secrets?: readonly string[];
}

/**
 * What moves wallets, cards and orders together. Every method is one synchronous step: either all of it happened, or it
 * threw and nothing did.
 */
export class Trade {
  readonly #assortment: Assortment;
  readonly #cards: CardStock;
  readonly #wallets: Wallets;
  readonly #orders: OrderBook;
  readonly #tiers: Tiers;
  readonly #random: Random;
  readonly #now: () => number;

  constructor({assortment, cards, wallets, orders, tiers, random, now}: TradeOptions) {
    this.#assortment = assortment;
    this.#cards = cards;
    this.#wallets = wallets;
    this.#orders = orders;
    this.#tiers = tiers;
    this.#random = random;
    this.#now = now;
  }

  /** See `Platform.stock`. */
  stock(good: Good, choice: Choice = {}): number {
    const there = isHandedOverByHand(good) ? good.manualStock : this.#cards.count(good.id, choice);
    return Math.min(there, good.stockCap ?? Infinity);
  }

  /** See `Platform.authorise`. @throws {SaleRefused} */
  authorise(sale: Sale): void {
    if (sale.pickedCardId !== undefined) {
      const card = this.#cards.find(sale.pickedCardId);
      if (!card || card.goodId !== sale.goodId) throw new SaleRefused('card_absent');
      if (card.state !== 'unsold') throw new SaleRefused('card_gone');
    }
    if (this.#orders.byRequest(sale)) throw new SaleRefused('reference_used');
    const merchant = this.#wallets.must(sale.merchantId);
    if (!this.#tiers.isOpen(this.#assortment.must(sale.goodId), merchant)) throw new SaleRefused('tier_too_low');
    if (!isPositive(sale.amount)) return;
    if (merchant.banned) throw new SaleRefused('banned');
    if (compare(merchant.balance, sale.amount) < 0) throw new SaleRefused('insufficient_balance');
  }

  /** See `Platform.sell`. @throws {SaleRefused} */
  sell(sale: Sale): PlatformOrder {
    this.authorise(sale);
    const good = this.#assortment.must(sale.goodId);
    const commission = good.commission ?? this.#assortment.supplier(good.supplierId)?.commission;
    const tradeNo = this.#freshTradeNo();
    if (isPositive(sale.amount)) this.#wallets.charge(sale.merchantId, sale.amount, tradeNo, this.#now());
    const handedOver = this.#handOver(good, sale, tradeNo);
    const {pickedCardId: _picked, handOver: _handOver, ...asked} = sale;
    const order: PlatformOrder = {
      ...asked,
      ...handedOver,
      tradeNo,
      goodCode: good.code,
      supplierId: good.supplierId,
      ...(commission && {commission}),
      ...(good.leaveMessage === undefined ? {} : {note: good.leaveMessage}),
      createdAt: this.#now(),
      ...(handedOver.state === 'delivered' ? {deliveredAt: this.#now()} : {}),
    };
    this.#orders.add(order);
    return order;
  }

  /** See `Platform.deliver`. @throws {RangeError} */
  deliver(tradeNo: string, secret?: string): PlatformOrder {
    const order = this.#orders.must(tradeNo);
    if (order.state !== 'awaiting_delivery') {
      throw new Impossible(
        `Order "${tradeNo}" is ${order.state}; only an order that awaits delivery can be delivered.`,
      );
    }
    const good = this.#assortment.must(order.goodId);
    return this.#orders.replace({
      ...order,
      secret: secret ?? this.#cards.makeSecrets(good, order.quantity).join('\n'),
      state: 'delivered',
      deliveredAt: this.#now(),
    });
  }

  /** See `Platform.refund`. @throws {RangeError} */
  refund(tradeNo: string, amount: Money): PlatformOrder {
    const order = this.#orders.must(tradeNo);
    const refunded = add(order.refunded ?? zero(amount.currency), amount);
    if (!isPositive(amount) || compare(refunded, order.amount) > 0) {
      throw new Impossible(`Order "${tradeNo}" cost ${order.amount.amount}; ${refunded.amount} cannot be paid back.`);
    }
    this.#wallets.refund(order.merchantId, amount, tradeNo, this.#now());
    return this.#orders.replace({...order, refunded});
  }

  /** Takes the oldest pieces out of stock for somebody who is no merchant here. */
  sellElsewhere(good: Good, count: number): void {
    if (isHandedOverByHand(good)) {
      this.#assortment.put({...good, manualStock: Math.max(0, good.manualStock - count)});
    } else {
      this.#cards.markSold(this.#cards.oldest(good.id, {}, count));
    }
  }

  /** What of an order has not been paid back. */
  refundable(tradeNo: string): Money {
    const {amount, refunded} = this.#orders.must(tradeNo);
    return refunded ? subtract(amount, refunded) : amount;
  }

  /** @throws {RangeError} when one of the cards is none that the order still holds. */
  checkCards(tradeNo: string, cardIds: readonly number[]): void {
    checkOwn(this.#orders.must(tradeNo), cardIds);
  }

  /**
   * Takes cards of an order back as worthless, as the supplier that pays for them does.
   * @throws {RangeError} when one of them is none of the order's.
   */
  voidCards(tradeNo: string, cardIds?: readonly number[]): PlatformOrder {
    const order = this.#orders.must(tradeNo);
    const voided = cardIds ?? liveCards(order);
    checkOwn(order, voided);
    this.#cards.markVoid(voided);
    return this.#orders.replace({...order, voidCardIds: [...(order.voidCardIds ?? []), ...voided]});
  }

  /**
   * Hands over new cards for an order: in place of those that did not work, or where none was ever handed over.
   * @throws {RangeError} when a card is none of the order's, or there are not enough new ones.
   */
  replaceCards(tradeNo: string, {cardIds, secrets}: Replacement = {}): PlatformOrder {
    const order = this.#orders.must(tradeNo);
    const live = liveCards(order);
    const replaced = cardIds ?? live;
    checkOwn(order, replaced);
    const good = this.#assortment.must(order.goodId);
    const pieces = order.cardIds.length === 0 ? order.quantity : replaced.length;
    if (pieces === 0 || isPaidBack(order)) {
      throw new Impossible(`Nothing of order "${tradeNo}" is left to replace: it was paid back.`);
    }
    const fresh = this.#freshCards(good, order, pieces, secrets);
    this.#cards.markVoid(replaced);
    this.#cards.markSold(fresh, tradeNo);
    const kept = live.filter(id => !replaced.includes(id));
    const freshIds = fresh.map(({id}) => id);
    return this.#orders.replace({
      ...order,
      cardIds: [...order.cardIds, ...freshIds],
      ...(replaced.length > 0 && {voidCardIds: [...(order.voidCardIds ?? []), ...replaced]}),
      secret: this.#cards.secretsOf([...kept, ...freshIds]).join('\n'),
      state: 'delivered',
      deliveredAt: this.#now(),
    });
  }

  #freshCards(good: Good, order: PlatformOrder, pieces: number, secrets?: readonly string[]): readonly Card[] {
    if (secrets && secrets.length !== pieces) {
      throw new Impossible(`${pieces} cards are to be replaced, got ${secrets.length}.`);
    }
    const known = secrets?.find((secret, index) => this.#cards.knows(secret) || secrets.indexOf(secret) !== index);
    if (known !== undefined) throw new Impossible('One of the new cards is on the platform already.');
    const choice = choiceOf(order);
    if (secrets) return this.#cards.add(good, choice, secrets);
    if (isHandedOverByHand(good)) return this.#cards.add(good, choice, this.#cards.makeSecrets(good, pieces));
    const cards = this.#cards.oldest(good.id, choice, pieces);
    if (cards.length < pieces) {
      throw new Impossible(`${pieces} cards are to be replaced and ${cards.length} are in stock; send the new ones.`);
    }
    return cards;
  }

  #handOver(good: Good, sale: Sale, tradeNo: string): Pick<PlatformOrder, 'cardIds' | 'secret' | 'state'> {
    const waiting = {cardIds: [], secret: good.deliveryMessage || placeholderText, state: 'awaiting_delivery'} as const;
    const apology = {cardIds: [], secret: apologyText, state: 'apologised'} as const;
    if (sale.handOver === 'apology') return apology;
    if (sale.handOver === 'nothing') return {cardIds: [], secret: '', state: 'blank'};
    if (sale.handOver === 'placeholder') return waiting;
    if (isHandedOverByHand(good)) {
      this.#assortment.put({...good, manualStock: Math.max(0, good.manualStock - sale.quantity)});
      return waiting;
    }
    const cards =
      sale.pickedCardId === undefined
        ? this.#cards.oldest(good.id, sale, sale.quantity)
        : [this.#cards.find(sale.pickedCardId)!];
    if (cards.length < sale.quantity) return apology;
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

  #freshTradeNo(): string {
    let tradeNo = tradeNumber(this.#now(), this.#random);
    while (this.#orders.find(tradeNo)) tradeNo = tradeNumber(this.#now(), this.#random);
    return tradeNo;
  }
}

/** The cards of an order that were not taken back. */
function liveCards({cardIds, voidCardIds = []}: PlatformOrder): readonly number[] {
  return cardIds.filter(id => !voidCardIds.includes(id));
}

function checkOwn(order: PlatformOrder, cardIds: readonly number[]): void {
  const live = liveCards(order);
  const strange = cardIds.find((id, index) => !live.includes(id) || cardIds.indexOf(id) !== index);
  if (strange !== undefined) throw new Impossible(`Card ${strange} is none that order "${order.tradeNo}" still holds.`);
}

function choiceOf({race, options}: PlatformOrder): Choice {
  return {...(race !== undefined && {race}), ...(options && {options})};
}
