/** Registers every element of the storefront; those that few pages need, as soon as their tags appear. */
import './cart/define.ts';
import './cart-button/define.ts';
import './checkout/define.ts';
import './product-card/define.ts';
import './product-grid/define.ts';
import './shop/define.ts';
import {elementLoader} from '../shared/load-elements.ts';
import {reloadText} from './languages/language-for.ts';

if (globalThis.document) {
  const find = () => import('./define-finding.ts');
  elementLoader(
    {
      'ks-category-nav': find,
      'ks-filters': find,
      'ks-key-reveal': () => import('./key-reveal/define.ts'),
      'ks-order': () => import('./order/define.ts'),
      'ks-order-list': () => import('./order-list/define.ts'),
      'ks-order-lookup': () => import('./order-lookup/define.ts'),
      'ks-product': () => import('./product/define.ts'),
      'ks-search': find,
      'ks-ticket': () => import('./ticket/define.ts'),
    },
    reloadText,
  )(document);
}
