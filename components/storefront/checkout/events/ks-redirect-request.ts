/** The page is about to be left for the payment. Prevent it to lead the buyer to `url` yourself. */
export class KsRedirectRequestEvent extends Event {
  readonly url: string;
  readonly orderId: string;

  constructor(url: string, orderId: string) {
    super('ks-redirect-request', {bubbles: true, composed: true, cancelable: true});
    this.url = url;
    this.orderId = orderId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-redirect-request': KsRedirectRequestEvent;
  }
}
