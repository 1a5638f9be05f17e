import type {ShopScope} from '../shared/shop-scope.ts';

export const loadCart = (): Promise<unknown> => import('./cart/define.ts');

/** Leads to the cart of a shop: the page's own, else a new one. Rejects when its code cannot be loaded. */
export function openCart({ui, host}: Pick<ShopScope, 'ui' | 'host'>): Promise<void> {
  return ui.open('cart', {host, load: loadCart});
}
