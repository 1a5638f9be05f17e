import type {Money} from '../../../../src/domain/money.ts';
import {RequestEvent} from '../../../shared/events/request-event.ts';

/**
 * Somebody pressed the button that pays. Prevent it to stop the purchase there; nothing has been sent yet. Its `promise`
 * resolves when the press is answered: whether there is an order then is for `ks-order-placed` to say.
 */
export class KsPayRequestEvent extends RequestEvent {
  readonly total: Money;
  /** Id of the chosen payment method. */
  readonly method: string;

  constructor(total: Money, method: string) {
    super('ks-pay-request');
    this.total = total;
    this.method = method;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-pay-request': KsPayRequestEvent;
  }
}
