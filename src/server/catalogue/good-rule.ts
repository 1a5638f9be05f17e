import type {PriceRule} from '../../domain/pricing.ts';
import type {UpstreamOffer} from '../../upstreams/port.ts';
import type {ListingRule} from '../config/config.ts';

type Choices = Readonly<Record<string, string>>;
type GoodRule = NonNullable<ListingRule['goods']>[number];

/** The price rule of one SKU: the listing rule's, with the merchant's own price for it and the platform's floor under it. */
export function priceRuleOf(
  {price, goods = []}: ListingRule,
  code: string,
  choices: Choices,
  {resaleFloor: floor}: Pick<UpstreamOffer, 'resaleFloor'>,
): PriceRule {
  const pinned = goods.find(rule => rule.code === code && rule.price !== undefined && isMeant(rule, choices))?.price;
  return {...price, ...(pinned !== undefined && {pinned}), ...(floor && {floor})};
}

/** What the merchant says of a good, whatever its platform says. */
export function settingsOf({goods = []}: ListingRule, code: string): readonly GoodRule[] {
  return goods.filter(rule => rule.code === code);
}

function isMeant({choices}: GoodRule, sku: Choices): boolean {
  return choices === undefined || Object.entries(choices).every(([name, value]) => sku[name] === value);
}
