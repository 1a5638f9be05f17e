import type {Quote} from '../contract/quote.ts';
import {orderRequest} from './checkout-form.ts';
import {isPaid, type CartContents, type PaidCart} from './paid-cart.ts';
import {
  isBuyable,
  isSameContents,
  isSameLines,
  isSameMoney,
  reducePurchase,
  type BuyableQuote,
  type PlacedPurchase,
  type Purchase,
  type QuotedPurchase,
  type SendingPurchase,
} from './purchase.ts';
import type {CheckoutForm} from './shop.ts';

/** A quote that ends sooner is not shown to a buyer who has yet to fill in a form. */
const quoteMargin = 30_000;

/** What the buyer agreed to with one press. */
export interface Agreement {
  readonly quote: BuyableQuote;
  readonly form: CheckoutForm;
  /** Id of the cart they agreed to buy. */
  readonly cart: string;
  readonly lang: string | undefined;
  readonly returnUrl: string | undefined;
  /** What the order's keys are to be sealed to. */
  readonly revealKey: string | undefined;
}

/** The purchase as it is to be sent, if what is in hand is still what the buyer agreed to; else what is in hand. */
export function agree(
  held: Purchase | undefined,
  paid: readonly PaidCart[],
  {quote, form, cart, lang, returnUrl, revealKey}: Agreement,
): Purchase | undefined {
  if (held?.step !== 'quoted' || !isBuyable(held.quote) || isPaid(paid, held.cart)) return held;
  const isAgreed = held.quote.intent === quote.intent || isSameOffer(held.quote, quote);
  // Another tab's quote of the same goods from another cart would empty the wrong one.
  if (!isAgreed || held.cart !== cart) return held;
  return reducePurchase(held, {
    type: 'sent',
    body: orderRequest(held.quote, form, {lang, revealKey}),
    method: form.method,
    returnUrl,
  });
}

/** Whether a quote in hand can be shown for a cart, and for long enough. */
export function isUsable(held: Purchase | undefined, contents: CartContents, now: number): held is QuotedPurchase {
  return (
    held?.step === 'quoted' &&
    isBuyable(held.quote) &&
    held.cart === contents.id &&
    isSameContents(held, contents) &&
    Date.parse(held.quote.expiresAt) > now + quoteMargin
  );
}

/** An order on its way is always gone on with; one that waits for money, unless the cart holds something else now. */
export function isSamePurchase(purchase: SendingPurchase | PlacedPurchase, contents: CartContents): boolean {
  return purchase.step === 'sending' || contents.lines.length === 0 || isSameContents(purchase, contents);
}

function isSameOffer(left: Quote, right: Quote): boolean {
  return isSameMoney(left.total, right.total) && isSameLines(left.lines, right.lines);
}
