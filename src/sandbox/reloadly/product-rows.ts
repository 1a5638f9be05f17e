import type {Good} from '../platform/good.ts';
import {goodIdOf, skusOf, unitPrice, type Sku} from '../platform/skus.ts';
import type {GiftCardCall} from './gift-card-call.ts';

/** The platform's numbers are dollars here, and so is every account. */
export const senderCurrency = 'USD';
const recipientCurrency = 'CNY';
const worths = [10, 25, 50, 100];

/** What is sold: one product is one kind of a good, a card of one worth; its number is the SKU's. */
export interface Product {
  readonly good: Good;
  readonly sku: Sku;
}

/** Gift cards need nothing from their buyer; what does is not sold here. */
export function productsOf(good: Good): readonly Product[] {
  const isKnown = good.shared && !good.hidden && good.fields.length === 0;
  return isKnown ? skusOf(good).map(sku => ({good, sku})) : [];
}

export function productById({platform, merchant}: GiftCardCall, id: number): Product | undefined {
  const good = platform.goodById(goodIdOf(id));
  if (!good || !platform.isOpen(good, merchant.id)) return undefined;
  const found = productsOf(good).find(({sku}) => sku.id === id);
  return found?.good.onSale ? found : undefined;
}

export function nameOf({good, sku}: Product): string {
  return [good.title, ...Object.values(sku.specValues)].join(' ');
}

/** What is on the card, whatever it costs today. */
export function worthOf({sku}: Product): number {
  return worths[sku.id % worths.length]!;
}

/** How many there are is said nowhere. */
export function productRow(product: Product, {platform, group, origin}: GiftCardCall): unknown {
  const {good, sku} = product;
  const worth = worthOf(product);
  const price = Number(unitPrice(good, sku, group).amount);
  const category = platform.categories().find(({id}) => id === good.categoryId);
  return {
    productId: sku.id,
    productName: nameOf(product),
    global: false,
    senderFee: 0,
    discountPercentage: 0,
    denominationType: 'FIXED',
    recipientCurrencyCode: recipientCurrency,
    minRecipientDenomination: null,
    maxRecipientDenomination: null,
    senderCurrencyCode: senderCurrency,
    minSenderDenomination: null,
    maxSenderDenomination: null,
    fixedRecipientDenominations: [worth],
    fixedSenderDenominations: [price],
    fixedRecipientToSenderDenominationsMap: [{[worth.toFixed(2)]: price}],
    logoUrls: good.cover === undefined ? [] : [new URL(good.cover, origin).href],
    brand: {brandId: good.categoryId, brandName: category?.name ?? ''},
    country: {isoName: 'CN', name: 'China', flagUrl: 'https://cdn.example/cn.svg'},
    redeemInstruction: {concise: '', verbose: good.description},
  };
}
