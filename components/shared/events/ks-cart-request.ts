/** Somebody wants to see the cart. Prevent it to show another. */
export class KsCartRequestEvent extends Event {
  constructor() {
    super('ks-cart-request', {bubbles: true, composed: true, cancelable: true});
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-cart-request': KsCartRequestEvent;
  }
}
