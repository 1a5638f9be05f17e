import {add, subtract, zero, type Money} from '../../domain/money.ts';
import {chosenCardSku} from '../../domain/chosen-card.ts';
import {priceFor, withPremium, type PriceRule} from '../../domain/pricing.ts';
import {tierFor} from '../../domain/product.ts';
import type {PickableCard} from '../../upstreams/port.ts';
import type {ListedOffer, ListingRecord} from '../persistence/records.ts';
import {sourceOf} from './join-sources.ts';
import {wordIn} from './language.ts';

/** A card that a buyer may choose, as the shop sells it. */
export interface OfferedCard {
  readonly skuId: string;
  /** What its seller shows of it, or its number. */
  readonly label: string;
  readonly price: Money;
  /** What choosing it adds to the price of one piece. */
  readonly premium: Money;
  /** What it costs us by the catalogue. */
  readonly cost: Money;
  /** What its price follows by. */
  readonly rule: PriceRule;
}

/** Prices a card by the listing's rule; nothing when it cannot be sold so, or its number cannot be part of an id. */
export function offerCard(
  listing: ListingRecord,
  listed: ListedOffer,
  card: PickableCard,
  plainRule: PriceRule,
  lang: string | undefined,
): OfferedCard | undefined {
  const unitCost = tierFor(listed.costs, 1)!.price;
  const premium = card.premium ?? listing.cardPremium ?? zero(unitCost.currency);
  const cost = add(unitCost, premium);
  const rule = withPremium(plainRule, premium);
  const pricing = priceFor(cost, rule);
  if (pricing.kind === 'refused' || !isCardId(card.id)) return undefined;
  return {
    skuId: chosenCardSku(listed.skuId, card.id),
    label: cleanLabel(card.label) || numberIn(card.id, lang),
    price: pricing.price,
    premium: subtract(pricing.price, tierFor(sourceOf(listing, listed).prices, 1)!.price),
    cost,
    rule,
  };
}

/** Whether a platform could have named a card so: see {@link PickableCard.id}. */
export function isCardId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,32}$/.test(id);
}

/** A SKU's choices with the chosen card among them, as a buyer reads them. */
export function choicesWithCard(
  choices: Readonly<Record<string, string>>,
  label: string,
  lang: string | undefined,
): Record<string, string> {
  return {...choices, [wordIn(cardWords, lang) ?? cardWords['zh-CN']]: label};
}

const cardWords = {'zh-CN': '自选卡密', 'zh-TW': '自選卡密', en: 'Chosen card'};
const numberWords = {'zh-CN': '编号 ', 'zh-TW': '編號 ', en: 'No. '};
const longestLabel = 80;

function numberIn(id: string, lang: string | undefined): string {
  return `${wordIn(numberWords, lang) ?? numberWords['zh-CN']}${id}`;
}

/** A stranger's words for a line of text. */
function cleanLabel(label = ''): string {
  return [...label.replaceAll(/[\s\p{C}]+/gu, ' ').trim()].slice(0, longestLabel).join('');
}
