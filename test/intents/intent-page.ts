/**
 * A page with a checkout and nothing else, for test/intents/intents.test.ts. Its address says which shop, and on the
 * first visit which line to put into the cart: `?shop=…&line={…}`.
 */
import '../../components/storefront/checkout/define.ts';
import '../../components/storefront/shop/define.ts';
import {createShop, type NewCartLine} from '../../src/index.ts';

const query = new URLSearchParams(location.search);
const shop = createShop({address: query.get('shop')!});
const line = query.get('line');
if (line !== null) {
  // A reload finds the cart as it is.
  query.delete('line');
  history.replaceState(null, '', `?${query}`);
  shop.cart.add(JSON.parse(line) as NewCartLine).catch(() => undefined);
}
const element = document.createElement('ks-shop');
element.shop = shop;
element.append(document.createElement('ks-checkout'));
document.body.append(element);
