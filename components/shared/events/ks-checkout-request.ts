import type {CartState} from '../../../src/store/shop.ts';
import {RequestEvent} from './request-event.ts';

/** Somebody wants to pay for the cart. Prevent it to lead them to a checkout page of your own. */
export class KsCheckoutRequestEvent extends RequestEvent {
  readonly cart: CartState;

  constructor(cart: CartState) {
    super('ks-checkout-request');
    this.cart = cart;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-checkout-request': KsCheckoutRequestEvent;
  }
}
