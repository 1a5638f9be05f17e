import {RequestEvent} from '../../../shared/events/request-event.ts';

/** Somebody confirmed that this device shall forget an order. Prevent it to keep it. */
export class KsForgetRequestEvent extends RequestEvent {
  readonly orderId: string;

  constructor(orderId: string) {
    super('ks-forget-request');
    this.orderId = orderId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-forget-request': KsForgetRequestEvent;
  }
}
