import {ContextEvent} from '@lit/context';
import {closestAcrossRoots} from './closest-across-roots.ts';
import {defaultShopAddress} from './default-shop-address.ts';
import {loadRegistry} from './loaded-registry.ts';
import {shopContext} from './shop-context.ts';
import type {ShopScope} from './shop-scope.ts';

/**
 * The shop that something at this place of the page belongs to, as an element there would find it: the nearest
 * `<ks-shop>`, even one whose code arrives later, else the page's default shop. Undefined if there is none.
 */
export async function closestScope(place: Element): Promise<ShopScope | undefined> {
  if (closestAcrossRoots(place, 'ks-shop:not(:defined)')) await customElements.whenDefined('ks-shop');
  let scope: ShopScope | undefined;
  place.dispatchEvent(new ContextEvent(shopContext, place, found => (scope = found)));
  const address = defaultShopAddress();
  return scope ?? (address === undefined ? undefined : (await loadRegistry()).defaultScope(address));
}
