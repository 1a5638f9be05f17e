import type {NewCartLine} from '../../../src/store/shop.ts';

/** The shop server confirmed a good that somebody put into the cart. */
export class KsAddedEvent extends Event {
  readonly line: NewCartLine;

  constructor(line: NewCartLine) {
    super('ks-added', {bubbles: true, composed: true});
    this.line = line;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-added': KsAddedEvent;
  }
}
