import type {GiftCardCall} from './gift-card-call.ts';
import {pageOf} from './pages.ts';
import {Problem} from './problem.ts';
import {nameOf, productById, productRow, productsOf, senderCurrency} from './product-rows.ts';

const usualSize = 200;

/** `GET /accounts/balance` */
export function balance({merchant}: GiftCardCall): unknown {
  return {balance: Number(merchant.balance.amount), currencyCode: senderCurrency, currencyName: 'US Dollar'};
}

/** `GET /products` */
export function products(call: GiftCardCall): unknown {
  const name = call.query.get('productName')?.toLowerCase() ?? '';
  const found = call.platform
    .goodsFor(call.merchant.id)
    .filter(({onSale}) => onSale)
    .flatMap(productsOf)
    .filter(product => nameOf(product).toLowerCase().includes(name));
  return pageOf(found, call.query, usualSize, product => productRow(product, call));
}

/** `GET /products/:id`; one that is not there is a bad request. */
export function product(call: GiftCardCall, id: string): unknown {
  const found = productById(call, Number(id));
  if (!found) throw new Problem(400, 'Product not found');
  return productRow(found, call);
}
