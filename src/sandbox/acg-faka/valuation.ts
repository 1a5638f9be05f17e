import type {Good} from '../platform/good.ts';
import type {MerchantGroup} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import {groupTerms, section, settingsFor} from './good-settings.ts';
import type {PhpArray, PhpValue} from './php-form.ts';
import {toText} from './php-form.ts';
import {Crash, Refusal} from './refusal.ts';
import {
  addTruncated,
  isLess,
  isPositiveNumber,
  multiplyTruncated,
  percentFactor,
  truncate,
} from './truncated-decimal.ts';

export interface Asked {
  readonly quantity: number;
  readonly race: string;
  readonly options: PhpArray;
  /** 0: none picked. */
  readonly cardId: number;
}

/**
 * The total of a purchase for one merchant, two decimals, cut off and never rounded.
 * Order of rules: base or member price, group price, race, tier, surcharges, picked card, group discount.
 * @throws {Refusal} for an unknown race, option or card.
 */
export function valuate(platform: Platform, good: Good, group: MerchantGroup | undefined, asked: Asked): string {
  const settings = settingsFor(good, group);
  let price = tierPrice(good, group, settings, asked);
  for (const surcharge of surcharges(section(settings, 'sku'), asked.options)) price = addTruncated(price, surcharge);
  if (asked.cardId !== 0 && good.pickable && asked.quantity === 1) {
    price = addTruncated(price, pickPremium(platform, good, asked.cardId));
  }
  if (!good.levelDisabled) {
    const discount = group?.discounts.find(({goodIds}) => goodIds === 'all' || goodIds.includes(good.id));
    if (discount) price = multiplyTruncated(price, percentFactor(discount.percent));
  }
  return truncate(multiplyTruncated(price, String(asked.quantity)));
}

/** What the older `inventory` call reckons for one piece: member price and tiers, no options, no group discount. */
export function unitPrice(good: Good, group: MerchantGroup | undefined, race = ''): string {
  const settings = settingsFor(good, group);
  const racePrice = section(settings, 'category').get(race);
  if (racePrice !== undefined) {
    return truncate(highestTier(section(settings, 'category_wholesale').get(race), 1) ?? number(racePrice));
  }
  const amount = groupTerms(good, group)?.amount ?? '0';
  const base = isPositiveNumber(amount) ? amount : good.memberPrice;
  return truncate(highestTier(settings.get('wholesale'), 1) ?? base);
}

/** @throws {Refusal} when the card is none of this good's or is gone. */
export function pickableCard(platform: Platform, good: Good, cardId: number) {
  const card = platform.card(cardId);
  if (!card || card.goodId !== good.id) throw new Refusal('预选的宝贝不存在');
  if (card.state !== 'unsold') throw new Refusal('此宝贝已被他人抢走');
  return card;
}

function tierPrice(good: Good, group: MerchantGroup | undefined, settings: PhpArray, asked: Asked): string {
  const races = section(settings, 'category');
  if (asked.race !== '' && asked.race !== '0' && races.size > 0) {
    const racePrice = races.get(asked.race);
    if (racePrice === undefined) throw new Refusal(`此商品类型不存在[${asked.race}]`);
    return highestTier(section(settings, 'category_wholesale').get(asked.race), asked.quantity) ?? number(racePrice);
  }
  const base = group ? good.memberPrice : good.price;
  const amount = groupTerms(good, group)?.amount ?? '0';
  const own = isPositiveNumber(amount) && isLess(amount, base) ? amount : base;
  return highestTier(settings.get('wholesale'), asked.quantity) ?? own;
}

function highestTier(tiers: PhpValue | undefined, quantity: number): string | undefined {
  if (!(tiers instanceof Map)) return undefined;
  let best: [number, PhpValue] | undefined;
  for (const [from, price] of tiers) {
    const threshold = Number(from);
    if (threshold <= quantity && (best === undefined || threshold > best[0])) best = [threshold, price];
  }
  return best && number(best[1]);
}

function surcharges(groups: PhpArray, chosen: PhpArray): string[] {
  if (groups.size === 0) return [];
  const found: string[] = [];
  for (const [name, option] of chosen) {
    const options = groups.get(name);
    if (options === undefined) throw new Refusal(`此SKU不存在[${name}]`);
    const surcharge = options instanceof Map ? options.get(toText(option)) : undefined;
    if (surcharge === undefined) throw new Refusal(`此SKU不存在[${toText(option)}]`);
    if (typeof surcharge === 'string' && isPositiveNumber(surcharge)) found.push(surcharge);
  }
  return found;
}

function pickPremium(platform: Platform, good: Good, cardId: number): string {
  const {premium} = pickableCard(platform, good, cardId);
  return premium !== undefined && isPositiveNumber(premium) ? premium : good.pickPremium;
}

/** A dot in a race's name turns its price into a table, and the shop dies on it. */
function number(value: PhpValue): string {
  if (value instanceof Map) throw new Crash('A price is a table, not a number.');
  return value;
}
