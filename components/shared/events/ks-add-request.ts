import type {NewCartLine} from '../../../src/store/shop.ts';
import {RequestEvent} from './request-event.ts';

/**
 * Somebody wants to put a good into the cart. Prevent it to do something else instead. Its `promise` resolves when the
 * shop server has confirmed the good, and rejects with a `CartError` when it was taken back.
 */
export class KsAddRequestEvent extends RequestEvent {
  readonly line: NewCartLine;

  constructor(line: NewCartLine) {
    super('ks-add-request');
    this.line = line;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-add-request': KsAddRequestEvent;
  }
}
