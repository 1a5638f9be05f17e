/**
 * Somebody wants help with an order, or with some of its keys, named by their ids; no secret is in it. Prevent it to lead
 * them to a help page of your own.
 */
export class KsTicketRequestEvent extends Event {
  readonly orderId: string;
  readonly keyIds: readonly string[];

  constructor(orderId: string, keyIds: readonly string[]) {
    super('ks-ticket-request', {bubbles: true, composed: true, cancelable: true});
    this.orderId = orderId;
    this.keyIds = keyIds;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-ticket-request': KsTicketRequestEvent;
  }
}
