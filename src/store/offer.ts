import type {Card} from '../contract/card.ts';
import type {Product, Sku} from '../contract/product-details.ts';
import {maximumQuantity} from '../contract/quote.ts';
import {multiply, type Money} from '../domain/money.ts';
import {tierFor} from '../domain/product.ts';
import type {StockLevel} from '../domain/stock.ts';
import type {NewCartLine} from './shop.ts';
import {chosenSku, type Choices} from './sku-choice.ts';

/** One step of the prices by quantity. */
export interface PriceStep {
  readonly from: number;
  /** The last quantity of this step; absent for the last step. */
  readonly to?: number;
  readonly price: Money;
  /** Whether it is what the buyer would pay now. */
  readonly applies: boolean;
}

/** What a buyer is offered who has chosen a variant and a number of pieces. */
export interface Offer {
  /** Absent where nobody sells the chosen combination. */
  readonly sku: Sku | undefined;
  readonly stock: StockLevel;
  readonly minimum: number;
  readonly maximum: number;
  /** As wanted, within the limits. */
  readonly quantity: number;
  readonly unitPrice: Money | undefined;
  readonly total: Money | undefined;
  readonly steps: readonly PriceStep[];
  /** What goes into the cart; absent where nothing can. A stock that nobody knows is for the server to refuse. */
  readonly line: (NewCartLine & {readonly quantity: number}) | undefined;
}

/**
 * @param wanted pieces; the least that may be bought where the buyer has not said
 * @param card the one that the buyer chose: one piece, at its own price
 */
export function offerFor(product: Product, choices: Choices, wanted?: number, card?: Card): Offer {
  const sku = chosenSku(product, choices);
  if (sku && card) return cardOffer(product, sku, card);
  const minimum = Math.max(1, product.minimum);
  const maximum = Math.max(minimum, Math.min(product.maximum ?? maximumQuantity, maximumQuantity));
  const quantity = Math.min(maximum, Math.max(minimum, wanted ?? minimum));
  const tier = sku && tierFor(sku.prices, quantity);
  const stock = sku?.stock ?? 'sold_out';
  return {
    sku,
    stock,
    minimum,
    maximum,
    quantity,
    unitPrice: tier?.price,
    total: tier && multiply(tier.price, quantity),
    steps: steps(sku?.prices ?? [], minimum, tier),
    line: sku && tier && stock !== 'sold_out' ? lineOf(product, sku, tier.price, quantity) : undefined,
  };
}

function cardOffer(product: Product, sku: Sku, {skuId, choices, price}: Card): Offer {
  const {stock} = sku;
  const one = {minimum: 1, maximum: 1, quantity: 1};
  const line = stock === 'sold_out' ? undefined : lineOf(product, {...sku, id: skuId, choices}, price, 1);
  return {...one, sku, stock, unitPrice: price, total: price, steps: [], line};
}

/** The steps that somebody can reach who must buy `minimum` pieces. */
function steps(prices: Sku['prices'], minimum: number, current: Sku['prices'][number] | undefined): PriceStep[] {
  const reached = tierFor(prices, minimum);
  const reachable = prices.filter(tier => tier === reached || tier.from > minimum);
  return reachable.map((tier, index) => {
    const next = reachable[index + 1];
    return {
      from: Math.max(tier.from, minimum),
      price: tier.price,
      applies: tier === current,
      ...(next && {to: next.from - 1}),
    };
  });
}

function lineOf({id, title, categoryName, cover}: Product, {id: skuId, choices}: Sku, price: Money, quantity: number) {
  return {skuId, productId: id, title, choices, price, categoryName, quantity, ...(cover !== undefined && {cover})};
}

/** What somebody who looks at a variant should be told when its stock is asked for again. */
export function stockNews(before: StockLevel, after: StockLevel): 'restocked' | 'sold_out' | undefined {
  if (before === after) return undefined;
  if (after === 'sold_out') return 'sold_out';
  return before === 'sold_out' && after !== 'unknown' ? 'restocked' : undefined;
}
