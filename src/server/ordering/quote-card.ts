import type {Money} from '../../domain/money.ts';
import type {QuoteProblem} from '../../domain/quote.ts';
import {isCardId, offerCard} from '../catalogue/cards.ts';
import {priceRuleOf} from '../catalogue/good-rule.ts';
import {ownOffer} from '../catalogue/join-sources.ts';
import type {LiveOffers} from '../catalogue/live-offers.ts';
import type {ListingRecord} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {priceNow} from './quote-sources.ts';
import type {QuotedLine} from './quote-token.ts';

type CardQuote =
  | {readonly kind: 'agreed'; readonly unitPrice: Money; readonly card: NonNullable<QuotedLine['card']>}
  | {readonly kind: 'not_sold'; readonly problem: QuoteProblem; readonly available?: number};

/** Prices the one card that was chosen, at the one source that has it: another one is never put in its place. */
export async function quoteCard(
  ports: ServerPorts,
  live: LiveOffers,
  listing: ListingRecord,
  skuId: string,
  cardId: string,
  quantity: number,
  lang: string | undefined,
): Promise<CardQuote> {
  const {connectionId, product} = listing;
  const listed = ownOffer(listing, skuId);
  if (!product.cards || !listed || !isCardId(cardId)) return notSold('card_gone');
  if (quantity > 1) return {...notSold('above_maximum'), available: 1};
  const [card, cost] = await Promise.all([
    live.card(connectionId, listed.offer, cardId),
    live.cost(connectionId, {...listed.offer, cardId}, 1),
  ]);
  if (card === 'gone' || cost.kind === 'refused') return notSold('card_gone');
  if (card === 'unknown' || cost.kind === 'unknown') return notSold('stock_unknown');
  const {code, choices} = listed.offer;
  const rule = priceRuleOf(connectionOf(ports, connectionId).config.listing, code, choices, listed);
  const offered = offerCard(listing, listed, card, rule, lang);
  const unitPrice = offered && priceNow(offered.rule, offered, 1, cost);
  if (!unitPrice) return notSold('not_for_sale');
  return {kind: 'agreed', unitPrice, card: {id: cardId, label: offered.label}};
}

function notSold(problem: QuoteProblem): Extract<CardQuote, {kind: 'not_sold'}> {
  return {kind: 'not_sold', problem};
}
