import {defaultShopAddress} from '../shared/default-shop-address.ts';
import {firstGoods, type Awaiting} from '../shared/first-goods.ts';
import {languageAt} from '../storefront/languages/language-for.ts';

/** What of a page of goods, which nobody has checked yet, is looked at here. */
interface Page {
  readonly items: readonly {readonly cover?: string}[];
}

/** In the order in which a grid names them. */
const attributes = ['sort', 'category', 'q', 'limit'];

/**
 * Asks for a grid's first goods before the code that shows them has arrived, and leaves them for the grid: nobody waits
 * for one after the other. Answers the grid.
 */
export function askForFirstGoods(grid: Element): Element {
  // The page brought them along.
  if (grid.hasAttribute('goods')) return grid;
  // In another shop, or where the page's address says what is looked at, the grid alone knows what to ask for.
  if (grid.closest('ks-shop') || (location.search && document.querySelector('[sync-url]'))) return grid;
  const query = new URLSearchParams({lang: languageAt(grid)});
  for (const name of attributes) {
    const value = grid.getAttribute(name);
    if (value) query.append(name, value);
  }
  const address = `${defaultShopAddress()}/v1/products?${query}`;
  const answer = fetch(address, {credentials: 'omit'}).then(response => response.json() as Promise<Page>);
  (grid as Awaiting)[firstGoods] = {address, answer};
  answer
    .then<unknown>(({items}) => {
      // The page's first formatter of numbers takes long to make. Now the code is on its way, and so is what follows.
      setTimeout(() => new Intl.NumberFormat());
      // Most goods without a picture are in shops that have none at all.
      return items[0]!.cover ?? import('../shared/cover/drawn-cover.ts');
    })
    .catch(() => {});
  return grid;
}
