/** Somebody confirmed that this device shall forget an order. Prevent it to keep it. */
export class KsForgetRequestEvent extends Event {
  readonly orderId: string;

  constructor(orderId: string) {
    super('ks-forget-request', {bubbles: true, composed: true, cancelable: true});
    this.orderId = orderId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-forget-request': KsForgetRequestEvent;
  }
}
