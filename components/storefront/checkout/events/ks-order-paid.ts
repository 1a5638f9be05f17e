import type {Order} from '../../../../src/contract/order.ts';
import type {Money} from '../../../../src/domain/money.ts';
import {goodsOf, type OrderedGood} from './ordered-good.ts';

/** The shop server confirmed the payment of an order. A page that is loaded again may hear of it again. */
export class KsOrderPaidEvent extends Event {
  readonly orderId: string;
  /** For people; opens nothing. */
  readonly number: string;
  readonly total: Money;
  readonly goods: readonly OrderedGood[];

  constructor({id, number, total, lines}: Order) {
    super('ks-order-paid', {bubbles: true, composed: true});
    this.orderId = id;
    this.number = number;
    this.total = total;
    this.goods = goodsOf(lines);
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-order-paid': KsOrderPaidEvent;
  }
}
