import {RequestEvent} from './request-event.ts';

/** Somebody wants to see the cart. Prevent it to show another. */
export class KsCartRequestEvent extends RequestEvent {
  constructor() {
    super('ks-cart-request');
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-cart-request': KsCartRequestEvent;
  }
}
