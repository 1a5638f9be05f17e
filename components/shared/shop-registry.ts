import {createShop} from '../../src/store/create-shop.ts';
import type {Shop} from '../../src/store/shop.ts';
import type {ShopScope} from './shop-scope.ts';
import {ShopUi} from './shop-ui.ts';
import type {Theme} from './theme.ts';
import {languageOf} from './words/language-of.ts';

/**
 * The shops of this page, one per address, so that elements in different corners of it share one cart. Kept on
 * `globalThis`, so that two bundles in one page share them too, as long as they mean the same by it: the number in the
 * key goes up when what is kept, `Shop` and `ShopUi` included, is no longer what an older bundle expects.
 */
interface ShopRegistry {
  readonly shops: Map<string, {readonly shop: Shop; readonly users: Element[]}>;
  readonly uis: WeakMap<Shop, ShopUi>;
  readonly defaults: Map<string, ShopScope>;
}

const key = Symbol.for('keystall/1');

/**
 * Borrows the shop at an address, made if nobody uses it yet; it is disposed of when the last user gave it back.
 * @param user whose language the shop server is asked in, until a later one comes
 */
export function borrowShop(
  address: string,
  user: Element = document.documentElement,
): {readonly shop: Shop; giveBack(): void} {
  const {shops} = registry();
  let entry = shops.get(address);
  if (!entry) {
    const users: Element[] = [];
    const lang = (): string => languageOf(users.at(-1) ?? document.documentElement);
    shops.set(address, (entry = {shop: createShop({address, lang}), users}));
  }
  const borrowed = entry;
  borrowed.users.push(user);
  return {
    shop: borrowed.shop,
    giveBack() {
      borrowed.users.splice(borrowed.users.lastIndexOf(user), 1);
      // An element that is moved within the page leaves and returns within one task.
      queueMicrotask(() => {
        if (borrowed.users.length > 0 || shops.get(address) !== borrowed) return;
        shops.delete(address);
        borrowed.shop.dispose();
      });
    },
  };
}

export function scopeOf(shop: Shop, host: HTMLElement, theme?: Theme): ShopScope {
  const {uis} = registry();
  let ui = uis.get(shop);
  if (!ui) uis.set(shop, (ui = new ShopUi(shop)));
  return {shop, ui, host, ...(theme && {theme})};
}

/** The scope of elements without a `<ks-shop>` around them. Its shop lives as long as the page. */
export function defaultScope(address: string): ShopScope {
  const {defaults} = registry();
  let scope = defaults.get(address);
  if (!scope) {
    const {shop, ui} = scopeOf(borrowShop(address).shop, document.body);
    scope = {
      shop,
      ui,
      // Some sites replace it at each visit to another page.
      get host() {
        return document.body;
      },
    };
    defaults.set(address, scope);
  }
  return scope;
}

function registry(): ShopRegistry {
  const page = globalThis as {[key]?: ShopRegistry};
  return (page[key] ??= {shops: new Map(), uis: new WeakMap(), defaults: new Map()});
}
