import {addConfirmed} from '../../../src/store/add-confirmed.ts';
import type {NewCartLine, Shop} from '../../../src/store/shop.ts';
import type {WantedPieces} from '../../../src/store/line-for.ts';
import {closestScope} from '../../shared/closest-scope.ts';
import type {ShopScope} from '../../shared/shop-scope.ts';
import {openCart} from '../open-cart.ts';
import {openCheckout} from '../open-checkout.ts';
import {chooseLine} from './choose-line.ts';

/** The shop of one place of a page, and what a page's own script may do with the elements there. */
export interface PageShop {
  /** Cart, checkout, orders and catalogue, each to be read and subscribed to. */
  readonly shop: Shop;
  /** Shows the cart: the page's own, else a new one. Rejects when its code cannot be loaded. */
  openCart(): Promise<void>;
  closeCart(): void;
  /** Shows the checkout: the page's own, else one in a dialog. Rejects when its code cannot be loaded. */
  openCheckout(): Promise<void>;
  closeCheckout(): void;
  /**
   * Puts a good into the cart. Where it has several variants and none is named, the buyer is asked for one. Resolves with
   * the line once the shop server has confirmed it. Rejects with a `CartError` when it was taken back, with a
   * `KeystallError` when the good cannot be loaded, and with an `AbortError` when the buyer chose none.
   */
  add(productId: string, wanted?: WantedPieces): Promise<NewCartLine>;
}

/**
 * The shop at a place of the page; without one, the page's default shop.
 * @throws {Error} when the page has no shop there.
 */
export async function pageShop(place: Element = document.body): Promise<PageShop> {
  const scope = await closestScope(place);
  if (!scope) {
    throw new Error(
      'There is no shop at this place of the page. Load cdn/keystall.js from the shop server, call ' +
        'setDefaultShopAddress(), or hand over an element within <ks-shop api="…">.',
    );
  }
  return pageShopOf(scope);
}

export function pageShopOf(scope: ShopScope): PageShop {
  const {shop, ui} = scope;
  return {
    shop,
    openCart: () => openCart(scope),
    closeCart: () => ui.close('cart'),
    openCheckout: () => openCheckout(scope),
    closeCheckout: () => ui.close('checkout'),
    async add(productId, wanted) {
      const line = await chooseLine(scope, productId, wanted);
      await addConfirmed(shop.cart, line);
      return line;
    },
  };
}
