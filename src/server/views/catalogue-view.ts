import type {RichText} from '../../domain/rich-text.ts';
import {stockLevel, type Stock, type StockLevel} from '../../domain/stock.ts';
import type {Category, ProductSummary} from '../../contract/product.ts';
import type {Badge, Product} from '../../contract/product-details.ts';
import type {Shop} from '../../contract/shop.ts';
import {seenAt, type SeenSince} from '../catalogue/freshness.ts';
import {categoryNameIn, titleIn, wordIn} from '../catalogue/language.ts';
import type {CategoryRecord, ListingRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';

/*
 * What a buyer's page is told of the catalogue. Costs, platforms and exact stock figures stay here.
 */

export function shopView({config, payments}: ServerPorts, lang: string | undefined): Shop {
  return {
    name: config.shop.name,
    currency: config.shop.currency,
    locales: config.shop.locales,
    paymentMethods: payments.flatMap(({methods}) =>
      methods.map(({id, kind, labels}) => ({id, kind, label: wordIn(labels, lang) ?? Object.values(labels)[0] ?? id})),
    ),
    ...(config.coupons.length > 0 && {coupons: true}),
    ...(config.shop.reveal === 'isolated' && {isolatedReveal: true}),
    notices: config.shop.notices,
  };
}

export function categoryView(
  category: CategoryRecord & {readonly productCount: number},
  lang: string | undefined,
): Category {
  const {id, parentId, productCount} = category;
  return {id, name: categoryNameIn(category, lang), ...(parentId !== undefined && {parentId}), productCount};
}

export function summaryView(
  listing: ListingRecord,
  categoryName: string,
  isOfficial: boolean,
  seenSince: SeenSince,
  lang: string | undefined,
): ProductSummary {
  const {product} = listing;
  const [only, ...others] = product.skus;
  return {
    id: product.id,
    title: titleIn(listing, lang),
    categoryId: product.categoryId,
    categoryName,
    ...(product.cover !== undefined && {cover: product.cover}),
    delivery: product.delivery,
    price: listing.price,
    priceVaries: listing.priceVaries,
    stock: shelfLevel(product.skus.map(({stock}) => stock)),
    ...checkedAt(product.skus.map(({stock}) => seenAt(listing, stock, seenSince))),
    minimum: product.minimum,
    ...(only && others.length === 0 && {skuId: only.id}),
    ...(isOfficial && {official: true}),
  };
}

/** @param official what the shop itself answers for, where it does */
export function productView(
  listing: ListingRecord,
  categoryName: string,
  official: Badge | undefined,
  seenSince: SeenSince,
  lang: string | undefined,
): Product {
  const {product} = listing;
  return {
    id: product.id,
    title: titleIn(listing, lang),
    categoryId: product.categoryId,
    categoryName,
    description: richTextView(product.description),
    ...(product.notice && {notice: richTextView(product.notice)}),
    ...(product.cover !== undefined && {cover: product.cover}),
    pictures: [...(product.pictures ?? [])],
    badges: [
      ...(official ? [official] : []),
      ...(product.tags ?? []).map(text => ({text, evidence: 'platform' as const})),
    ],
    delivery: product.delivery,
    contact: product.contact,
    minimum: product.minimum,
    ...(product.maximum !== undefined && {maximum: product.maximum}),
    fields: product.fields.map(({options, ...field}) => ({...field, ...(options && {options: [...options]})})),
    options: product.options.map(({name, values}) => ({name, values: [...values]})),
    skus: product.skus.map(({id, choices, prices, stock}) => ({
      id,
      choices,
      prices: [...prices],
      stock: stockLevel(stock),
      ...checkedAt([seenAt(listing, stock, seenSince)]),
    })),
    ...(product.cards && {cards: true}),
  };
}

function richTextView(text: RichText): Product['description'] {
  return text.map(block =>
    block.kind === 'list'
      ? {...block, items: block.items.map(spans => [...spans])}
      : {...block, spans: [...block.spans]},
  );
}

/** The stock of a product is as old as what was seen longest ago of it. */
function checkedAt(moments: readonly (number | undefined)[]): {readonly checkedAt?: string} {
  const known = moments.filter(moment => moment !== undefined);
  return known.length === 0 ? {} : {checkedAt: new Date(Math.min(...known)).toISOString()};
}

/** The best that can be said of a product with several SKUs. */
function shelfLevel(stocks: readonly Stock[]): StockLevel {
  const levels = new Set(stocks.map(stockLevel));
  return (['in_stock', 'low', 'unknown'] as const).find(level => levels.has(level)) ?? 'sold_out';
}
