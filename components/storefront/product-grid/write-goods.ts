import {safeParse} from 'valibot';
import {productPageSchema} from '../../../src/contract/product.ts';
import type {GivenPage} from '../../../src/store/shop.ts';

/** A server hands the goods over to the browser, no more of them than is shown anyway, and says how old they are. */
export function writeGoods(grid: Element, goods: GivenPage | undefined): void {
  const {success, output} = safeParse(productPageSchema, goods);
  if (success) grid.setAttribute('goods', JSON.stringify({...output, asOf: goods?.asOf ?? Date.now()}));
}
