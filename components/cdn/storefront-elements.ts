import {languageFor} from '../storefront/languages/language-for.ts';
import {languages} from '../storefront/languages/languages.ts';
import {askForFirstGoods} from './first-goods.ts';
import type {ElementLoaders} from '../shared/load-elements.ts';

/** The storefront's elements by tag name, each with what loads and registers it; the words it will need come along. */
export const storefrontElements: ElementLoaders = {
  'ks-cart': element => withWords(element, import('../storefront/cart/define.ts')),
  'ks-cart-button': element => withWords(element, import('../storefront/cart-button/define.ts')),
  'ks-category-nav': element => withWords(element, import('../storefront/category-nav/define.ts')),
  'ks-checkout': element => withWords(element, import('../storefront/checkout/define.ts'), 'purchase'),
  'ks-filters': element => withWords(element, import('../storefront/filters/define.ts')),
  'ks-key-reveal': element => withWords(element, import('../storefront/key-reveal/define.ts'), 'purchase'),
  'ks-order': element => withWords(element, import('../storefront/order/define.ts'), 'purchase'),
  'ks-order-list': element => withWords(element, import('../storefront/order-list/define.ts'), 'purchase'),
  'ks-order-lookup': element => withWords(element, import('../storefront/order-lookup/define.ts'), 'purchase'),
  'ks-product': element => withWords(element, import('../storefront/product/define.ts'), 'product'),
  'ks-product-card': element => withWords(element, import('../storefront/product-card/define.ts')),
  'ks-product-grid': element => withWords(askForFirstGoods(element), import('../storefront/product-grid/define.ts')),
  'ks-search': element => withWords(element, import('../storefront/search/define.ts')),
  'ks-shop': () => import('../storefront/shop/define.ts'),
  'ks-ticket': element => withWords(element, import('../storefront/ticket/define.ts'), 'purchase'),
};

type Part = 'purchase' | 'product';

/** @param parts the words it needs beside those of all elements */
function withWords<T>(element: Element, code: Promise<T>, ...parts: readonly Part[]): Promise<T> {
  const words = languages[languageFor(element)];
  // The element asks for them itself, and knows what to do without.
  for (const part of ['browse', ...parts] as const) words[part]().catch(() => {});
  return code;
}
