import type {ShopScope} from '../shared/shop-scope.ts';
import {languageOf} from '../shared/words/language-of.ts';
import {purchaseWords} from './languages/word-packs.ts';

/** Loads the checkout's code, and its words on the same way. */
export function loadCheckout(host: Element): Promise<unknown> {
  void purchaseWords.load(languageOf(host));
  return import('./checkout/define.ts');
}

/** Leads to the checkout of a shop: the page's own, else one in a dialog. Rejects when its code cannot be loaded. */
export function openCheckout({ui, host}: Pick<ShopScope, 'ui' | 'host'>): Promise<void> {
  return ui.open('checkout', {
    host,
    load: () => loadCheckout(host),
    prepare: checkout => checkout.setAttribute('presentation', 'dialog'),
  });
}
