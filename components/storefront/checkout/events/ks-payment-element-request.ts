import type {ElementPayment} from '../../../shared/payment-elements.ts';
import {RequestEvent} from '../../../shared/events/request-event.ts';

/**
 * A payment is to be made in an element of its provider. Prevent it to put that element into `container`, which stands in
 * the page itself, and call `payment.completed()` when the buyer is done; else what `registerPaymentElement` was given
 * does so.
 */
export class KsPaymentElementRequestEvent extends RequestEvent {
  readonly container: HTMLElement;
  readonly payment: ElementPayment;

  constructor(container: HTMLElement, payment: ElementPayment) {
    super('ks-payment-element-request');
    this.container = container;
    this.payment = payment;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-payment-element-request': KsPaymentElementRequestEvent;
  }
}
