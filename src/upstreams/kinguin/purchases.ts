import {compare, isPositive, money, multiply, share, zero, type Money} from '../../domain/money.ts';
import type {ListedOrder} from '../../domain/reconciliation.ts';
import {readAnswer} from '../answer-schemas.ts';
import {asUpstreamError, type CallBounds} from '../exchange.ts';
import {lostAnswer} from '../lost-answer.ts';
import type {RefundOutcome, RefundRequest} from '../optional-calls.ts';
import {
  isUpstreamError,
  type BuyOutcome,
  type BuyRequest,
  type FollowOutcome,
  type FollowRequest,
  type RefusalReason,
} from '../port.ts';
import type {Answer, Transport} from '../rest.ts';
import {
  keys as keysSchema,
  order as orderSchema,
  orderPage,
  returned as returnedSchema,
  type KeyRecord,
  type OrderRecord,
} from './answers.ts';
import {currency, mostKeys, type Terms} from './product.ts';
import {refusalReason} from './refusals.ts';

export interface Purchases {
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  reconcile(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
  orders(since: number, signal: AbortSignal): Promise<readonly ListedOrder[]>;
  refund(order: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
}

export interface PurchaseParts {
  readonly transport: Transport;
  readonly termsOf: (code: string, signal: AbortSignal) => Promise<Terms>;
  readonly bounds: (signal: AbortSignal) => CallBounds;
}

const keysPerPage = 100;
/** Far more keys than one order can have. */
/** The newest thousand. */
const mostOrderPages = 10;
const ordersPerPage = 100;
const mostKeyPages = 20;

/**
 * Purchases of one account. What a second order with the same reference does is written nowhere, so none is ever sent:
 * a lost answer is looked for by the reference, and by nothing else.
 */
export function createPurchases({transport, termsOf, bounds}: PurchaseParts): Purchases {
  return {buy, reconcile, follow, refund, orders};

  /**
   * The price is read right before and is what the order says that a key may cost. The ceiling itself is never sent:
   * whether Kinguin charges its offer's price or the one it was promised is not written down either.
   */
  async function buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const {offer, quantity, costCeiling} = request;
    if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > mostKeys) {
      return notSent('quantity_not_allowed', `An order is for 1 to ${mostKeys} keys.`);
    }
    let price: Money;
    try {
      price = (await termsOf(offer.code, signal)).priceFor(quantity);
    } catch (error) {
      return signal.aborted ? lostAnswer('GET /v2/products', error) : productUnreadable(error);
    }
    if (costCeiling && compare(multiply(price, quantity), costCeiling) > 0) {
      return notSent('price_too_high', `A key costs ${price.amount} now, ${costCeiling.amount} may be spent on all.`);
    }
    try {
      const body = orderBody(request, price);
      const answer = await transport.call({method: 'POST', path: '/v2/order', body}, bounds(signal));
      if (answer.kind === 'refusal') return await refused(answer, request, price, signal);
      return await afterwards(readAnswer('POST /v2/order', orderSchema, answer.data), signal);
    } catch (error) {
      return lostAnswer('POST /v2/order', error);
    }
  }

  async function reconcile({reference}: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    try {
      const found = await search(reference, signal);
      if (found.length > 1) {
        const ids = found.map(({orderId}) => orderId).join(', ');
        return {kind: 'unknown', reason: 'unexpected_answer', text: `${reference} names several orders: ${ids}.`};
      }
      return found[0]
        ? await afterwards(found[0], signal)
        : {kind: 'unknown', reason: 'unexpected_answer', text: `No order has the reference ${reference} yet.`};
    } catch (error) {
      return lostAnswer('GET /v1/order', error);
    }
  }

  async function orders(since: number, signal: AbortSignal): Promise<readonly ListedOrder[]> {
    const found = new Map<string, ListedOrder>();
    for (let page = 1; page <= mostOrderPages; page++) {
      const createdAtFrom = new Date(since).toISOString();
      const query = {page: String(page), limit: String(ordersPerPage), createdAtFrom};
      const {results} = await transport.read({method: 'GET', path: '/v1/order', query}, orderPage, bounds(signal));
      for (const order of results) {
        const {orderId, orderExternalId: reference, status} = order;
        found.set(orderId, {orderId, ...(reference && {reference}), charged: chargedFor(order), status});
      }
      if (results.length < ordersPerPage) break;
    }
    return [...found.values()];
  }

  /** Whatever the search lets through, only orders of this very reference are ours. */
  async function search(reference: string, signal: AbortSignal): Promise<readonly OrderRecord[]> {
    const query = {orderExternalId: reference, limit: '25'};
    const {results} = await transport.read({method: 'GET', path: '/v1/order', query}, orderPage, bounds(signal));
    return results.filter(({orderExternalId}) => orderExternalId === reference);
  }

  async function refused(
    {code, status, message}: Extract<Answer, {kind: 'refusal'}>,
    request: BuyRequest,
    price: Money,
    signal: AbortSignal,
  ): Promise<BuyOutcome> {
    const text = message || code;
    if (code === 'OrderFailed') {
      // It says that there is no order and never why; that there is none is looked up.
      const found = await search(request.reference, signal);
      return found[0] ? afterwards(found[0], signal) : {kind: 'refused', reason: 'other', text, code};
    }
    const reason = refusalReason(code, status);
    if (reason === undefined) return {kind: 'unknown', reason: 'ambiguous_refusal', text, code};
    const isDearer = reason === 'sold_out' && (await costsMore(request, price, signal));
    return {kind: 'refused', reason: isDearer ? 'price_too_high' : reason, text, code};
  }

  /** One kind of refusal stands for "sold out" and for "not at this price". */
  async function costsMore({offer, quantity}: BuyRequest, price: Money, signal: AbortSignal): Promise<boolean> {
    try {
      return compare((await termsOf(offer.code, signal)).priceFor(quantity), price) > 0;
    } catch {
      return false;
    }
  }

  /** The order exists, and may be finished a moment later already. What cannot be read now is followed later. */
  async function afterwards(order: OrderRecord, signal: AbortSignal): Promise<BuyOutcome> {
    const {orderId} = order;
    const charged = chargedFor(order);
    const accepted = {kind: 'accepted', orderId, charged, placeholder: ''} as const;
    try {
      const {status} = order.status === 'processing' ? await readOrder(orderId, signal) : order;
      const refused = {kind: 'refused', reason: 'other', text: `Order ${orderId} is ${status}.`, code: status} as const;
      if (status === 'canceled') return refused;
      if (status === 'processing') return accepted;
      const secret = secretOf(await readKeys(orderId, signal));
      if (secret !== undefined) return {kind: 'delivered', orderId, charged, secret};
      return status === 'refunded' ? refused : accepted;
    } catch (error) {
      if (!isUpstreamError(error)) throw error;
      return accepted;
    }
  }

  async function follow({orderId}: FollowRequest, signal: AbortSignal): Promise<FollowOutcome> {
    let order: OrderRecord;
    try {
      order = await readOrder(orderId, signal);
    } catch (error) {
      if (isUpstreamError(error) && error.reason === 'absent') return {kind: 'absent', text: error.message};
      throw error;
    }
    const text = `The order is ${order.status}.`;
    const refunded = refundedOf(order);
    if (order.status === 'canceled') return {kind: 'refunded', refunded, text};
    // Keys come one by one while it is processed; they are handed over together.
    if (order.status === 'processing') return {kind: 'pending', text};
    const secret = secretOf(await readKeys(orderId, signal));
    if (secret !== undefined) return {kind: 'delivered', secret, ...(isPositive(refunded) && {refunded})};
    if (isPositive(refunded)) return {kind: 'refunded', refunded, text};
    return order.status === 'completed'
      ? {kind: 'absent', text: `${text} There are no keys in it.`}
      : {kind: 'pending', text};
  }

  /** Gives the keys back: all that can be, once per order, within a day. What came of it shows in the order. */
  async function refund({orderId, amount}: RefundRequest, signal: AbortSignal): Promise<RefundOutcome> {
    const path = `/v2/order/${encodeURIComponent(orderId)}/keys/return`;
    try {
      if (amount && compare(amount, chargedFor(await readOrder(orderId, signal))) < 0) {
        return {kind: 'refused', reason: 'other', text: 'Keys are given back all together, not in part.'};
      }
    } catch (error) {
      const {message, code} = asUpstreamError('GET /v1/order', error);
      return {kind: 'refused', reason: 'other', text: message, ...(code !== undefined && {code})};
    }
    try {
      const answer = await transport.call({method: 'POST', path}, bounds(signal));
      if (answer.kind === 'success') {
        readAnswer('POST /v2/order/:id/keys/return', returnedSchema, answer.data);
        return {kind: 'asked'};
      }
      const {code, status, message} = answer;
      const reason = refusalReason(code, status);
      return reason === undefined
        ? {kind: 'unknown', reason: 'ambiguous_refusal', text: message || code, code}
        : {kind: 'refused', reason, text: message || code, code};
    } catch (error) {
      return lostAnswer('POST /v2/order/:id/keys/return', error);
    }
  }

  function readOrder(orderId: string, signal: AbortSignal): Promise<OrderRecord> {
    const path = `/v1/order/${encodeURIComponent(orderId)}`;
    return transport.read({method: 'GET', path}, orderSchema, bounds(signal));
  }

  async function readKeys(orderId: string, signal: AbortSignal): Promise<readonly KeyRecord[]> {
    const path = `/v2/order/${encodeURIComponent(orderId)}/keys`;
    const found = new Map<string, KeyRecord>();
    for (let page = 1; page <= mostKeyPages; page++) {
      const query = {page: String(page), limit: String(keysPerPage)};
      const keys = await transport.read({method: 'GET', path, query}, keysSchema, bounds(signal));
      // A key that moved to another page while more arrived is taken once.
      keys.forEach((key, index) => found.set(key.id || `${page}/${index}`, key));
      if (keys.length < keysPerPage) break;
    }
    return [...found.values()];
  }
}

function notSent(reason: RefusalReason, text: string): Extract<BuyOutcome, {kind: 'refused'}> {
  return {kind: 'refused', reason, text: `${text} Nothing was sent.`};
}

function productUnreadable(error: unknown): BuyOutcome {
  const {reason, message, code} = asUpstreamError('GET /v2/products', error);
  const why = reason === 'absent' ? 'not_for_sale' : reason === 'credentials' ? 'credentials' : 'other';
  return {...notSent(why, message), ...(code !== undefined && {code})};
}

function chargedFor({paymentPrice, totalPrice}: OrderRecord): Money {
  return money(paymentPrice ?? totalPrice, currency);
}

/**
 * What came back. Of single keys only those whose money is said to be back count, and not those that were merely returned
 * or called off.
 */
function refundedOf(order: OrderRecord): Money {
  if (order.status === 'refunded' || order.status === 'canceled') return chargedFor(order);
  const all = order.products.flatMap(({keys}) => keys);
  const back = all.filter(({status}) => status === 'REFUNDED').length;
  return back === 0 ? zero(currency) : share(chargedFor(order), back, Math.max(all.length, order.totalQty));
}

/** Keys, one to a line; one that came as a picture is the address of its own data. */
function secretOf(keys: readonly KeyRecord[]): string | undefined {
  const texts = keys.map(({serial, type}) =>
    type.startsWith('image/') ? `data:${type};base64,${serial.replace(/\s/g, '')}` : serial,
  );
  return texts.some(text => text.trim() !== '') ? texts.join('\n') : undefined;
}

/** The price stands there digit by digit as it was read. */
function orderBody({offer, quantity, reference}: BuyRequest, price: Money): string {
  const productId = JSON.stringify(offer.code);
  const product = `{"productId":${productId},"qty":${quantity},"price":${price.amount},"keyType":"text"}`;
  return `{"products":[${product}],"orderExternalId":${JSON.stringify(reference)}}`;
}
