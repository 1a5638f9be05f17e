import {createContext} from '@lit/context';
import type {ShopScope} from './shop-scope.ts';

/**
 * The shop around an element, by the community protocol for context. `undefined` while a `<ks-shop>` has no address.
 * A registered symbol, so that elements of two bundles in one page find each other's shops. Its number goes with that
 * of the shop registry.
 */
export const shopContext = createContext<ShopScope | undefined>(Symbol.for('keystall.shop/1'));
