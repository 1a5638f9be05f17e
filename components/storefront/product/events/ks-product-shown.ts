import type {Product} from '../../../../src/contract/product-details.ts';

/** A good's own page shows the good: once per good, for the title of the page or a count of views. */
export class KsProductShownEvent extends Event {
  readonly product: Product;

  constructor(product: Product) {
    super('ks-product-shown', {bubbles: true, composed: true});
    this.product = product;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-product-shown': KsProductShownEvent;
  }
}
