import type {NewCartLine} from '../../../src/store/shop.ts';

/** Somebody wants to put a good into the cart. Prevent it to do something else instead. */
export class KsAddRequestEvent extends Event {
  readonly line: NewCartLine;

  constructor(line: NewCartLine) {
    super('ks-add-request', {bubbles: true, composed: true, cancelable: true});
    this.line = line;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-add-request': KsAddRequestEvent;
  }
}
