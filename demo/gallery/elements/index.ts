import type {ElementEntry} from '../element-entry.ts';
import {cart} from './ks-cart.ts';
import {cartButton} from './ks-cart-button.ts';
import {categoryNav} from './ks-category-nav.ts';
import {checkout} from './ks-checkout.ts';
import {filters} from './ks-filters.ts';
import {keyReveal} from './ks-key-reveal.ts';
import {order} from './ks-order.ts';
import {orderList} from './ks-order-list.ts';
import {orderLookup} from './ks-order-lookup.ts';
import {product} from './ks-product.ts';
import {productCard} from './ks-product-card.ts';
import {productGrid} from './ks-product-grid.ts';
import {search} from './ks-search.ts';
import {shop} from './ks-shop.ts';
import {ticket} from './ks-ticket.ts';

/** By tag name. An element of the manifest without an entry is shown in its one usual state. */
const entries: Readonly<Record<string, ElementEntry>> = {
  'ks-product-grid': productGrid,
  'ks-product-card': productCard,
  'ks-product': product,
  'ks-search': search,
  'ks-category-nav': categoryNav,
  'ks-filters': filters,
  'ks-cart-button': cartButton,
  'ks-cart': cart,
  'ks-checkout': checkout,
  'ks-order': order,
  'ks-order-list': orderList,
  'ks-order-lookup': orderLookup,
  'ks-key-reveal': keyReveal,
  'ks-ticket': ticket,
  'ks-shop': shop,
};

export const entryTags: readonly string[] = Object.keys(entries);

export function entryOf(tagName: string): ElementEntry {
  return entries[tagName] ?? {name: {zh: tagName, en: tagName}, summary: '', room: 'frame', states: {default: usual}};
}

const usual = {name: {zh: '默认', en: 'Default'}};
