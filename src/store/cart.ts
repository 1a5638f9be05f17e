import type {Client} from '../client/client.ts';
import {maximumCouponLength, maximumQuantity, type Quote} from '../contract/quote.ts';
import {couponCode} from '../domain/coupon.ts';
import type {LineRequest} from '../domain/quote.ts';
import {isAnswerLost} from './answer-lost.ts';
import {CartError} from './cart-error.ts';
import {
  cartState,
  isDead,
  isUnconfirmed,
  problemOf,
  reduceCart,
  type Asked,
  type CartEvent,
  type HeldCart,
} from './cart-reducer.ts';
import {createCartStorage} from './cart-storage.ts';
import type {Environment} from './environment.ts';
import {linkedSignal} from './linked-signal.ts';
import type {CartContents, PaidCart} from './paid-cart.ts';
import {pauseBefore} from './pause.ts';
import {quoteRequest} from './quote-request.ts';
import {readableValue} from './readable-value.ts';
import type {Cart, CartCoupon, CartState} from './shop.ts';
import {createTabSignal} from './tab-signal.ts';

/** The cart, and what only the checkout tells it. */
export interface CartController extends Cart {
  /** What is in it now, other tabs' changes included. */
  contents(): CartContents;
  /** Prices and problems as the server just told them for the whole cart. */
  learn(quote: Quote): void;
  /** The coupon was used up when the order came. */
  refuseCoupon(): void;
  /**
   * These goods were paid for and leave the cart, which is another one from then on. Of a cart that is not this one,
   * such as one that was settled before, nothing leaves: the buyer may have put the same goods in again.
   */
  settle(paid: PaidCart): void;
  dispose(): void;
}

interface Change {
  done: Promise<void>;
}

export function createCart(client: Client, environment: Environment): CartController {
  const storage = createCartStorage(environment, client.address);
  const otherTabs = createTabSignal(environment, `keystall:cart:${client.address}`);
  const ended = new AbortController();
  /** The newest change of each line that waits for the server, or is being asked about. */
  const newest = new Map<string, Change>();
  let turn: Promise<void> = Promise.resolve();
  let id = environment.newId();
  let held: HeldCart = [];
  let coupon: CartCoupon | undefined;
  /** The question about the whole cart that has yet to be asked. */
  let refreshing: Promise<void> | undefined;
  /** Questions in a row that got no answer. */
  let failures = 0;
  let stopRetrying = () => {};
  /** Carts that were settled, by id. What another tab wrote may still come from before that. */
  const settled = new Map<string, PaidCart>();

  const value = readableValue<CartState>(cartState(held), () => {
    restore();
    confirmWhatIsLeft();
    const onAwake = (wasAway?: boolean) => {
      restore(wasAway);
      confirmWhatIsLeft();
    };
    const stops = [
      otherTabs.onTold(() => restore()),
      environment.onStored(() => restore()),
      environment.onAwake(onAwake),
      () => stopRetrying(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  });
  restore();

  return {
    get value() {
      return value.value;
    },
    subscribe: value.subscribe,
    add: (line, {signal} = {}) => {
      const pieces = line.quantity ?? 1;
      if (!Number.isSafeInteger(pieces) || pieces < 1) return Promise.reject(notPieces('add', pieces));
      restore();
      const quantity = (find(line.skuId)?.quantity ?? 0) + pieces;
      return change(line.skuId, quantity, {type: 'added', line, quantity}, signal);
    },
    setQuantity: (skuId, quantity, {signal} = {}) => {
      if (!Number.isSafeInteger(quantity) || quantity < 0) return Promise.reject(notPieces('setQuantity', quantity));
      restore();
      const line = find(skuId);
      if (quantity === 0) return remove(skuId);
      if (!line) return Promise.reject(new CartError(skuId, {kind: 'unavailable'}));
      if (line.quantity === quantity && line.problem?.kind !== 'unconfirmed') {
        return newest.get(skuId)?.done ?? Promise.resolve();
      }
      return change(skuId, quantity, {type: 'quantity_set', skuId, quantity}, signal);
    },
    remove,
    removeDead() {
      restore();
      for (const line of value.value.lines) if (isDead(line)) void remove(line.skuId);
    },
    refresh,
    setCoupon(typed) {
      restore();
      const code = couponCode(typed ?? '');
      const isPossible = code.length <= maximumCouponLength;
      coupon = code ? {code, pending: false, ...(!isPossible && {problem: 'unknown'})} : undefined;
      keep();
      return code && isPossible ? refresh() : Promise.resolve();
    },
    clear() {
      newest.clear();
      write({type: 'cleared'});
    },
    contents() {
      restore();
      return {id, lines: requests(), coupon: coupon?.code};
    },
    learn(quote) {
      take(quote);
    },
    refuseCoupon() {
      if (coupon) showCoupon({code: coupon.code, pending: false, problem: 'used_up'});
    },
    settle(paid) {
      settled.set(paid.cart, paid);
      restore();
      if (id === paid.cart) leaveBought(paid);
    },
    dispose() {
      ended.abort();
      value.close();
    },
  };

  function remove(skuId: string): Promise<void> {
    newest.delete(skuId);
    write({type: 'removed', skuId});
    if (coupon) void refresh();
    return Promise.resolve();
  }

  function refresh(): Promise<void> {
    if (refreshing) return refreshing;
    const asking = turn.then(() => {
      refreshing = undefined;
      return askAgain();
    });
    turn = refreshing = asking;
    if (coupon && !isSpent(coupon) && held.length > 0) showCoupon({code: coupon.code, pending: true});
    return asking;
  }

  async function askAgain(): Promise<void> {
    restore();
    if (held.length === 0 || ended.signal.aborted) return;
    try {
      take(await client.createQuote(wholeCart(), {signal: ended.signal}));
    } catch {
      leaveUnanswered();
    }
  }

  function wholeCart() {
    return quoteRequest(requests(), coupon && !isSpent(coupon) ? coupon.code : undefined);
  }

  /** What the server said of the whole cart. It speaks of the coupon as of the goods that it was asked about. */
  function take(quote: Quote, asked?: Asked): void {
    failures = 0;
    write({type: 'quoted', lines: quote.lines, ...(asked && {asked})});
    const isSame =
      quote.lines.length === held.length &&
      quote.lines.every(({skuId, quantity}) => find(skuId)?.quantity === quantity);
    if (!coupon || isSpent(coupon)) return;
    const told = isSame && quote.coupon?.code === coupon.code ? quote.coupon : {code: coupon.code};
    showCoupon({...told, pending: false});
  }

  function leaveUnanswered(): void {
    if (ended.signal.aborted) return;
    if (coupon && !isSpent(coupon)) showCoupon({code: coupon.code, pending: false, problem: 'unconfirmed'});
    failures++;
    if (!value.isHeard) return;
    stopRetrying();
    stopRetrying = environment.after(pauseBefore(failures, environment.random(), 2_000, 60_000), confirmWhatIsLeft);
  }

  /** Nobody has to press anything again for what the server could not be asked about. */
  function confirmWhatIsLeft(): void {
    stopRetrying();
    const isLeft = coupon?.problem === 'unconfirmed' || value.value.lines.some(isUnconfirmed);
    if (isLeft) void refresh();
  }

  /** Shows the change now; asks the server when the changes before it are settled. */
  function change(skuId: string, quantity: number, event: CartEvent, signal: AbortSignal | undefined): Promise<void> {
    if (quantity > maximumQuantity) {
      return Promise.reject(new CartError(skuId, {kind: 'above_maximum', maximum: maximumQuantity}));
    }
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    write(event);
    const mine: Change = {done: turn};
    newest.set(skuId, mine);
    // A line that was changed again is asked about once, as it stands last.
    mine.done = turn
      .then(() => (newest.get(skuId) === mine ? confirm({skuId, quantity}, signal) : undefined))
      .finally(() => {
        if (newest.get(skuId) === mine) newest.delete(skuId);
      });
    turn = mine.done.catch(() => {});
    return outcome(skuId, mine);
  }

  /** How a change ended; one that was overtaken ends as the one that overtook it. */
  async function outcome(skuId: string, {done}: Change): Promise<void> {
    await done.catch(() => {});
    const later = newest.get(skuId);
    return later ? outcome(skuId, later) : done;
  }

  async function confirm(asked: Asked, signal: AbortSignal | undefined): Promise<void> {
    const request = linkedSignal(ended.signal, signal);
    try {
      const quote = await client.createQuote(wholeCart(), {signal: request.signal});
      const line = quote.lines.find(({skuId}) => skuId === asked.skuId);
      take(quote, asked);
      const problem = line && problemOf(line);
      if (problem) throw new CartError(asked.skuId, problem);
    } catch (error) {
      if (error instanceof CartError) throw error;
      if (ended.signal.aborted) throw error;
      if (signal?.aborted) {
        write({type: 'taken_back', asked});
        throw error;
      }
      if (isAnswerLost(error)) {
        write({type: 'left_unconfirmed', asked});
        leaveUnanswered();
        return;
      }
      const problem = {kind: 'unavailable'} as const;
      write({type: 'taken_back', asked, problem});
      throw new CartError(asked.skuId, problem, {cause: error});
    } finally {
      request.release();
    }
  }

  function find(skuId: string) {
    return value.value.lines.find(line => line.skuId === skuId);
  }

  function requests(): LineRequest[] {
    return value.value.lines.map(({skuId, quantity}) => ({skuId, quantity}));
  }

  /**
   * Takes in what other tabs wrote, so that a change is made to the cart as it is.
   * @param isLater whether they wrote it after the changes that wait for an answer here
   */
  function restore(isLater?: boolean): void {
    const stored = storage.read();
    if (!stored) return;
    id = stored.id;
    if (stored.coupon !== coupon?.code) {
      coupon = stored.coupon === undefined ? undefined : {code: stored.coupon, pending: false};
    }
    show(reduceCart(held, {type: 'restored', lines: stored.lines, isLater}));
    const paid = settled.get(id);
    if (paid) leaveBought(paid);
  }

  function leaveBought({skuIds}: PaidCart): void {
    id = environment.newId();
    coupon = undefined;
    keep({type: 'bought', skuIds});
  }

  function write(event: CartEvent): void {
    if (ended.signal.aborted) return;
    restore();
    keep(event);
  }

  function keep(event?: CartEvent): void {
    show(event ? reduceCart(held, event) : held);
    const lines = value.value.lines.map(line => ({...line, ...(isUnconfirmed(line) && {unconfirmed: true as const})}));
    storage.write({id, lines, coupon: coupon?.code});
    otherTabs.tell();
  }

  function show(next: HeldCart): void {
    const isSame = next.length === held.length && next.every((line, index) => line === held[index]);
    // What a coupon takes off is known for the goods it was asked for.
    if (!isSame && coupon && !isSpent(coupon) && !isSameGoods(next, held))
      coupon = {code: coupon.code, pending: coupon.pending};
    if (isSame && coupon === value.value.coupon) return;
    held = next;
    value.set(cartState(held, coupon));
  }

  function showCoupon(next: CartCoupon): void {
    coupon = next;
    show(held);
  }
}

/** Not asked about again: a new quote knows nothing of the contact that has used it up. */
function isSpent({problem}: CartCoupon): boolean {
  return problem === 'used_up';
}

function isSameGoods(left: HeldCart, right: HeldCart): boolean {
  return (
    left.length === right.length &&
    left.every(
      ({line}, index) => line.skuId === right[index]?.line.skuId && line.quantity === right[index].line.quantity,
    )
  );
}

function notPieces(method: string, value: number): RangeError {
  return new RangeError(`cart.${method}: a whole number of pieces is needed, got ${value}.`);
}
