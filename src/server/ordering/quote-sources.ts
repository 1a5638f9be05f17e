import {compare, divide, money, multiply, subtract, type Money} from '../../domain/money.ts';
import {mayBeSoldFor, priceFor, type PriceRule} from '../../domain/pricing.ts';
import {tierFor} from '../../domain/product.ts';
import type {QuoteProblem} from '../../domain/quote.ts';
import {sellableStock} from '../../domain/routing.ts';
import {covers, type Stock} from '../../domain/stock.ts';
import {priceRuleOf} from '../catalogue/good-rule.ts';
import {sourceOf} from '../catalogue/join-sources.ts';
import type {LiveCost, LiveOffers} from '../catalogue/live-offers.ts';
import type {SeenStock} from '../catalogue/remember-stock.ts';
import type {ListedOffer, ListingRecord, OfferSource} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';

/** What one source of a SKU says now. */
export interface SourceAnswer extends SeenStock {
  readonly listed: ListedOffer;
  readonly source: OfferSource;
  readonly cost: LiveCost;
}

/** Asks all sources of a SKU at once, in the merchant's order. */
export async function askSources(
  live: LiveOffers,
  listing: ListingRecord,
  skuId: string,
  quantity: number,
): Promise<readonly SourceAnswer[]> {
  return Promise.all(
    listing.offers
      .filter(offer => offer.skuId === skuId)
      .map(async listed => {
        const source = sourceOf(listing, listed);
        const {connectionId} = source;
        const [stock, cost] = await Promise.all([
          live.stock(connectionId, listed.offer),
          live.cost(connectionId, listed.offer, quantity),
        ]);
        return {skuId, connectionId, listed, source, stock, cost};
      }),
  );
}

/** What can be promised of a SKU: how many, and at which price, whose source made it. */
export interface SellableOffer {
  readonly stock: Stock;
  readonly unitPrice?: Money;
  readonly connectionId?: string;
  /** Why there is no price. */
  readonly problem: QuoteProblem;
}

/**
 * The price follows the first source that has goods and says what they cost; the stock counts the sources that sell at
 * no loss at that price.
 */
export function sellOffers(
  ports: ServerPorts,
  listing: ListingRecord,
  quantity: number,
  answers: readonly SourceAnswer[],
): SellableOffer {
  const splits = listing.routing?.splits ?? false;
  const priced = answers.map(answer => ({answer, unitPrice: priceOf(ports, answer, quantity)}));
  const hasPrice = priced.filter(({unitPrice}) => unitPrice !== undefined);
  // The same source leads on the shelf: asking for more pieces does not change who makes the price.
  const lead = hasPrice.find(({answer: {stock}}) => covers(stock, 1));
  if (!lead) {
    const stocks = answers.map(({stock}) => stock);
    const isSilent = answers.some(({cost, stock}) => cost.kind === 'unknown' && covers(stock, 1));
    return {stock: sellableStock(stocks, splits), problem: isSilent ? 'stock_unknown' : 'not_for_sale'};
  }
  const {connectionId} = lead.answer;
  const unitPrice = lead.unitPrice!;
  const {minimumMargin} = connectionOf(ports, connectionId).config.listing.price;
  const most = multiply(subtract(unitPrice, money(minimumMargin ?? '0', unitPrice.currency)), quantity);
  const affordable = answers.filter(answer => {
    const cost = costOf(answer, quantity);
    if (answer === lead.answer) return true;
    return cost !== undefined && compare(cost, most) <= 0 && mayBeSoldFor(unitPrice, answer.listed.resaleFloor);
  });
  return {
    stock: sellableStock(
      affordable.map(({stock}) => stock),
      splits,
    ),
    unitPrice,
    connectionId,
    problem: 'not_for_sale',
  };
}

/** What a piece has to be sold for at least, wherever it is bought of the sources that sell it at this price. */
export function resaleFloorOf({offers}: ListingRecord, skuId: string, unitPrice: Money): Money | undefined {
  return offers
    .flatMap(({skuId: offered, resaleFloor}) =>
      resaleFloor && offered === skuId && mayBeSoldFor(unitPrice, resaleFloor) ? resaleFloor : [],
    )
    .reduce<Money | undefined>((most, floor) => (most && compare(most, floor) >= 0 ? most : floor), undefined);
}

function priceOf(ports: ServerPorts, {listed, source, cost}: SourceAnswer, quantity: number): Money | undefined {
  const rule = priceRuleOf(
    connectionOf(ports, source.connectionId).config.listing,
    listed.offer.code,
    listed.offer.choices,
    listed,
  );
  const price = tierFor(source.prices, quantity)!.price;
  const listedCost = multiply(tierFor(listed.costs, quantity)!.price, quantity);
  return priceNow(rule, {price, cost: listedCost}, quantity, cost);
}

/** The price that the rule makes of the cost as it is now; the listed price where the platform cannot quote. */
export function priceNow(
  rule: PriceRule,
  listed: {readonly price: Money; readonly cost: Money},
  quantity: number,
  live: LiveCost,
): Money | undefined {
  if (live.kind !== 'known') return live.kind === 'not_quoted' ? listed.price : undefined;
  if (compare(live.cost, listed.cost) === 0) return listed.price;
  const pricing = priceFor(divide(live.cost, quantity), rule);
  return pricing.kind === 'priced' ? pricing.price : undefined;
}

function costOf({listed, cost}: SourceAnswer, quantity: number): Money | undefined {
  if (cost.kind === 'known') return cost.cost;
  return cost.kind === 'not_quoted' ? multiply(tierFor(listed.costs, quantity)!.price, quantity) : undefined;
}
