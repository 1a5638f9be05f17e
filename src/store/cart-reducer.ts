import type {QuoteLine} from '../contract/quote.ts';
import {compare, multiply, sum, type Money} from '../domain/money.ts';
import type {CartCoupon, CartLine, CartProblem, CartState, NewCartLine} from './shop.ts';

/** A line of the cart, and how many pieces of it the server last agreed to: 0 for a line it has not seen. */
export interface HeldLine {
  readonly line: CartLine;
  readonly agreed: number;
}

export type HeldCart = readonly HeldLine[];

/** What lies in storage: a line without what only this page knows. `unconfirmed`: the server has not been asked. */
export type StoredLine = Omit<CartLine, 'pending' | 'problem'> & {readonly unconfirmed?: true | undefined};

export type CartEvent =
  /** The buyer put a good in, or more of it. `quantity` is what the line holds then. */
  | {readonly type: 'added'; readonly line: NewCartLine; readonly quantity: number}
  | {readonly type: 'quantity_set'; readonly skuId: string; readonly quantity: number}
  | {readonly type: 'removed'; readonly skuId: string}
  | {readonly type: 'cleared'}
  /** The server priced the cart. `asked`: the line this was about, with the quantity that was asked for. */
  | {readonly type: 'quoted'; readonly lines: readonly QuoteLine[]; readonly asked?: Asked}
  /** The server could not be asked about a line. */
  | {readonly type: 'left_unconfirmed'; readonly asked: Asked}
  /** The change is not wanted any more, or the server refused to price the cart with it. */
  | {readonly type: 'taken_back'; readonly asked: Asked; readonly problem?: CartProblem}
  /** Another tab, or the last visit, left these lines. `isLater`: after whatever is pending here. */
  | {readonly type: 'restored'; readonly lines: readonly StoredLine[]; readonly isLater?: boolean | undefined}
  /** These goods were paid for. */
  | {readonly type: 'bought'; readonly skuIds: readonly string[]};

export interface Asked {
  readonly skuId: string;
  readonly quantity: number;
}

/** Events about a line that is gone, or has been changed since, leave it as it is: answers come late. */
export function reduceCart(cart: HeldCart, event: CartEvent): HeldCart {
  switch (event.type) {
    case 'added':
      return added(cart, event.line, event.quantity);
    case 'quantity_set':
      return changeLine(cart, event.skuId, held => changed(held, event.quantity));
    case 'removed':
      return cart.filter(({line}) => line.skuId !== event.skuId);
    case 'cleared':
      return [];
    case 'quoted':
      return event.lines.reduce((before, quoted) => quotedLine(before, quoted, event.asked), cart);
    case 'left_unconfirmed':
      return settle(cart, event.asked, held => ({...held, line: settled(held.line, {kind: 'unconfirmed'})}));
    case 'taken_back':
      return takeBack(cart, event.asked, event.problem);
    case 'restored':
      return event.lines.map(line => restored(cart, line, event.isLater));
    case 'bought':
      return cart.filter(({line}) => !event.skuIds.includes(line.skuId));
  }
}

/** What a view shows. */
export function cartState(cart: HeldCart, coupon?: CartCoupon): CartState {
  const lines = cart.map(({line}) => line);
  const currency = lines[0]?.price.currency;
  return {
    lines,
    count: lines.reduce((count, line) => count + line.quantity, 0),
    ...(currency !== undefined && {
      subtotal: sum(
        lines.filter(line => !isDead(line)).map(line => multiply(line.price, line.quantity)),
        currency,
      ),
    }),
    ...(coupon && {coupon}),
  };
}

/** Whether a line cannot be bought any more, in whatever number: it can only be removed. */
export function isDead({problem}: {readonly problem?: CartProblem | undefined}): boolean {
  return problem?.kind === 'unavailable' || problem?.kind === 'sold_out' || problem?.kind === 'card_gone';
}

export function isUnconfirmed({problem}: CartLine): boolean {
  return problem?.kind === 'unconfirmed';
}

/** Why the server would not sell a line as asked, in the cart's words. */
export function problemOf(line: QuoteLine): CartProblem | undefined {
  switch (line.problem) {
    case undefined:
      return undefined;
    case 'insufficient_stock':
      return {kind: 'not_enough', available: line.available ?? 0};
    case 'below_minimum':
      return {kind: 'below_minimum', minimum: line.available ?? line.quantity + 1};
    case 'above_maximum':
      return {kind: 'above_maximum', maximum: line.available ?? line.quantity - 1};
    case 'unknown_product':
    case 'not_for_sale':
      return {kind: 'unavailable'};
    case 'sold_out':
    case 'card_gone':
    case 'stock_unknown':
      return {kind: line.problem};
  }
}

function added(cart: HeldCart, line: NewCartLine, quantity: number): HeldCart {
  const held = cart.find(other => other.line.skuId === line.skuId);
  // A shop that changed its currency leaves old lines behind whose prices mean nothing now.
  const others = cart.filter(other => other.line.price.currency === line.price.currency);
  if (held && others.includes(held)) return changeLine(others, line.skuId, before => changed(before, quantity));
  return [...others.filter(other => other !== held), {line: {...line, quantity, pending: true}, agreed: 0}];
}

function changed({line, agreed}: HeldLine, quantity: number): HeldLine {
  const {problem: _, ...rest} = line;
  return {line: {...rest, quantity, pending: true}, agreed: line.pending ? agreed : line.quantity};
}

function quotedLine(cart: HeldCart, quoted: QuoteLine, asked: Asked | undefined): HeldCart {
  const isAsked = asked?.skuId === quoted.skuId;
  const problem = problemOf(quoted);
  if (isAsked && problem) return takeBack(cart, asked, problem);
  return changeLine(cart, quoted.skuId, held => {
    const {line} = held;
    if (isAsked && line.quantity !== asked.quantity) return {...held, agreed: asked.quantity};
    if (!isAsked && (line.pending || line.quantity !== quoted.quantity)) return held;
    const price = priceProblem(held, quoted.unitPrice, isAsked);
    // In the language of whoever asked: the page may speak another one now.
    const title = quoted.title || line.title;
    return {line: {...settled(line, problem ?? price), title, price: quoted.unitPrice}, agreed: line.quantity};
  });
}

/**
 * A price that differs for the same number of pieces has changed. For another number it may be another step of the
 * ladder, and steps only go down: a new line that costs more than it was shown with has changed, too.
 */
function priceProblem({line, agreed}: HeldLine, now: Money, isAsked: boolean): CartProblem | undefined {
  const sameCount = !isAsked || agreed === line.quantity;
  const isDifferent = now.currency !== line.price.currency || compare(now, line.price) !== 0;
  if (sameCount) {
    const seen = line.problem?.kind === 'price_changed' ? line.problem : undefined;
    return isDifferent ? {kind: 'price_changed', before: seen?.before ?? line.price} : seen;
  }
  const isDearer = isDifferent && (now.currency !== line.price.currency || compare(now, line.price) > 0);
  return agreed === 0 && isDearer ? {kind: 'price_changed', before: line.price} : undefined;
}

function takeBack(cart: HeldCart, asked: Asked, problem: CartProblem | undefined): HeldCart {
  return settle(cart, asked, held =>
    held.agreed === 0 ? undefined : {...held, line: {...settled(held.line, problem), quantity: held.agreed}},
  );
}

/** Ends the wait of a line, unless it has been changed since it was asked about. */
function settle(cart: HeldCart, asked: Asked, change: (held: HeldLine) => HeldLine | undefined): HeldCart {
  return changeLine(cart, asked.skuId, held => (held.line.quantity === asked.quantity ? change(held) : held));
}

function settled(line: CartLine, problem: CartProblem | undefined): CartLine {
  const {problem: _, ...rest} = line;
  return {...rest, pending: false, ...(problem && {problem})};
}

function restored(cart: HeldCart, {unconfirmed, ...line}: StoredLine, isLater = false): HeldLine {
  const held = cart.find(other => other.line.skuId === line.skuId);
  // Another tab may have got the answer that this one is waiting for.
  const isKnown = held?.line.quantity === line.quantity && (unconfirmed === true || !isUnconfirmed(held.line));
  if (held && ((held.line.pending && !isLater) || isKnown)) return held;
  const now = {...(held?.line ?? {...line, pending: false}), quantity: line.quantity};
  return {line: settled(now, unconfirmed ? {kind: 'unconfirmed'} : undefined), agreed: unconfirmed ? 0 : line.quantity};
}

function changeLine(cart: HeldCart, skuId: string, change: (held: HeldLine) => HeldLine | undefined): HeldCart {
  return cart.flatMap(held => (held.line.skuId === skuId ? (change(held) ?? []) : [held]));
}
