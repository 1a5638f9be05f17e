import {array, exactOptional, literal, object, string, variant, type InferOutput} from 'valibot';
import {moneySchema} from '../contract/money.ts';
import {orderRequestSchema, type OrderRequest} from '../contract/order.ts';
import {lineRequestSchema, quoteSchema, type Quote} from '../contract/quote.ts';
import type {LineRequest} from '../domain/quote.ts';
import type {Money} from '../domain/money.ts';
import {TransitionError} from '../domain/transition.ts';
import type {CartContents} from './paid-cart.ts';

const linesSchema = array(lineRequestSchema);

const quotedSchema = object({
  step: literal('quoted'),
  /** Id of the cart that the lines come from. */
  cart: string(),
  lines: linesSchema,
  coupon: exactOptional(string()),
  quote: quoteSchema,
});

const sendingSchema = object({
  step: literal('sending'),
  intent: string(),
  /** Exactly what is sent, each time. */
  body: orderRequestSchema,
  cart: string(),
  lines: linesSchema,
  coupon: exactOptional(string()),
  total: moneySchema,
  method: string(),
  returnUrl: exactOptional(string()),
});

const placedSchema = object({
  step: literal('placed'),
  orderId: string(),
  token: string(),
  number: string(),
  cart: string(),
  lines: linesSchema,
  coupon: exactOptional(string()),
  method: string(),
  returnUrl: exactOptional(string()),
});

export const purchaseSchema = variant('step', [quotedSchema, sendingSchema, placedSchema]);

/**
 * The purchase in hand, one per shop and device, shared by all tabs. It is written before anything is sent, so that
 * there is never a second one on its way. What the buyer typed in is in it only while it is being sent.
 */
export type Purchase = InferOutput<typeof purchaseSchema>;
export type QuotedPurchase = InferOutput<typeof quotedSchema>;
export type SendingPurchase = InferOutput<typeof sendingSchema>;
export type PlacedPurchase = InferOutput<typeof placedSchema>;

/** A quote whose every line can be bought. */
export type BuyableQuote = Quote & {readonly intent: string; readonly token: string};

export type PurchaseEvent =
  | {readonly type: 'quoted'; readonly contents: CartContents; readonly quote: BuyableQuote}
  /** The quote cannot be bought, or the buyer gave it up before anything was sent. */
  | {readonly type: 'dropped'}
  /** The buyer agreed to the quote: from now on the order may exist. */
  | {
      readonly type: 'sent';
      readonly body: OrderRequest;
      readonly method: string;
      readonly returnUrl?: string | undefined;
    }
  /** The server made no order of this quote and priced the same lines anew. */
  | {readonly type: 'requoted'; readonly intent: string; readonly quote: Quote}
  /** The server made no order and will not. */
  | {readonly type: 'refused'; readonly intent: string}
  | {
      readonly type: 'placed';
      readonly intent: string;
      readonly orderId: string;
      readonly token: string;
      readonly number: string;
    }
  /** Its buyer came back from paying to a device that knew nothing of it. Its goods are in no cart here. */
  | {
      readonly type: 'returned';
      readonly orderId: string;
      readonly token: string;
      readonly number: string;
      readonly method: string;
    }
  | {readonly type: 'method_chosen'; readonly method: string; readonly returnUrl?: string | undefined}
  /** The order is paid, is over, or another purchase was begun instead. */
  | {readonly type: 'ended'; readonly orderId: string};

export function isBuyable(quote: Quote): quote is BuyableQuote {
  return quote.intent !== undefined && quote.token !== undefined && quote.lines.every(line => !line.problem);
}

export function isSameMoney(left: Money, right: Money): boolean {
  return left.currency === right.currency && left.amount === right.amount;
}

/** What the cart held that a purchase was made of. */
export function contentsOf({cart, lines, coupon}: Purchase): CartContents {
  return {id: cart, lines, coupon};
}

/** Whether two carts ask for the same, in whatever order. */
export function isSameLines(left: readonly LineRequest[], right: readonly LineRequest[]): boolean {
  return (
    left.length === right.length &&
    left.every(line => right.some(other => other.skuId === line.skuId && other.quantity === line.quantity))
  );
}

/** The same, with the same code. */
export function isSameContents(left: Omit<CartContents, 'id'>, right: Omit<CartContents, 'id'>): boolean {
  return left.coupon === right.coupon && isSameLines(left.lines, right.lines);
}

export function isQuoted(purchase: Purchase): purchase is QuotedPurchase {
  return purchase.step === 'quoted';
}

export function isSending(purchase: Purchase | undefined, intent: string): purchase is SendingPurchase {
  return purchase?.step === 'sending' && purchase.intent === intent;
}

export function isPlaced(purchase: Purchase | undefined, orderId: string): purchase is PlacedPurchase {
  return purchase?.step === 'placed' && purchase.orderId === orderId;
}

/** @throws {TransitionError} when the event does not fit: what the caller knows of the purchase is out of date. */
export function reducePurchase(purchase: Purchase | undefined, event: PurchaseEvent): Purchase | undefined {
  switch (event.type) {
    case 'quoted':
      if (purchase && purchase.step !== 'quoted') break;
      return quoted(event.contents, event.quote);
    case 'dropped':
      if (purchase && purchase.step !== 'quoted') break;
      return undefined;
    case 'sent':
      return purchase?.step === 'quoted' ? sent(purchase, event) : misfit(purchase, event);
    case 'requoted':
      if (purchase?.step !== 'sending' || purchase.intent !== event.intent) break;
      return requoted(purchase, event.quote);
    case 'refused':
      if (purchase?.step !== 'sending' || purchase.intent !== event.intent) break;
      return undefined;
    case 'placed': {
      if (purchase?.step !== 'sending' || purchase.intent !== event.intent) break;
      const {orderId, token, number} = event;
      const {cart, lines, coupon, method, returnUrl} = purchase;
      return {
        step: 'placed',
        orderId,
        token,
        number,
        cart,
        lines,
        ...(coupon !== undefined && {coupon}),
        method,
        ...(returnUrl !== undefined && {returnUrl}),
      };
    }
    case 'returned': {
      if (purchase && purchase.step !== 'quoted') break;
      const {orderId, token, number, method} = event;
      return {step: 'placed', orderId, token, number, cart: '', lines: [], method};
    }
    case 'method_chosen': {
      if (purchase?.step !== 'placed') break;
      const {returnUrl: _, ...rest} = purchase;
      return {...rest, method: event.method, ...(event.returnUrl !== undefined && {returnUrl: event.returnUrl})};
    }
    case 'ended':
      if (purchase?.step !== 'placed' || purchase.orderId !== event.orderId) break;
      return undefined;
  }
  return misfit(purchase, event);
}

function quoted({id, lines, coupon}: CartContents, quote: BuyableQuote): QuotedPurchase {
  return {step: 'quoted', cart: id, lines: [...lines], ...(coupon !== undefined && {coupon}), quote};
}

function sent(purchase: QuotedPurchase, event: Extract<PurchaseEvent, {type: 'sent'}>): Purchase {
  const {quote, cart, lines, coupon} = purchase;
  if (!isBuyable(quote) || event.body.quote !== quote.token) return misfit(purchase, event);
  const {body, method, returnUrl} = event;
  return {
    step: 'sending',
    intent: quote.intent,
    body,
    cart,
    lines,
    ...(coupon !== undefined && {coupon}),
    total: quote.total,
    method,
    ...(returnUrl !== undefined && {returnUrl}),
  };
}

/** The buyer agreed to a total. The same total is the same purchase; another one is theirs to agree to. */
function requoted(purchase: SendingPurchase, quote: Quote): Purchase | undefined {
  if (!isBuyable(quote)) return undefined;
  if (!isSameMoney(quote.total, purchase.total)) return quoted(contentsOf(purchase), quote);
  return {...purchase, intent: quote.intent, body: {...purchase.body, quote: quote.token}};
}

function misfit(purchase: Purchase | undefined, event: PurchaseEvent): never {
  throw new TransitionError('purchase', purchase?.step ?? 'none', event.type);
}
