import {compare, money, multiply, type Money} from '../../domain/money.ts';
import type {ListedOrder} from '../../domain/reconciliation.ts';
import {readAnswer} from '../answer-schemas.ts';
import {asUpstreamError, type CallBounds} from '../exchange.ts';
import {lostAnswer} from '../lost-answer.ts';
import {
  isUpstreamError,
  UpstreamError,
  type BuyOutcome,
  type BuyRequest,
  type FollowOutcome,
  type FollowRequest,
  type RefusalReason,
} from '../port.ts';
import type {Answer, Transport} from '../rest.ts';
import * as v from 'valibot';
import {cards as cardsSchema, oneOrder, order as orderSchema, orderName, type OrderRecord} from './answers.ts';
import {cardText} from './card-text.ts';
import {readList} from './catalogue.ts';

export interface Purchases {
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  reconcile(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
  orders(since: number, signal: AbortSignal): Promise<readonly ListedOrder[]>;
}

export interface PurchaseParts {
  readonly transport: Transport;
  /** The account's. */
  readonly currency: string;
  readonly recipientEmail: string;
  /** What one card costs now. @throws {UpstreamError} `absent`: it is not sold. */
  readonly costOf: (offer: BuyRequest['offer'], signal: AbortSignal) => Promise<Money>;
  readonly balance: (signal: AbortSignal) => Promise<Money>;
  readonly now: () => number;
  readonly bounds: (signal: AbortSignal) => CallBounds;
}

/** How long cards of a finished order may be on their way. */
const cardsWithinMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;
/** Further back than a lost answer is ever looked into. */
const reportedDays = 7;
const mostListed = 1000;

/**
 * Purchases of one account. That a reference is taken once only is said and nowhere proved, so none is ever sent again: a
 * lost answer is looked for in the report of transactions, and by nothing else.
 */
export function createPurchases(parts: PurchaseParts): Purchases {
  const {transport, currency, costOf, bounds} = parts;
  return {buy, reconcile, follow, orders};

  async function buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const {offer, quantity, costCeiling} = request;
    try {
      const cost = multiply(await costOf(offer, signal), quantity);
      if (costCeiling && compare(cost, costCeiling) > 0) {
        return notSent('price_too_high', `It costs ${cost.amount} now and may cost ${costCeiling.amount}.`);
      }
    } catch (error) {
      return signal.aborted ? lostAnswer('GET /products', error) : productUnreadable(error);
    }
    try {
      const body = orderBody(request, parts.recipientEmail);
      const answer = await transport.call({method: 'POST', path: '/orders', body}, bounds(signal));
      return answer.kind === 'refusal'
        ? await refused(answer, request, signal)
        : await afterwards(readAnswer('POST /orders', orderSchema, answer.data), signal);
    } catch (error) {
      return lostAnswer('POST /orders', error);
    }
  }

  /**
   * Looks through the report of the last days, and of the next: its times have no zone. Whatever else it holds, only
   * orders of this very reference are ours.
   */
  async function reconcile({reference}: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const query = {
      startDate: reportTime(parts.now() - reportedDays * dayMs),
      endDate: reportTime(parts.now() + dayMs),
      customIdentifier: reference,
    };
    const found = new Map<string, OrderRecord>();
    try {
      for await (const record of readList(transport, '/reports/transactions', query, () => bounds(signal))) {
        if (!v.is(orderName, record) || record.customIdentifier !== reference) continue;
        const order = readAnswer('GET /reports/transactions', orderSchema, record);
        found.set(order.transactionId, order);
      }
      const [order, ...others] = found.values();
      if (order && others.length === 0) return await afterwards(order, signal);
      const text = order
        ? `${reference} names several transactions: ${[...found.keys()].join(', ')}.`
        : `No transaction has the reference ${reference} yet.`;
      return {kind: 'unknown', reason: 'unexpected_answer', text};
    } catch (error) {
      return lostAnswer('GET /reports/transactions', error);
    }
  }

  async function orders(since: number, signal: AbortSignal): Promise<readonly ListedOrder[]> {
    // The report's times have no zone.
    const query = {startDate: reportTime(since - dayMs), endDate: reportTime(parts.now() + dayMs)};
    const found = new Map<string, ListedOrder>();
    for await (const record of readList(transport, '/reports/transactions', query, () => bounds(signal))) {
      const order = readAnswer('GET /reports/transactions', orderSchema, record);
      const {transactionId: orderId, customIdentifier: reference, status} = order;
      found.set(orderId, {orderId, ...(reference && {reference}), charged: chargedFor(order), status});
      if (found.size >= mostListed) break;
    }
    return [...found.values()];
  }

  /** The order exists. What cannot be read now, and what is not done, is followed later. */
  async function afterwards(order: OrderRecord, signal: AbortSignal): Promise<BuyOutcome> {
    const charged = chargedFor(order);
    const {transactionId: orderId, status} = order;
    const accepted = {kind: 'accepted', orderId, charged, placeholder: ''} as const;
    if (status === 'REFUNDED') {
      return {kind: 'refused', reason: 'other', text: `Transaction ${orderId} is ${status}.`, code: status};
    }
    if (status !== 'SUCCESSFUL') return accepted;
    try {
      const texts = await readCards(orderId, signal);
      return texts.length < order.product.quantity
        ? accepted
        : {kind: 'delivered', orderId, charged, secret: texts.join('\n')};
    } catch (error) {
      if (!isUpstreamError(error)) throw error;
      return accepted;
    }
  }

  /**
   * "Failed" does not say that the money is back, and a status that nobody has described says nothing: both are waited for
   * until a person is called.
   */
  async function follow({orderId, shortSince}: FollowRequest, signal: AbortSignal): Promise<FollowOutcome> {
    let order: OrderRecord;
    try {
      const path = `/reports/transactions/${encodeURIComponent(orderId)}`;
      order = await transport.read({method: 'GET', path}, oneOrder, bounds(signal));
    } catch (error) {
      if (isUpstreamError(error) && error.reason === 'absent') return {kind: 'absent', text: error.message};
      throw error;
    }
    const text = `The transaction is ${order.status}.`;
    if (order.status === 'REFUNDED') return {kind: 'refunded', refunded: chargedFor(order), text};
    if (order.status !== 'SUCCESSFUL') return {kind: 'pending', text};
    const texts = await readCards(orderId, signal);
    const isLate = shortSince !== undefined && parts.now() - shortSince >= cardsWithinMs;
    if (texts.length < order.product.quantity && !isLate) {
      return {
        kind: 'pending',
        text: `${text} ${texts.length} of ${order.product.quantity} cards are there.`,
        short: true,
      };
    }
    return texts.length === 0
      ? {kind: 'absent', text: `${text} There are no cards in it.`}
      : {kind: 'delivered', secret: texts.join('\n')};
  }

  /** Cards are made out after the order; until then they are not found, or there are none. */
  async function readCards(orderId: string, signal: AbortSignal): Promise<readonly string[]> {
    const path = `/orders/transactions/${encodeURIComponent(orderId)}/cards`;
    try {
      const cards = await transport.read({method: 'GET', path}, cardsSchema, bounds(signal));
      return cards.map(cardText).filter(text => text !== '');
    } catch (error) {
      if (isUpstreamError(error) && error.reason === 'absent') return [];
      throw error;
    }
  }

  function chargedFor({amount, currencyCode}: OrderRecord): Money {
    if (currencyCode === currency) return money(amount, currency);
    throw new UpstreamError(
      'unexpected_answer',
      `A transaction was charged in ${currencyCode}, and the account is said to be kept in ${currency}.`,
    );
  }

  async function refused(
    {code, status, message}: Extract<Answer, {kind: 'refusal'}>,
    request: BuyRequest,
    signal: AbortSignal,
  ): Promise<BuyOutcome> {
    const text = message || code;
    const coded = code !== '' && {code};
    if (!decided.has(status)) return {kind: 'unknown', reason: 'ambiguous_refusal', text, ...coded};
    const reason = status === 401 ? 'credentials' : (byCode[code] ?? (await whyRefused(request, signal)));
    return {kind: 'refused', reason, text, ...coded};
  }

  /** Most refusals have no code. What can be looked up says more than their words, and the rest is anything. */
  async function whyRefused({offer, quantity}: BuyRequest, signal: AbortSignal): Promise<RefusalReason> {
    try {
      const cost = multiply(await costOf(offer, signal), quantity);
      return compare(await parts.balance(signal), cost) < 0 ? 'insufficient_balance' : 'other';
    } catch (error) {
      return isUpstreamError(error) && error.reason === 'absent' ? 'not_for_sale' : 'other';
    }
  }
}

/** Statuses that prove that nothing was bought. */
const decided: ReadonlySet<number> = new Set([400, 401, 404]);
const byCode: Readonly<Partial<Record<string, RefusalReason>>> = {COUNTRY_NOT_SUPPORTED: 'not_for_sale'};

function notSent(reason: RefusalReason, text: string): Extract<BuyOutcome, {kind: 'refused'}> {
  return {kind: 'refused', reason, text: `${text} Nothing was sent.`};
}

function productUnreadable(error: unknown): BuyOutcome {
  const {reason, message, code} = asUpstreamError('GET /products', error);
  const why = reason === 'absent' ? 'not_for_sale' : reason === 'credentials' ? 'credentials' : 'other';
  return {...notSent(why, message), ...(code !== undefined && {code})};
}

/** `2022-02-28 13:46:00` */
function reportTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** The worth stands there digit by digit as the product has it. */
function orderBody({offer, quantity, reference, contact}: BuyRequest, recipientEmail: string): string {
  const rest = JSON.stringify({senderName: contact, recipientEmail, customIdentifier: reference});
  return `{"productId":${offer.code},"quantity":${quantity},"unitPrice":${offer.sku},${rest.slice(1)}`;
}
