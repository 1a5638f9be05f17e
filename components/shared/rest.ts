import {safeParse} from 'valibot';
import {productPageSchema} from '../../src/contract/product.ts';
import type {GivenPage, ProductList} from '../../src/store/shop.ts';
import {givenList} from './given-list.ts';

/** What an element draws with on a server, and in a browser when it takes that over: no shop, but something of one. */
export interface Rest {
  /** Origin of the shop server; empty where it is not known. */
  readonly address: string;
  /** The goods that came with the page, if they are what they are to be, as a list that stays as it is. */
  products(given: GivenPage | undefined): ProductList | undefined;
}

export function restAt(address: string): Rest {
  return {
    address,
    products: given => (safeParse(productPageSchema, given).success ? givenList(given!) : undefined),
  };
}
