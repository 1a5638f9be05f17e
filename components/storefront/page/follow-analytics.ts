import {multiply, type Money} from '../../../src/domain/money.ts';
import type {CartLine, NewCartLine} from '../../../src/store/shop.ts';
import type {RequestEvent} from '../../shared/events/request-event.ts';
import type {OrderedGood} from '../checkout/events/ordered-good.ts';

/** One good of a fact. Everything in it is from the catalogue. */
export interface AnalyticsItem {
  readonly productId: string;
  readonly skuId: string;
  readonly title: string;
  readonly quantity: number;
  /** Of one piece, as a decimal: `47.80`. */
  readonly price: string;
}

/**
 * Something that happened in the shop, for statistics. It holds goods and sums only: no name or number of an order, no
 * contact, nothing of a form, no token and no key, so that it may go to whoever a page measures with.
 */
export interface AnalyticsFact {
  readonly name: 'cart_opened' | 'good_added' | 'checkout_opened' | 'payment_begun' | 'order_placed' | 'order_paid';
  /** ISO 4217. */
  readonly currency?: string;
  /** What the goods cost together, as a decimal. */
  readonly value?: string;
  /** Id of the payment method. */
  readonly method?: string;
  readonly items?: readonly AnalyticsItem[];
}

/**
 * Calls `listener` with each fact, from whichever element or button of `root` it comes. A fact follows what happened:
 * what the page prevented or the shop server refused is none.
 *
 * @returns the way to stop
 */
export function followAnalytics(
  listener: (fact: AnalyticsFact) => void,
  root: Document | ShadowRoot | Element = document,
): () => void {
  const following = new AbortController();
  const {signal} = following;
  const on = <Name extends keyof HTMLElementEventMap & `ks-${string}`>(
    name: Name,
    factOf: (event: HTMLElementEventMap[Name]) => AnalyticsFact,
    happened: (event: HTMLElementEventMap[Name]) => Promise<unknown> = async () => {},
  ): void => {
    const listen = (event: Event): void => {
      const heard = event as HTMLElementEventMap[Name];
      const fact = factOf(heard);
      happened(heard).then(
        () => signal.aborted || listener(fact),
        () => {},
      );
    };
    root.addEventListener(name, listen, {signal});
  };
  on('ks-cart-request', () => ({name: 'cart_opened'}), isDone);
  on('ks-add-request', ({line}) => goodAdded(line), isDone);
  on(
    'ks-checkout-request',
    ({cart}) => ({name: 'checkout_opened', ...sumOf(cart.subtotal), items: cart.lines.map(itemOf)}),
    isDone,
  );
  // Its order may be placed before the press is answered: what is told first happened first.
  on('ks-pay-request', ({total, method}) => ({name: 'payment_begun', ...sumOf(total), method}), isAllowed);
  on('ks-order-placed', ({total, goods}) => ({name: 'order_placed', ...sumOf(total), items: goods.map(itemOf)}));
  on('ks-order-paid', ({total, goods}) => ({name: 'order_paid', ...sumOf(total), items: goods.map(itemOf)}));
  return () => following.abort();
}

const isDone = ({promise}: RequestEvent): Promise<void> => promise;

/** Known once every listener of the page had its turn. */
async function isAllowed(event: RequestEvent): Promise<void> {
  await Promise.resolve();
  if (event.defaultPrevented) await event.promise;
}

function goodAdded(line: NewCartLine): AnalyticsFact {
  const item = itemOf({...line, quantity: line.quantity ?? 1});
  return {name: 'good_added', ...sumOf(multiply(line.price, item.quantity)), items: [item]};
}

const sumOf = (sum: Money | undefined): Pick<AnalyticsFact, 'currency' | 'value'> =>
  sum ? {currency: sum.currency, value: sum.amount} : {};

type Good = OrderedGood | Pick<CartLine, 'productId' | 'skuId' | 'title' | 'quantity' | 'price'>;

/** Field by field, so that what a line comes to hold one day does not leave the page by itself. */
function itemOf(good: Good): AnalyticsItem {
  const {productId, skuId, title, quantity} = good;
  return {productId, skuId, title, quantity, price: ('price' in good ? good.price : good.unitPrice).amount};
}
