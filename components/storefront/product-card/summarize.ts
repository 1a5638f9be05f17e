import type {ProductSummary} from '../../../src/contract/product.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import {compare} from '../../../src/domain/money.ts';
import {tierFor} from '../../../src/domain/product.ts';
import type {StockLevel} from '../../../src/domain/stock.ts';

/** Best first: a product is as available as its most available SKU. */
const levels: readonly StockLevel[] = ['in_stock', 'low', 'unknown', 'sold_out'];

/** A whole product as a list would show it; the server's own summaries follow the same rules. */
export function summarize(product: Product): ProductSummary | undefined {
  const {id, title, categoryId, categoryName, cover, delivery, minimum, skus} = product;
  const prices = skus.flatMap(sku => tierFor(sku.prices, minimum)?.price ?? []);
  const price = prices.reduce((least, other) => (compare(other, least) < 0 ? other : least), prices[0]!);
  const only = skus.length === 1 ? skus[0] : undefined;
  if (!price) return undefined;
  return {
    id,
    title,
    categoryId,
    categoryName,
    delivery,
    minimum,
    price,
    priceVaries: prices.some(other => compare(other, price) !== 0),
    stock: levels.find(level => skus.some(sku => sku.stock === level)) ?? 'sold_out',
    ...(cover !== undefined && {cover}),
    ...(only && {skuId: only.id}),
  };
}
