import type {Client} from '../client/client.ts';
import type {KeystallError} from '../client/errors.ts';
import {isProblem} from '../client/is-problem.ts';
import type {Order, PlacedOrder} from '../contract/order.ts';
import type {Quote} from '../contract/quote.ts';
import type {LineRequest} from '../domain/quote.ts';
import {isAnswerLost} from './answer-lost.ts';
import type {Environment} from './environment.ts';
import {isPaid} from './paid-cart.ts';
import {pauseBefore} from './pause.ts';
import {
  contentsOf,
  isBuyable,
  isQuoted,
  isSending,
  reducePurchase,
  type PlacedPurchase,
  type Purchase,
  type SendingPurchase,
} from './purchase.ts';
import {quoteRequest} from './quote-request.ts';
import type {Vault} from './vault.ts';

/** How often an order is priced anew without the buyer before it is given up. */
const requotesAtMost = 3;

interface SendOrderMeans {
  readonly client: Client;
  readonly environment: Environment;
  readonly vault: Vault;
  /** Ends early when there is reason to try at once. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onLost: () => void;
}

export type SendOutcome =
  | {readonly kind: 'placed'; readonly purchase: PlacedPurchase; readonly order: Order}
  /** Another tab took the purchase further, or ended it. */
  | {readonly kind: 'moved_on'; readonly purchase: Purchase | undefined}
  /** There is no order; the buyer has to agree to this quote, or to mend what `error` says. */
  | {readonly kind: 'ask_again'; readonly quote: Quote; readonly error?: KeystallError};

/**
 * Sends an order until there is a definite answer: the same body under the same key, each time.
 * @param delay milliseconds in which another tab may finish it first
 * @throws {KeystallError} what the server definitely refused for; the purchase is over then.
 */
export async function sendOrder(
  means: SendOrderMeans,
  first: SendingPurchase,
  signal: AbortSignal,
  delay: number,
): Promise<SendOutcome> {
  const {client, environment, vault, wait, onLost} = means;
  let purchase: Purchase | undefined = first;
  if (delay > 0) {
    await wait(delay, signal);
    ({purchase} = await vault.record());
  }
  let requotes = 0;
  for (let attempt = 1; purchase?.step === 'sending'; attempt++) {
    signal.throwIfAborted();
    let placed: PlacedOrder;
    try {
      placed = await client.placeOrder(purchase.body, {idempotencyKey: purchase.intent, signal});
    } catch (error) {
      signal.throwIfAborted();
      if (isAnswerLost(error)) {
        onLost();
        await wait(pauseBefore(attempt, environment.random()), signal);
        ({purchase} = await vault.record());
        continue;
      }
      if (!isProblem(error, 'quote_expired') || ++requotes > requotesAtMost)
        return refuse(means, purchase, error, signal);
      const quote = await quoteUntilAnswered(means, purchase.lines, purchase.coupon, signal);
      purchase = await renew(vault, purchase, quote);
      if (!purchase || isQuoted(purchase)) return {kind: 'ask_again', quote: purchase?.quote ?? quote};
      attempt = 0;
      continue;
    }
    return {kind: 'placed', purchase: await keepPlaced(vault, purchase, placed), order: placed.order};
  }
  return {kind: 'moved_on', purchase};
}

/** The token is written down before anybody hears of the order; what the buyer typed in goes away with it. */
async function keepPlaced(vault: Vault, sent: SendingPurchase, {order, token}: PlacedOrder): Promise<PlacedPurchase> {
  const {id, number, createdAt} = order;
  const event = {type: 'placed', intent: sent.intent, orderId: id, token, number} as const;
  const access = {id, number, createdAt, token};
  await vault.update(held => (isSending(held, sent.intent) ? reducePurchase(held, event) : held), {access});
  return reducePurchase(sent, event) as PlacedPurchase;
}

/** At the same total the buyer's consent still holds; otherwise they are asked again. */
function renew(vault: Vault, {intent}: SendingPurchase, quote: Quote): Promise<Purchase | undefined> {
  const event = {type: 'requoted', intent, quote} as const;
  return vault.update(held => (isSending(held, intent) ? reducePurchase(held, event) : held));
}

/**
 * The intent is spent. A form can be mended, a code that is used up left out, and a quote the shop does not know (any
 * more) replaced, under a new intent and with the buyer's word: only `quote_expired` promises that no order was made. The rest is final.
 */
async function refuse(
  means: SendOrderMeans,
  sent: SendingPurchase,
  error: unknown,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const {vault} = means;
  const {intent, cart, lines} = sent;
  await vault.update(held => (isSending(held, intent) ? reducePurchase(held, {type: 'refused', intent}) : held));
  signal.throwIfAborted();
  const isUsedUp = isProblem(error, 'coupon_used_up');
  if (!isUsedUp && !isProblem(error, 'validation_failed') && !isProblem(error, 'quote_invalid')) throw error;
  const quote = await quoteUntilAnswered(means, lines, isUsedUp ? undefined : sent.coupon, signal);
  const purchase = await vault.update((held, paid) => {
    if ((held && !isQuoted(held)) || !isBuyable(quote) || isPaid(paid, cart)) return held;
    return reducePurchase(held, {type: 'quoted', contents: contentsOf(sent), quote});
  });
  return purchase && !isQuoted(purchase) ? {kind: 'moved_on', purchase} : {kind: 'ask_again', quote, error};
}

async function quoteUntilAnswered(
  {client, environment, wait, onLost}: SendOrderMeans,
  lines: readonly LineRequest[],
  coupon: string | undefined,
  signal: AbortSignal,
): Promise<Quote> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.createQuote(quoteRequest(lines, coupon), {signal});
    } catch (error) {
      signal.throwIfAborted();
      if (!isAnswerLost(error)) throw error;
      onLost();
      await wait(pauseBefore(attempt, environment.random()), signal);
    }
  }
}
