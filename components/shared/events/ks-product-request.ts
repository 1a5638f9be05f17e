/** Somebody wants to see a good's own page. Prevent it where your router leads there, or to show it yourself. */
export class KsProductRequestEvent extends Event {
  readonly productId: string;
  readonly href: string;

  constructor(productId: string, href: string) {
    super('ks-product-request', {bubbles: true, composed: true, cancelable: true});
    this.productId = productId;
    this.href = href;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-product-request': KsProductRequestEvent;
  }
}
