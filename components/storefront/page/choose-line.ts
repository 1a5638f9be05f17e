import {CartError} from '../../../src/store/cart-error.ts';
import {lineFor, type WantedPieces} from '../../../src/store/line-for.ts';
import type {NewCartLine} from '../../../src/store/shop.ts';
import {whenReady} from '../../../src/store/when-ready.ts';
import type {ShopScope} from '../../shared/shop-scope.ts';
import {languageOf} from '../../shared/words/language-of.ts';
import {loadProductChoice} from '../load-product-choice.ts';
import type {KsProductChosenEvent} from '../product-card/product-choice/product-choice.ts';
import {summarize} from '../product-card/summarize.ts';

/** The cart line for a good; among several variants the buyer chooses one. Rejects with an `AbortError` if they do not. */
export async function chooseLine(scope: ShopScope, productId: string, wanted?: WantedPieces): Promise<NewCartLine> {
  const {shop, host} = scope;
  const product = await whenReady(shop.product(productId, languageOf(host)));
  const line = lineFor(product, wanted);
  if (line) return line;
  const summary = summarize(product);
  if (!summary) throw new CartError(productId, {kind: 'unavailable'});
  await loadProductChoice();
  const choice = document.createElement('ks-product-choice');
  choice.product = summary;
  return new Promise((resolve, reject) => {
    choice.addEventListener('ks-product-chosen', event => resolve((event as KsProductChosenEvent).line));
    choice.addEventListener('close', () => {
      choice.remove();
      // A dialog that closes after a choice has settled this before.
      reject(new DOMException('The buyer chose no variant.', 'AbortError'));
    });
    host.append(choice);
  });
}
