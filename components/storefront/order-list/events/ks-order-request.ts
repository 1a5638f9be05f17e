/** Somebody wants to see an order. Prevent it to show it elsewhere. */
export class KsOrderRequestEvent extends Event {
  readonly orderId: string;

  constructor(orderId: string) {
    super('ks-order-request', {bubbles: true, composed: true, cancelable: true});
    this.orderId = orderId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-order-request': KsOrderRequestEvent;
  }
}
