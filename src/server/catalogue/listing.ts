import {compare} from '../../domain/money.ts';
import {priceTiers} from '../../domain/pricing.ts';
import type {Product, Sku} from '../../domain/product.ts';
import {parseUrl} from '../../upstreams/parse-url.ts';
import type {Catalogue, Good} from '../../upstreams/port.ts';
import type {ListingRule} from '../config/config.ts';
import type {CategoryRecord, ListedOffer, ListingRecord} from '../persistence/records.ts';
import {hashText, stableId} from '../security/ids.ts';
import {inFeaturedOrder} from './featured-order.ts';
import {splitNotice} from './notice.ts';
import {platformTags} from './platform-tags.ts';
import {readDescription} from './rich-text.ts';

/** A catalogue as the shop lists it, and what it left out with the reason. */
export interface ListedCatalogue {
  readonly categories: readonly CategoryRecord[];
  readonly listings: readonly ListingRecord[];
  readonly left: readonly {readonly code: string; readonly reason: string}[];
}

/**
 * Lists a connection's goods by its rule. A good that cannot be priced or has no offers is left out and reported, so
 * that a broken cost never becomes a price.
 * @param currency the shop's: a cost in any other is none, since nobody said what it is worth
 */
export function listCatalogue(
  connectionId: string,
  catalogue: Catalogue,
  rule: ListingRule,
  currency: string,
  at: number,
): ListedCatalogue {
  const chosen = chosenCategories(catalogue, rule);
  const excluded = new Set(rule.exclude);
  const listings: ListingRecord[] = [];
  const left = [...catalogue.rejected];
  const seen = new Set<string>();
  for (const good of catalogue.goods) {
    if (!chosen.has(good.categoryId) || excluded.has(good.code)) continue;
    const foreign = good.offers.flatMap(offer => offer.costs).find(({price}) => price.currency !== currency);
    if (foreign || seen.has(good.code)) {
      const reason = foreign
        ? `it costs ${foreign.price.currency} and the shop sells in ${currency}`
        : 'its code stands in the catalogue a second time';
      left.push({code: good.code, reason});
      continue;
    }
    seen.add(good.code);
    const listing = listGood(connectionId, good, rule, listings.length, at);
    if (listing) listings.push(listing);
    else left.push({code: good.code, reason: 'no offer can be priced by the listing rule'});
  }
  const categories = catalogue.categories
    .filter(({id}) => chosen.has(id))
    .map(({id, name, parentId}, position): CategoryRecord => ({
      id: stableId('cat', connectionId, id),
      connectionId,
      name,
      names: translationsOf(rule.categoryNames, name),
      ...(parentId !== undefined && chosen.has(parentId) && {parentId: stableId('cat', connectionId, parentId)}),
      position,
    }));
  return {categories, listings: inFeaturedOrder(listings), left};
}

/** A good as a listing, or nothing when none of its offers can be priced. */
export function listGood(
  connectionId: string,
  good: Good,
  rule: ListingRule,
  position: number,
  at: number,
): ListingRecord | undefined {
  const skus: Sku[] = [];
  const offers: ListedOffer[] = [];
  for (const offer of good.offers) {
    const prices = priceTiers(offer.costs, rule.price);
    if (!prices) continue;
    const id = skuId(connectionId, good.code, offer.choices);
    skus.push({id, choices: offer.choices, prices, stock: offer.stock});
    offers.push({
      skuId: id,
      offer: {
        code: good.code,
        choices: offer.choices,
        nested: good.nested,
        ...(offer.sku !== undefined && {sku: offer.sku}),
      },
      costs: offer.costs,
    });
  }
  const lowest = lowestPrice(skus);
  if (!lowest) return undefined;
  const id = stableId('prd', connectionId, good.code);
  const categoryId = stableId('cat', connectionId, good.categoryId);
  const {text, pictures} = readDescription(good.description);
  const {notice, description} = splitNotice(text, good.title);
  const tags = platformTags(good.tags ?? []);
  const further = pictures.filter(address => parseUrl(address, good.cover)?.href !== good.cover);
  const version = (address: string) => `?v=${hashText(address).slice(0, 8)}`;
  const product: Product = {
    id,
    title: good.title,
    categoryId,
    description,
    ...(notice.length > 0 && {notice}),
    ...(good.cover !== undefined && {cover: `/v1/products/${id}/cover${version(good.cover)}`}),
    ...(further.length > 0 && {
      pictures: further.map((address, position) => `/v1/products/${id}/pictures/${position}${version(address)}`),
    }),
    ...(tags.length > 0 && {tags}),
    delivery: good.delivery,
    contact: good.contact,
    minimum: good.minimum,
    ...(good.maximum !== undefined && {maximum: good.maximum}),
    fields: good.fields,
    options: good.options,
    skus,
    ...(good.cards && {cards: true}),
  };
  return {
    id,
    connectionId,
    goodCode: good.code,
    categoryId,
    title: good.title,
    titles: translationsOf(rule.titles, good.code),
    position,
    price: lowest,
    priceVaries: skus.some(sku => compare(sku.prices[0]!.price, lowest) !== 0),
    product,
    offers,
    ...(good.cards && {cardPremium: good.cards.premium}),
    ...(good.cover !== undefined && {coverUrl: good.cover}),
    ...(further.length > 0 && {pictureUrls: further}),
    updatedAt: at,
  };
}

function lowestPrice(skus: readonly Sku[]) {
  const first = skus.map(sku => sku.prices[0]!.price);
  return first.reduce<(typeof first)[number] | undefined>(
    (lowest, price) => (lowest && compare(lowest, price) <= 0 ? lowest : price),
    undefined,
  );
}

export function skuId(connectionId: string, code: string, choices: Readonly<Record<string, string>>): string {
  return stableId('sku', connectionId, code, ...Object.entries(choices).toSorted().flat());
}

function translationsOf(
  translations: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined,
  key: string,
): Readonly<Record<string, string>> {
  const found = Object.entries(translations ?? {}).flatMap(([lang, words]) =>
    words[key] === undefined ? [] : [[lang, words[key]] as const],
  );
  return Object.fromEntries(found);
}

/** Ids of the platform's categories that the rule chooses, by id or name, with everything below them. */
function chosenCategories(catalogue: Catalogue, rule: ListingRule): ReadonlySet<string> {
  const chosen = new Set<string>();
  const wanted = rule.categories && new Set(rule.categories);
  for (const {id, name} of catalogue.categories) {
    if (!wanted || wanted.has(id) || wanted.has(name)) chosen.add(id);
  }
  for (let size = -1; size !== chosen.size;) {
    size = chosen.size;
    for (const {id, parentId} of catalogue.categories) {
      if (parentId !== undefined && chosen.has(parentId)) chosen.add(id);
    }
  }
  return chosen;
}
