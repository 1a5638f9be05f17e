import {languages} from '../storefront/languages/languages.ts';
import {askForFirstGoods} from './first-goods.ts';
import {languageFor} from './language-for.ts';
import type {ElementLoaders} from '../shared/load-elements.ts';

/** The storefront's elements by tag name, each with what loads and registers it; the words it will need come along. */
export const storefrontElements: ElementLoaders = {
  'ks-cart': element => withWords(element, import('../storefront/cart/define.ts')),
  'ks-cart-button': element => withWords(element, import('../storefront/cart-button/define.ts')),
  'ks-category-nav': element => withFindWords(element, import('../storefront/category-nav/define.ts')),
  'ks-checkout': element => withAllWords(element, import('../storefront/checkout/define.ts')),
  'ks-filters': element => withFindWords(element, import('../storefront/filters/define.ts')),
  'ks-key-reveal': element => withAllWords(element, import('../storefront/key-reveal/define.ts')),
  'ks-order': element => withAllWords(element, import('../storefront/order/define.ts')),
  'ks-order-list': element => withEverything(element, import('../storefront/order-list/define.ts')),
  'ks-order-lookup': element => withEverything(element, import('../storefront/order-lookup/define.ts')),
  'ks-product': element => withProductWords(element, import('../storefront/product/define.ts')),
  'ks-product-card': element => withWords(element, import('../storefront/product-card/define.ts')),
  'ks-product-grid': element => withWords(askForFirstGoods(element), import('../storefront/product-grid/define.ts')),
  'ks-search': element => withFindWords(element, import('../storefront/search/define.ts')),
  'ks-shop': () => import('../storefront/shop/define.ts'),
  'ks-ticket': element => withEverything(element, import('../storefront/ticket/define.ts')),
};

type Part = 'browse' | 'find' | 'purchase' | 'aftersales' | 'product';

function withWords<T>(element: Element, code: Promise<T>, parts: readonly Part[] = ['browse']): Promise<T> {
  const words = languages[languageFor(element)];
  // The element asks for them itself, and knows what to do without.
  for (const part of parts) words[part]().catch(() => {});
  return code;
}

const withAllWords = <T>(element: Element, code: Promise<T>): Promise<T> =>
  withWords(element, code, ['browse', 'purchase']);

const withProductWords = <T>(element: Element, code: Promise<T>): Promise<T> =>
  withWords(element, code, ['browse', 'product']);

const withEverything = <T>(element: Element, code: Promise<T>): Promise<T> =>
  withWords(element, code, ['browse', 'purchase', 'aftersales']);

const withFindWords = <T>(element: Element, code: Promise<T>): Promise<T> =>
  withWords(element, code, ['browse', 'find']);
