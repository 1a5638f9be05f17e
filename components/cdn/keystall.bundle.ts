/**
 * The one-file entry, `cdn/keystall.bundle.js`: the elements of the storefront, registered at once, but for those that
 * are a page of their own, whose code waits beside it until their tag appears. Its own origin is the default shop, as
 * with `keystall.js`.
 */
import './default-to-own-origin.ts';
import '../storefront/define-frequent.ts';
import {loadOnNeed} from './load-on-need.ts';

loadOnNeed({'ks-product': () => import('../storefront/product/define.ts')})(document);
