import {add, subtract, zero, type Money} from '../../domain/money.ts';
import type {PlatformOrder, Sale} from './platform-order.ts';
import {shanghaiMonth} from './trade-number.ts';
import {platformCurrency} from './wallets.ts';

/** Every order, and each way one is looked for. Nothing here walks over all orders to find one. */
export class OrderBook {
  readonly #orders: PlatformOrder[] = [];
  readonly #placeByTradeNo = new Map<string, number>();
  readonly #placeByRequest = new Map<string, number>();
  readonly #placesByReference = new Map<string, number[]>();
  readonly #placesByMerchant = new Map<number, number[]>();
  readonly #countByBuyer = new Map<string, number>();
  readonly #deliveredByGood = new Map<number, number>();
  readonly #salesByMonth = new Map<string, Money>();

  constructor(orders: readonly PlatformOrder[]) {
    for (const order of orders) this.add(order);
  }

  /** All orders, oldest first. */
  all(): readonly PlatformOrder[] {
    return [...this.#orders];
  }

  /** One merchant's orders, oldest first. */
  of(merchantId: number): readonly PlatformOrder[] {
    return (this.#placesByMerchant.get(merchantId) ?? []).map(place => this.#orders[place]!);
  }

  find(tradeNo: string): PlatformOrder | undefined {
    const place = this.#placeByTradeNo.get(tradeNo);
    return place === undefined ? undefined : this.#orders[place];
  }

  /** @throws {RangeError} when there is no such order. */
  must(tradeNo: string): PlatformOrder {
    const order = this.find(tradeNo);
    if (!order) throw new RangeError(`There is no order "${tradeNo}" on the platform.`);
    return order;
  }

  /** How many orders are older; for protocols that count their orders. */
  placeOf(tradeNo: string): number | undefined {
    return this.#placeByTradeNo.get(tradeNo);
  }

  at(place: number): PlatformOrder | undefined {
    return this.#orders[place];
  }

  /** The order a merchant's own number was used for. */
  byRequest(sale: Pick<Sale, 'merchantId' | 'requestNo' | 'requestScope'>): PlatformOrder | undefined {
    const place = this.#placeByRequest.get(requestKey(sale) ?? '');
    return place === undefined ? undefined : this.#orders[place];
  }

  /** All orders a merchant used a number of its own for, oldest first. */
  byReference(merchantId: number, requestNo: string): readonly PlatformOrder[] {
    const places = this.#placesByReference.get(`${merchantId}/${folded(requestNo)}`) ?? [];
    return places.map(place => this.#orders[place]!);
  }

  /** Orders a merchant ever placed for a good. */
  count(merchantId: number, goodId: number): number {
    return this.#countByBuyer.get(`${merchantId}/${goodId}`) ?? 0;
  }

  /** Orders of a good that were handed over. */
  deliveredCount(goodId: number): number {
    return this.#deliveredByGood.get(goodId) ?? 0;
  }

  /** What a merchant bought in a month (`2026-11`, in Shanghai), less what of it was paid back since. */
  sales(merchantId: number, month: string): Money {
    return this.#salesByMonth.get(`${merchantId}/${month}`) ?? zero(platformCurrency);
  }

  add(order: PlatformOrder): void {
    const place = this.#orders.push(order) - 1;
    this.#placeByTradeNo.set(order.tradeNo, place);
    const request = requestKey(order);
    if (request !== undefined) this.#placeByRequest.set(request, place);
    if (order.requestNo !== undefined) {
      file(this.#placesByReference, `${order.merchantId}/${folded(order.requestNo)}`, place);
    }
    file(this.#placesByMerchant, order.merchantId, place);
    const buyer = `${order.merchantId}/${order.goodId}`;
    this.#countByBuyer.set(buyer, this.count(order.merchantId, order.goodId) + 1);
    this.#tally(order, 1);
  }

  /** Puts an order in place of what was known of it. */
  replace(order: PlatformOrder): PlatformOrder {
    const before = this.must(order.tradeNo);
    this.#orders[this.#placeByTradeNo.get(order.tradeNo)!] = order;
    this.#tally(before, -1);
    this.#tally(order, 1);
    return order;
  }

  #tally(order: PlatformOrder, sign: 1 | -1): void {
    if (order.state !== 'awaiting_delivery') {
      this.#deliveredByGood.set(order.goodId, this.deliveredCount(order.goodId) + sign);
    }
    const month = shanghaiMonth(order.createdAt);
    const sales = this.sales(order.merchantId, month);
    const net = order.refunded ? subtract(order.amount, order.refunded) : order.amount;
    this.#salesByMonth.set(`${order.merchantId}/${month}`, sign === 1 ? add(sales, net) : subtract(sales, net));
  }
}

/** Request numbers are compared without case and without trailing spaces, as the platform's database does. */
function requestKey({
  requestNo,
  requestScope,
  merchantId,
}: Pick<Sale, 'requestNo' | 'requestScope' | 'merchantId'>): string | undefined {
  if (requestNo === undefined || requestScope === 'order') return undefined;
  return `${requestScope === 'merchant' ? merchantId : 'anybody'}/${folded(requestNo)}`;
}

function folded(requestNo: string): string {
  return requestNo.replace(/ +$/, '').toLowerCase();
}

function file<Key>(index: Map<Key, number[]>, key: Key, place: number): void {
  const places = index.get(key);
  if (places) places.push(place);
  else index.set(key, [place]);
}
