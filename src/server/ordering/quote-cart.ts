import {readSkuId} from '../../domain/chosen-card.ts';
import {afterDiscount} from '../../domain/coupon.ts';
import {add, isPositive, money, multiply, subtract, sum, zero, type Money} from '../../domain/money.ts';
import {tierFor, type Product} from '../../domain/product.ts';
import {isBuyable, type LineRequest, type QuoteProblem} from '../../domain/quote.ts';
import {covers, type Stock} from '../../domain/stock.ts';
import type {Quote, QuoteLine, QuoteRequest} from '../../contract/quote.ts';
import {choicesWithCard} from '../catalogue/cards.ts';
import type {LiveOffers} from '../catalogue/live-offers.ts';
import {titleIn} from '../catalogue/language.ts';
import type {StockNotes} from '../catalogue/remember-stock.ts';
import type {WatchList} from '../catalogue/watch-stock.ts';
import type {ListingRecord} from '../persistence/records.ts';
import {quoteCoupon} from './coupons.ts';
import type {Caller} from '../caller.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {isId, newId} from '../security/ids.ts';
import {quoteCard} from './quote-card.ts';
import {askSources, resaleFloorOf, sellOffers} from './quote-sources.ts';
import {sealQuote, type QuotedLine} from './quote-token.ts';

export interface QuoteParts {
  readonly live: LiveOffers;
  readonly notes: StockNotes;
  readonly watched: WatchList;
}

/**
 * Prices a cart and checks its stock at the platforms. Only a cart that can be bought as it stands gets an intent and a
 * signed token; what the platform cannot confirm now is not promised.
 */
export async function quoteCart(
  ports: ServerPorts,
  {live, notes, watched}: QuoteParts,
  {lines: requests, lang, coupon: code}: QuoteRequest,
  caller: Caller = {},
): Promise<Quote> {
  const listings = await ports.store.listingsBySku(requests.map(({skuId}) => readSkuId(skuId).skuId).filter(isId));
  for (const listing of listings) watched.note(listing);
  const quoted = await Promise.all(requests.map(request => quoteLine(ports, {live, notes}, listings, request, lang)));
  const coupon =
    code === undefined
      ? undefined
      : await quoteCoupon(
          ports,
          code,
          quoted.flatMap(({line, listing, agreement, least}) =>
            listing && agreement ? {total: line.total, listing, ...(least && {least})} : [],
          ),
          caller,
        );
  const discounts = [...(coupon?.discounts ?? [])];
  const discounted = quoted.map(({line, agreement}) => {
    const discount = agreement && discounts.shift();
    const taken = discount && isPositive(discount) ? {discount} : {};
    return {line: {...line, ...taken}, agreement: agreement && {...agreement, ...taken}};
  });
  const lines = discounted.map(({line}) => line);
  const listed = sum(
    lines.map(line => line.total),
    ports.config.shop.currency,
  );
  const total = afterDiscount(listed, coupon?.view.saves);
  const expiresAt = ports.clock.now() + ports.config.shop.quoteSeconds * 1000;
  const answer = {
    lines,
    total,
    ...(coupon && {coupon: coupon.view}),
    expiresAt: new Date(expiresAt).toISOString(),
  };
  const agreed = discounted.flatMap(({agreement}) => agreement ?? []);
  if (!isBuyable(answer) || agreed.length !== lines.length) return answer;
  const intent = newId('int');
  const {code: applied, saves} = coupon?.view ?? {};
  const promise = {
    intent,
    expiresAt,
    total,
    ...(applied !== undefined && saves && {coupon: {code: applied, saves}}),
    lines: agreed,
  };
  return {...answer, intent, token: await sealQuote(ports.keys, promise)};
}

interface LineQuote {
  readonly line: QuoteLine;
  readonly listing?: ListingRecord;
  readonly agreement?: QuotedLine;
  /** What the buyer has to pay for it at least, whatever is taken off. */
  readonly least?: Money;
}

async function quoteLine(
  ports: ServerPorts,
  {live, notes}: Pick<QuoteParts, 'live' | 'notes'>,
  listings: readonly ListingRecord[],
  {skuId, quantity}: LineRequest,
  lang: string | undefined,
): Promise<LineQuote> {
  const {skuId: listedId, cardId} = readSkuId(skuId);
  const listing = listings.find(({offers}) => offers.some(offer => offer.skuId === listedId));
  const sku = listing?.product.skus.find(({id}) => id === listedId);
  if (!listing || !sku) return {line: absentLine(skuId, quantity, ports.config.shop.currency)};
  const {product} = listing;
  const line = (unitPrice: Money, problem?: QuoteProblem, available?: number, label?: string): QuoteLine => ({
    skuId,
    productId: product.id,
    title: titleIn(listing, lang),
    choices: label === undefined ? sku.choices : choicesWithCard(sku.choices, label, lang),
    quantity,
    unitPrice,
    total: multiply(unitPrice, quantity),
    contact: product.contact,
    fields: product.fields.map(field => ({
      ...field,
      ...(field.options && {options: [...field.options]}),
    })) as QuoteLine['fields'],
    ...(problem && {problem}),
    ...(available !== undefined && {available}),
  });
  /** What may be paid for it: a coupon is the shop's own money and does not lower that. */
  const agreed = (unitPrice: Money, connectionId: string, card?: QuotedLine['card']): LineQuote => {
    const {minimumMargin} = connectionOf(ports, connectionId).config.listing.price;
    const margin = multiply(money(minimumMargin ?? '0', unitPrice.currency), quantity);
    const costCeiling = subtract(multiply(unitPrice, quantity), margin);
    const floor = resaleFloorOf(listing, listedId, unitPrice);
    return {
      line: line(unitPrice, undefined, undefined, card?.label),
      listing,
      ...(floor && {least: multiply(floor, quantity)}),
      agreement: {skuId, quantity, unitPrice, costCeiling, ...(card && {card})},
    };
  };
  const listPrice = tierFor(sku.prices, quantity)!.price;
  if (listing.pausedFor !== undefined) return {line: line(listPrice, 'not_for_sale')};
  if (cardId !== undefined) {
    const quoted = await quoteCard(ports, live, listing, listedId, cardId, quantity, lang);
    return quoted.kind === 'agreed'
      ? agreed(quoted.unitPrice, listing.connectionId, quoted.card)
      : {line: line(listPrice, quoted.problem, quoted.available)};
  }
  const limit = limitProblem(product, quantity);
  if (limit) return {line: line(listPrice, limit.problem, limit.available)};

  const answers = await askSources(live, listing, skuId, quantity);
  await notes.note(listing, answers);
  const offered = sellOffers(ports, listing, quantity, answers);
  const shortage = stockProblem(offered.stock, quantity, product.minimum);
  if (shortage) return {line: line(listPrice, shortage.problem, shortage.available)};
  const {unitPrice, connectionId} = offered;
  if (!unitPrice || connectionId === undefined) return {line: line(listPrice, offered.problem)};
  return agreed(unitPrice, connectionId);
}

function limitProblem(product: Product, quantity: number): {problem: QuoteProblem; available: number} | undefined {
  if (quantity < product.minimum) return {problem: 'below_minimum', available: product.minimum};
  if (product.maximum !== undefined && quantity > product.maximum) {
    return {problem: 'above_maximum', available: product.maximum};
  }
  return undefined;
}

function stockProblem(
  stock: Stock,
  quantity: number,
  minimum: number,
): {problem: QuoteProblem; available?: number} | undefined {
  if (stock.kind === 'unknown') return {problem: 'stock_unknown'};
  if (covers(stock, quantity)) return undefined;
  const count = stock.kind === 'counted' ? Math.max(0, stock.count) : 0;
  return count < minimum ? {problem: 'sold_out', available: 0} : {problem: 'insufficient_stock', available: count};
}

function absentLine(skuId: string, quantity: number, currency: string): QuoteLine {
  const none = zero(currency);
  return {
    skuId,
    productId: '',
    title: '',
    choices: {},
    quantity,
    unitPrice: none,
    total: add(none, none),
    contact: 'any',
    fields: [],
    problem: 'unknown_product',
  };
}
