import {createClient} from '../client/client.ts';
import {browserEnvironment} from './browser-environment.ts';
import {createBrowse} from './browse.ts';
import {createCart} from './cart.ts';
import type {Environment} from './environment.ts';
import {createFormDraft} from './form-draft.ts';
import {createLazyBuying} from './lazy-buying.ts';
import {createPurchaseMarker} from './purchase-marker.ts';
import {createQueries} from './queries.ts';
import type {Shop} from './shop.ts';

export interface ShopOptions {
  /** Origin of the shop server, such as `https://shop.example`. */
  readonly address: string;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Default: the browser's clock, storage and tabs. */
  readonly environment?: Environment | undefined;
  /** BCP 47 tag of the reader's language, or what tells it whenever something is asked. */
  readonly lang?: string | (() => string | undefined) | undefined;
}

/**
 * One shop, without a view. Nothing is asked or opened until something is listened to or called.
 * @throws {TypeError} when the address is not an absolute http(s) address.
 */
export function createShop({address, fetch, environment = browserEnvironment(), lang}: ShopOptions): Shop {
  const language = typeof lang === 'function' ? lang : () => lang;
  const client = createClient({address, fetch, lang: language});
  const queries = createQueries(client);
  const cart = createCart(client, environment);
  const marker = createPurchaseMarker(environment, client.address);
  const draft = createFormDraft();
  const buying = createLazyBuying({client, environment, cart, draft, marker, language});

  return {
    address: client.address,
    client,
    info: queries.info,
    categories: queries.categories,
    products: queries.products,
    product: queries.product,
    watchProduct: queries.watchProduct,
    browse: createBrowse(),
    cards: async options => (await import('./card-list.ts')).createCardList(client, options),
    cart,
    draft,
    checkout: buying.checkout,
    orders: buying.orders,
    tickets: buying.tickets,
    dispose() {
      for (const part of [buying, cart, queries]) part.dispose();
    },
  };
}
