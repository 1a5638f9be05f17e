import type {Client} from '../client/client.ts';
import type {KeystallError} from '../client/errors.ts';
import type {Order} from '../contract/order.ts';
import {isAnswerLost} from './answer-lost.ts';
import {agree, isSamePurchase, isUsable} from './agreed-purchase.ts';
import type {CartController} from './cart.ts';
import {claimReturn} from './claim-return.ts';
import {checkForm, lookupPasswordOf, problemsOf} from './checkout-form.ts';
import {hasOrder, isAwaitingPayment, reduceCheckout, type CheckoutEvent} from './checkout-reducer.ts';
import {createCheckoutRun} from './checkout-run.ts';
import type {Environment} from './environment.ts';
import type {FormDraft} from './form-draft.ts';
import {followOrder} from './follow-order.ts';
import {isPaid, type CartContents} from './paid-cart.ts';
import {pause} from './pause.ts';
import {createPaymentOpening} from './payment-opening.ts';
import type {PurchaseMarker} from './purchase-marker.ts';
import {
  isBuyable,
  isPlaced,
  isQuoted,
  isSameLines,
  reducePurchase,
  type PlacedPurchase,
  type Purchase,
  type SendingPurchase,
} from './purchase.ts';
import {quoteRequest} from './quote-request.ts';
import {readableValue} from './readable-value.ts';
import {sendOrder} from './send-order.ts';
import type {Checkout, CheckoutForm, CheckoutState, Orders, PlaceOptions} from './shop.ts';
import type {Keepsakes, Vault} from './vault.ts';

/** How long another tab's order is left to that tab. */
const otherTabsTime = 3_000;

export interface CheckoutOptions {
  readonly client: Client;
  readonly environment: Environment;
  readonly vault: Vault;
  readonly cart: CartController;
  readonly draft: FormDraft;
  readonly orders: Orders;
  readonly marker: PurchaseMarker;
  /** BCP 47 tag of the reader's language, as it is now. */
  readonly language: () => string | undefined;
}

export interface CheckoutController extends Checkout {
  dispose(): void;
}

/**
 * Leads one purchase from the cart to the payment. The truth about what is on its way is the vault's record, shared by
 * all tabs; this tab's state is what it last learned. Whatever is sent was written there before.
 */
export function createCheckout({
  client,
  environment,
  vault,
  cart,
  draft,
  orders,
  marker,
  language,
}: CheckoutOptions): CheckoutController {
  const state = readableValue<CheckoutState>({step: 'idle'}, () => vault.onChange(() => void followOtherTab()));
  const run = createCheckoutRun(error => {
    dispatch({type: 'failed', error});
  });
  const payments = createPaymentOpening({
    client,
    environment,
    wait,
    dispatch,
    isWanted: () => state.value.step === 'opening_payment',
  });
  /** Ends the pauses before a repeat. */
  const waiting = new Set<() => void>();
  const claiming = {client, environment, vault, marker, wait};
  /** Goods that are bought past the cart, as a cart of their own. */
  let direct: CartContents | undefined;
  /** The order that is being paid here. */
  let following: PlacedPurchase | undefined;

  return {
    get value() {
      return state.value;
    },
    subscribe: state.subscribe,
    get selected() {
      return direct?.lines;
    },
    select(lines) {
      const isSame = lines && direct && isSameLines(lines, direct.lines);
      // The same goods again are the same purchase: its quote, and with it the intent, is kept.
      if (!isSame) direct = lines && {id: environment.newId(), lines: [...lines]};
    },
    begin,
    place,
    pay,
    resume({returnCode} = {}) {
      if (run.flow || state.value.step !== 'idle') return run.flow?.done ?? Promise.resolve();
      return run.start('order', async signal => {
        const {purchase} = await takeStock();
        signal.throwIfAborted();
        const isAtHand = purchase && !isQuoted(purchase);
        const claim = returnCode === undefined ? undefined : claimReturn(claiming, returnCode, signal);
        // What is at hand need not wait: the way back is only used up then, so that nobody else can.
        if (isAtHand) claim?.catch(() => {});
        const returned = isAtHand ? undefined : await claim;
        signal.throwIfAborted();
        if (isAtHand) await proceed(purchase, signal);
        else if (returned) await followPlaced(returned.purchase, signal, returned.order);
      });
    },
    close() {
      run.stop();
      direct = undefined;
      dispatch({type: 'closed'});
    },
    dispose() {
      run.dispose();
      state.close();
    },
  };

  function begin(): Promise<void> {
    const isHere = state.value.step === 'placing' || isAwaitingPayment(state.value);
    if (run.flow && (run.flow.kind === 'quote' || isHere)) return run.flow.done;
    return run.start('quote', async signal => {
      const {purchase, contents} = await takeStock();
      signal.throwIfAborted();
      if (purchase && !isQuoted(purchase)) {
        if (isSamePurchase(purchase, contents)) return proceed(purchase, signal);
        // The buyer put something else together: the order that waits for its payment is left to itself.
        await endPlaced(purchase as PlacedPurchase);
        signal.throwIfAborted();
      }
      await showQuote(signal);
    });
  }

  async function place(form: CheckoutForm, {returnUrl, revealKey: askForKey}: PlaceOptions = {}): Promise<void> {
    if (run.flow?.kind === 'order') {
      for (const goOn of [...waiting]) goOn();
      return run.flow.done;
    }
    const shown = state.value;
    if (shown.step !== 'filling' || !isBuyable(shown.quote)) return begin();
    const {quote} = shown;
    const problems = checkForm(quote, form);
    if (Object.keys(problems).length > 0) {
      dispatch({type: 'form_rejected', problems});
      return;
    }
    return run.start('order', async signal => {
      dispatch({type: 'sent'});
      const key = await askForKey?.();
      signal.throwIfAborted();
      if (key && !key.isKept && !lookupPasswordOf(form)) {
        dispatch({type: 'refused', quote, problems: {lookupPassword: 'required'}});
        return;
      }
      const revealKey = key?.revealKey;
      marker.set();
      const agreement = {quote, form, cart: (direct ?? cart.contents()).id, lang: language(), returnUrl, revealKey};
      const purchase = await vault.update((held, paid) => agree(held, paid, agreement));
      signal.throwIfAborted();
      if (purchase && !isQuoted(purchase)) return proceed(purchase, signal);
      // Another tab has moved on: what the buyer agreed to is not what is at hand.
      run.stop();
      dispatch({type: 'closed'});
      await begin();
    });
  }

  function pay(method: string, {returnUrl}: {readonly returnUrl?: string} = {}): Promise<void> {
    if (!isAwaitingPayment(state.value)) return Promise.resolve();
    const {signal} = run;
    const event = {type: 'method_chosen', method, returnUrl} as const;
    return run.guarded(signal, async () => {
      if (!following) return;
      // Another tab may have put the purchase aside; the order can be paid all the same.
      const purchase = reducePurchase(following, event) as PlacedPurchase;
      following = purchase;
      await vault.update(held => (isPlaced(held, purchase.orderId) ? reducePurchase(held, event) : held));
      signal.throwIfAborted();
      const now = state.value;
      if (isAwaitingPayment(now)) await payments.open(purchase, now.order, signal);
    });
  }

  /** Sees a purchase through from wherever it stands. */
  async function proceed(purchase: Purchase | undefined, signal: AbortSignal, delay = 0): Promise<void> {
    const shown = state.value;
    if (hasOrder(shown) && !isPlaced(purchase, shown.order.id)) dispatch({type: 'closed'});
    if (purchase?.step === 'sending') return send(purchase, signal, delay);
    if (purchase?.step === 'placed') return followPlaced(purchase, signal);
    await showQuote(signal);
  }

  /** What is in hand, and what is in the cart when all that was paid for has left it, whichever tab saw the payment. */
  async function takeStock(): Promise<{purchase: Purchase | undefined; contents: CartContents}> {
    const {purchase, paid} = await vault.record();
    for (const entry of paid) cart.settle(entry);
    if (direct && isPaid(paid, direct.id)) direct = undefined;
    return {purchase, contents: direct ?? cart.contents()};
  }

  async function showQuote(signal: AbortSignal): Promise<void> {
    const {purchase: held, contents} = await takeStock();
    signal.throwIfAborted();
    const {lines, coupon} = contents;
    if (lines.length === 0) {
      dispatch({type: 'closed'});
      return;
    }
    if (state.value.step === 'placing' || hasOrder(state.value)) dispatch({type: 'closed'});
    dispatch({type: 'quote_requested'});
    const fresh = isUsable(held, contents, environment.now())
      ? held.quote
      : await client.createQuote(quoteRequest(lines, coupon), {signal});
    signal.throwIfAborted();
    let isPaidFor = false;
    // Two tabs may have asked at once: the one that wrote first is the one whose intent both use.
    const purchase = await vault.update((now, paid) => {
      isPaidFor = isPaid(paid, contents.id);
      if (isPaidFor || (now && !isQuoted(now)) || isUsable(now, contents, environment.now())) return now;
      return reducePurchase(now, isBuyable(fresh) ? {type: 'quoted', contents, quote: fresh} : {type: 'dropped'});
    });
    signal.throwIfAborted();
    if (purchase && !isQuoted(purchase)) return proceed(purchase, signal);
    if (isPaidFor) return showQuote(signal);
    const quote = purchase?.quote ?? fresh;
    cart.learn(quote);
    dispatch({type: 'quoted', quote});
  }

  async function send(purchase: SendingPurchase, signal: AbortSignal, delay: number): Promise<void> {
    if (state.value.step !== 'placing') dispatch({type: 'sent'});
    const onLost = () => {
      dispatch({type: 'answer_lost'});
    };
    const outcome = await sendOrder({client, environment, vault, wait, onLost}, purchase, signal, delay);
    signal.throwIfAborted();
    switch (outcome.kind) {
      case 'placed':
        return followPlaced(outcome.purchase, signal, outcome.order);
      case 'moved_on':
        return proceed(outcome.purchase, signal);
      case 'ask_again': {
        const {quote, error} = outcome;
        cart.learn(quote);
        if (error?.code === 'coupon_used_up') cart.refuseCoupon();
        return dispatch({type: 'refused', quote, ...(error && {error, problems: problemsOf(error)})});
      }
    }
  }

  /** Watches the order for as long as this run lasts, and opens its payment. Resolves when that is settled. */
  async function followPlaced(purchase: PlacedPurchase, signal: AbortSignal, placed?: Order): Promise<void> {
    signal.throwIfAborted();
    following = purchase;
    if (state.value.step !== 'placing' && !hasOrder(state.value)) dispatch({type: 'sent'});
    const watch = orders.watch(purchase.orderId, purchase.token);
    return followOrder(watch, {placed, see, lose}, signal);

    async function see(order: Order, stop: () => void): Promise<void> {
      if (signal.aborted) return;
      const isFirst = !hasOrder(state.value);
      dispatch({type: 'order_seen', order});
      const now = state.value;
      if (now.step === 'expired') await endPlaced(purchase);
      else if (now.step === 'paid') {
        stop();
        const paid = {cart: purchase.cart, skuIds: purchase.lines.map(({skuId}) => skuId)};
        // First for all tabs and for good: one that asks for a quote at this moment must not be given these goods again.
        await endPlaced(purchase, {paid});
        cart.settle(paid);
        draft.forget(paid.skuIds);
        if (direct?.id === paid.cart) direct = undefined;
      } else if (isFirst) await payments.goOn(purchase, order, signal);
    }

    async function lose(error: KeystallError): Promise<void> {
      if (signal.aborted || hasOrder(state.value)) return;
      if (isAnswerLost(error)) dispatch({type: 'answer_lost'});
      else {
        await endPlaced(purchase);
        throw error;
      }
    }
  }

  /** An order that is over leaves the record. */
  async function endPlaced({orderId}: PlacedPurchase, keepsakes?: Keepsakes): Promise<void> {
    const end = (held: Purchase | undefined) =>
      isPlaced(held, orderId) ? reducePurchase(held, {type: 'ended', orderId}) : held;
    await vault.update(end, keepsakes);
  }

  /** Another tab has written: what it sends or has placed is shown here, too, if the checkout is open here. */
  async function followOtherTab(): Promise<void> {
    const isOpen = () => !run.flow && (state.value.step === 'filling' || state.value.step === 'blocked');
    if (!isOpen()) return;
    const {purchase} = await vault.record();
    if (!isOpen() || !purchase || isQuoted(purchase)) return;
    await run.start('order', signal => proceed(purchase, signal, otherTabsTime));
  }

  function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return pause(environment, milliseconds, signal, goOn => {
      const stopListening = vault.onChange(goOn);
      waiting.add(goOn);
      return () => {
        stopListening();
        waiting.delete(goOn);
      };
    });
  }

  function dispatch(event: CheckoutEvent): void {
    state.set(reduceCheckout(state.value, event));
  }
}
