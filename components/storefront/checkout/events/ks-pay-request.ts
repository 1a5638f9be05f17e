import type {Money} from '../../../../src/domain/money.ts';

/** Somebody pressed the button that pays. Prevent it to stop the purchase there; nothing has been sent yet. */
export class KsPayRequestEvent extends Event {
  readonly total: Money;
  /** Id of the chosen payment method. */
  readonly method: string;

  constructor(total: Money, method: string) {
    super('ks-pay-request', {bubbles: true, composed: true, cancelable: true});
    this.total = total;
    this.method = method;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-pay-request': KsPayRequestEvent;
  }
}
