/** An order was opened by its number, contact and password. */
export class KsOrderFoundEvent extends Event {
  readonly orderId: string;
  readonly number: string;

  constructor(orderId: string, number: string) {
    super('ks-order-found', {bubbles: true, composed: true});
    this.orderId = orderId;
    this.number = number;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-order-found': KsOrderFoundEvent;
  }
}
