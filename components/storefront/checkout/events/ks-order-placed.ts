import type {Order} from '../../../../src/contract/order.ts';
import type {Money} from '../../../../src/domain/money.ts';
import {goodsOf, type OrderedGood} from './ordered-good.ts';

/** The shop server made an order of what the buyer agreed to in this page. It is not paid for yet. */
export class KsOrderPlacedEvent extends Event {
  readonly orderId: string;
  /** For people; opens nothing. */
  readonly number: string;
  readonly total: Money;
  readonly goods: readonly OrderedGood[];

  constructor({id, number, total, lines}: Order) {
    super('ks-order-placed', {bubbles: true, composed: true});
    this.orderId = id;
    this.number = number;
    this.total = total;
    this.goods = goodsOf(lines);
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-order-placed': KsOrderPlacedEvent;
  }
}
