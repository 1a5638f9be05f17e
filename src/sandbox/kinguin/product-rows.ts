import type {Good} from '../platform/good.ts';
import {goodIdOf, skusOf, unitPrice, type Sku} from '../platform/skus.ts';
import type {EsaCall} from './esa-call.ts';
import {atomTime} from './problem.ts';

const defaultOverstatement = 5;

/** What Kinguin sells: one product is one kind of a good, and its number is the SKU's. */
export interface Product {
  readonly good: Good;
  readonly sku: Sku;
}

/** Keys need nothing from their buyer; what does is not sold here. */
function isKnown(good: Good): boolean {
  return good.shared && !good.hidden && good.fields.length === 0;
}

export function productsOf(good: Good): readonly Product[] {
  return isKnown(good) ? skusOf(good).map(sku => ({good, sku})) : [];
}

/** 24 hexadecimal digits, of which the last 16 count. */
export function productId({sku}: Product): string {
  return `5c9b6866${sku.id.toString(16).padStart(16, '0')}`;
}

export function kinguinIdOf(id: string): number {
  return /^5c9b6866[0-9a-f]{16}$/.test(id) ? Number.parseInt(id.slice(8), 16) : -1;
}

export function productByNumber({platform, merchant}: EsaCall, kinguinId: number): Product | undefined {
  const good = platform.goodById(goodIdOf(kinguinId));
  if (!good || !platform.isOpen(good, merchant.id)) return undefined;
  return productsOf(good).find(({sku}) => sku.id === kinguinId);
}

export function offerId({sku}: Product): string {
  return `5f7efd27${sku.id.toString(16).padStart(16, '0')}`;
}

export function nameOf({good, sku}: Product): string {
  return [good.title, ...Object.values(sku.specValues)].join(' ');
}

export function changedAt({updatedAt, createdAt}: Good): number {
  return updatedAt ?? createdAt;
}

/** The number that the platform writes in yuan is euros here. */
export function priceOf({good, sku}: Product, {group}: Pick<EsaCall, 'group'>): number {
  return Number(unitPrice(good, sku, group).amount);
}

/** A product as everybody reads it: with one seller, as long as there is something to sell. */
export function productRow(product: Product, call: EsaCall): unknown {
  const {platform, strike, origin} = call;
  const {good, sku} = product;
  const overstated = strike.get('overstated-stock');
  const extra = overstated ? (overstated.extra ?? defaultOverstatement) : 0;
  const qty = good.onSale ? platform.stock(good, sku.choice) + extra : 0;
  const isDeclared = good.delivery === 'manual' && !good.nested;
  const price = good.onSale ? priceOf(product, call) : 0;
  const offers = [
    {
      name: nameOf(product),
      offerId: offerId(product),
      price,
      qty,
      availableQty: isDeclared ? 0 : qty,
      textQty: qty,
      availableTextQty: isDeclared ? 0 : qty,
      merchantName: platform.supplier(good.supplierId)?.name ?? 'KinguinHK',
      isPreorder: false,
      releaseDate: atomTime(good.createdAt).slice(0, 10),
      wholesale: {enabled: false, tiers: []},
    },
  ].filter(() => qty > 0);
  return {
    kinguinId: sku.id,
    productId: productId(product),
    cheapestOfferId: offers.map(offer => offer.offerId),
    name: nameOf(product),
    originalName: good.titleEn,
    description: good.description,
    platform: platformNameOf(product, call),
    genres: [],
    price,
    qty,
    textQty: qty,
    totalQty: qty,
    offersCount: offers.length,
    offers,
    isPreorder: false,
    releaseDate: atomTime(good.createdAt).slice(0, 10),
    regionId: 3,
    regionalLimitations: 'Region free',
    countryLimitation: [],
    merchantName: offers.map(offer => offer.merchantName),
    ...(good.cover !== undefined && {
      images: {screenshots: [], cover: {url: new URL(good.cover, origin).href, thumbnail: ''}},
    }),
    activationDetails: '',
    tags: [],
    updatedAt: atomTime(changedAt(good)),
  };
}

export function platformNameOf({good}: Product, {platform}: Pick<EsaCall, 'platform'>): string {
  return platform.categories().find(({id}) => id === good.categoryId)?.name ?? 'Other';
}
