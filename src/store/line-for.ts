import type {Product} from '../contract/product-details.ts';
import {tierFor} from '../domain/product.ts';
import {CartError} from './cart-error.ts';
import type {NewCartLine} from './shop.ts';

export interface WantedPieces {
  /** Which variant; needed where there are several. */
  readonly skuId?: string | undefined;
  /** Pieces; the least the good is sold in if absent. */
  readonly quantity?: number | undefined;
}

/**
 * The cart line for a good of the catalogue, at the price for that many pieces. Undefined where the buyer has to choose
 * among variants first.
 * @throws {CartError} when there is no such variant.
 */
export function lineFor(product: Product, {skuId, quantity}: WantedPieces = {}): NewCartLine | undefined {
  const {skus} = product;
  if (skuId === undefined && skus.length > 1) return undefined;
  const sku = skuId === undefined ? skus[0] : skus.find(({id}) => id === skuId);
  const pieces = quantity ?? Math.max(1, product.minimum);
  const tier = sku && tierFor(sku.prices, pieces);
  if (!tier) throw new CartError(skuId ?? product.id, {kind: 'unavailable'});
  const {id, title, categoryName, cover} = product;
  return {
    skuId: sku.id,
    productId: id,
    title,
    choices: sku.choices,
    price: tier.price,
    categoryName,
    quantity: pieces,
    ...(cover !== undefined && {cover}),
  };
}
