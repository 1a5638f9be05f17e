/** The shop server confirmed the payment of an order. A page that is loaded again may hear of it again. */
export class KsOrderPaidEvent extends Event {
  readonly orderId: string;
  readonly number: string;

  constructor(orderId: string, number: string) {
    super('ks-order-paid', {bubbles: true, composed: true});
    this.orderId = orderId;
    this.number = number;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-order-paid': KsOrderPaidEvent;
  }
}
