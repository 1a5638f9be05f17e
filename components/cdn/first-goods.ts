import {defaultShopAddress} from '../shared/default-shop-address.ts';
import {languageFor} from '../storefront/languages/language-for.ts';

/** In the order in which a grid names them. */
const attributes = ['sort', 'category', 'q', 'limit'];

/**
 * Asks for a grid's first goods before the code that shows them has arrived. The answer is in the browser's cache, or on
 * its way there, when the grid asks for the same: nobody waits for one after the other. Answers the grid.
 */
export function askForFirstGoods(grid: Element): Element {
  // The page brought them along.
  if (grid.hasAttribute('goods')) return grid;
  // In another shop, or where the page's address says what is looked at, the grid alone knows what to ask for.
  if (grid.closest('ks-shop') || (location.search && document.querySelector('[sync-url]'))) return grid;
  const query = new URLSearchParams({lang: languageFor(grid)});
  for (const name of attributes) {
    const value = grid.getAttribute(name);
    if (value) query.append(name, value);
  }
  // An answer that nobody reads does not get into the cache.
  fetch(`${defaultShopAddress()}/v1/products?${query}`, {credentials: 'omit'})
    .then(answer => answer.text())
    .catch(() => {});
  // The page's first formatter of numbers takes long to make; now nothing else is to be done.
  setTimeout(() => new Intl.NumberFormat());
  return grid;
}
