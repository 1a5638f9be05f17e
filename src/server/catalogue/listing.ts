import {compare} from '../../domain/money.ts';
import {priceTiers, whyUnsold, type PriceRefusal} from '../../domain/pricing.ts';
import type {Product, Sku} from '../../domain/product.ts';
import {mayBeSoldOn, type ResaleChannels} from '../../domain/resale-channels.ts';
import {parseUrl} from '../../upstreams/parse-url.ts';
import type {Good, UpstreamCategory} from '../../upstreams/port.ts';
import type {ListingRule} from '../config/config.ts';
import type {CategoryRecord, ListedOffer, ListingRecord} from '../persistence/records.ts';
import {hashText, stableId} from '../security/ids.ts';
import {priceRuleOf, settingsOf} from './good-rule.ts';
import {legible} from './legible.ts';
import {splitNotice} from './notice.ts';
import {platformTags} from './platform-tags.ts';
import {readDescription} from './rich-text.ts';

/** Why a good that the platform offers is not for sale: what `ListingRecord.pausedFor` says then. */
export type ListingRefusal = PriceRefusal | 'foreign_currency' | typeof pausedForChannel;

/** The `pausedFor` of a listing whose platform does not let it be resold on the shop's sales channels. */
export const pausedForChannel = 'channel_not_allowed';

/** A good as a listing with what had to be left out of it, or why it cannot be one. */
export type GoodListing =
  | {readonly kind: 'listed'; readonly listing: ListingRecord; readonly left: readonly string[]}
  | {readonly kind: 'refused'; readonly refusal: ListingRefusal; readonly reason: string};

/**
 * Lists a good by a connection's rule. What cannot be priced is left out and reported, so that a broken cost never
 * becomes a price.
 * @param currency the shop's: a cost in any other is none, since nobody said what it is worth
 */
export function listGood(
  connectionId: string,
  good: Good,
  rule: ListingRule,
  currency: string,
  position: number,
  at: number,
): GoodListing {
  if (good.resale && !mayBeSoldOn(rule.channels, good.resale)) {
    return {kind: 'refused', refusal: pausedForChannel, reason: channelText(good.resale)};
  }
  const foreign = good.offers.flatMap(offer => offer.costs).find(({price}) => price.currency !== currency);
  if (foreign) {
    const reason = `it costs ${foreign.price.currency} and the shop sells in ${currency}`;
    return {kind: 'refused', refusal: 'foreign_currency', reason};
  }
  const refusals: {readonly refusal: PriceRefusal; readonly reason: string}[] = [];
  const skus: Sku[] = [];
  const offers: ListedOffer[] = [];
  for (const offer of good.offers) {
    const priceRule = priceRuleOf(rule, good.code, offer.choices, offer);
    const prices = priceTiers(offer.costs, priceRule);
    if (!prices) {
      const refusal = whyUnsold(offer.costs, priceRule)!;
      const name = Object.values(offer.choices).join(' ');
      refusals.push({refusal, reason: `${name && `${name}: `}${priceRefusalTexts[refusal]}`});
      continue;
    }
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
      ...(offer.resaleFloor && {resaleFloor: offer.resaleFloor}),
    });
  }
  const lowest = lowestPrice(skus);
  if (!lowest) return {kind: 'refused', ...(refusals[0] ?? {refusal: 'no_cost', reason: 'it has no offer'})};
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
    ...buyerSideOf(good, rule),
    fields: good.fields,
    options: good.options,
    skus,
    ...(good.cards && {cards: true}),
  };
  const listing: ListingRecord = {
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
    ...(good.offers.every(({stock}) => stock.kind !== 'unknown') && {hasListedStock: true}),
    updatedAt: at,
  };
  return {kind: 'listed', listing, left: refusals.map(({reason}) => reason)};
}

const priceRefusalTexts: Readonly<Record<PriceRefusal, string>> = {
  no_cost: 'it has no cost',
  margin_too_small: 'its cost leaves less than the minimum margin',
  below_platform_price: 'its price is less than the platform wants it to be resold for',
};

function channelText({only, never}: ResaleChannels): string {
  const conditions = [only && `on ${only.join(', ')} only`, never && `never on ${never.join(', ')}`];
  return `its platform lets it be resold ${conditions.filter(Boolean).join(' and ')}`;
}

/** Whom buyers are to name and how many pieces they may take: the merchant's word, within the platform's. */
function buyerSideOf(good: Good, rule: ListingRule): Pick<Product, 'contact' | 'minimum' | 'maximum'> {
  const said = settingsOf(rule, good.code);
  const minimum = Math.max(good.minimum, ...said.flatMap(({minimum: own}) => own ?? []));
  const maximum = Math.min(good.maximum ?? Infinity, ...said.flatMap(({maximum: own}) => own ?? []));
  return {
    contact: said.find(({contact}) => contact !== undefined)?.contact ?? good.contact,
    minimum,
    ...(Number.isFinite(maximum) && {maximum: Math.max(maximum, minimum)}),
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

/** The categories that the rule chooses, as they are put down. */
export function categoriesOf(
  connectionId: string,
  categories: readonly UpstreamCategory[],
  rule: ListingRule,
): {readonly chosen: ReadonlySet<string>; readonly records: readonly CategoryRecord[]} {
  const chosen = chosenCategories(categories, rule);
  const records = categories
    .filter(({id}) => chosen.has(id))
    .map(({id, name, parentId}, position): CategoryRecord => ({
      id: stableId('cat', connectionId, id),
      connectionId,
      name: legible(name),
      names: translationsOf(rule.categoryNames, name),
      ...(parentId !== undefined && chosen.has(parentId) && {parentId: stableId('cat', connectionId, parentId)}),
      position,
    }));
  return {chosen, records};
}

/** Ids of the platform's categories that the rule chooses, by id or name, with everything below them. */
function chosenCategories(categories: readonly UpstreamCategory[], rule: ListingRule): ReadonlySet<string> {
  const chosen = new Set<string>();
  const wanted = rule.categories && new Set(rule.categories);
  for (const {id, name} of categories) {
    if (!wanted || wanted.has(id) || wanted.has(name)) chosen.add(id);
  }
  for (let size = -1; size !== chosen.size;) {
    size = chosen.size;
    for (const {id, parentId} of categories) {
      if (parentId !== undefined && chosen.has(parentId)) chosen.add(id);
    }
  }
  return chosen;
}
