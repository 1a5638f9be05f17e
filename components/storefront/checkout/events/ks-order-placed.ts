/** The shop server made an order of what the buyer agreed to in this page. It is not paid for yet. */
export class KsOrderPlacedEvent extends Event {
  readonly orderId: string;
  readonly number: string;

  constructor(orderId: string, number: string) {
    super('ks-order-placed', {bubbles: true, composed: true});
    this.orderId = orderId;
    this.number = number;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-order-placed': KsOrderPlacedEvent;
  }
}
