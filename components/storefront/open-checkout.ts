import type {ShopScope} from '../shared/shop-scope.ts';

export const loadCheckout = (): Promise<unknown> => import('./checkout/define.ts');

/** Leads to the checkout of a shop: the page's own, else one in a dialog. Rejects when its code cannot be loaded. */
export function openCheckout({ui, host}: Pick<ShopScope, 'ui' | 'host'>): Promise<void> {
  return ui.open('checkout', {
    host,
    load: loadCheckout,
    prepare: checkout => checkout.setAttribute('presentation', 'dialog'),
  });
}
