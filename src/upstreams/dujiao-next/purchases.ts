import {compare, isPositive, money} from '../../domain/money.ts';
import {readAnswer} from '../answer-schemas.ts';
import type {CallBounds} from '../exchange.ts';
import {lostAnswer} from '../lost-answer.ts';
import type {CancelOutcome, OrderKey} from '../optional-calls.ts';
import {isUpstreamError, type BuyOutcome, type BuyRequest, type FollowOutcome, type FollowRequest} from '../port.ts';
import {order as orderSchema, placedOrder, type OrderRecord} from './answers.ts';
import {createPurchaseTurns} from '../purchase-turns.ts';
import type {Answer, Transport} from '../rest.ts';
import {refusalReason} from './refusals.ts';
import type * as v from 'valibot';

export interface Purchases {
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  reconcile(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
  cancel(order: OrderKey, signal: AbortSignal): Promise<CancelOutcome>;
}

export interface PurchaseParts {
  readonly transport: Transport;
  readonly callbackUrl: string | undefined;
  readonly bounds: (signal: AbortSignal) => CallBounds;
}

/**
 * Purchases of one account. A reference is never in flight twice: the platform looks for it first and writes it after, so
 * parallel repeats would each make an order.
 */
export function createPurchases({transport, callbackUrl, bounds}: PurchaseParts): Purchases {
  const inTurn = createPurchaseTurns('POST /orders');
  return {
    buy: (request, signal) => place(request, signal, 'first'),
    // The platform answers a reference it knows with the order that it made then: asking is repeating.
    reconcile: (request, signal) => place(request, signal, 'repeat'),
    follow,
    cancel,
  };

  async function place(request: BuyRequest, signal: AbortSignal, sending: 'first' | 'repeat'): Promise<BuyOutcome> {
    const body = orderBody(request, callbackUrl);
    if (body === undefined) {
      return {
        kind: 'refused',
        reason: 'choice_not_allowed',
        text: 'The offer has no SKU of the platform. Nothing was sent.',
      };
    }
    return inTurn(request, signal, async () => {
      const answer = await transport.call({method: 'POST', path: '/orders', body}, bounds(signal));
      if (answer.kind === 'refusal') return refused(answer, sending);
      return afterwards(readAnswer('POST /orders', placedOrder, answer.data), signal);
    });
  }

  /** The order exists. Automatic goods are there at once; what cannot be read now is followed later. */
  async function afterwards(placed: v.InferOutput<typeof placedOrder>, signal: AbortSignal): Promise<BuyOutcome> {
    const accepted = {
      kind: 'accepted',
      orderId: placed.order_id,
      charged: money(placed.amount, placed.currency),
      placeholder: '',
    } as const;
    try {
      return outcomeOf(await readOrder(placed.order_id, signal), accepted);
    } catch (error) {
      if (!isUpstreamError(error)) throw error;
      return outcomeOf({...placed, refunded_amount: '0', fulfillment: undefined}, accepted);
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
    const secret = secretOf(order);
    const refunded = money(order.refunded_amount, order.currency);
    const text = `The order is ${order.status}.`;
    if (secret !== undefined) return {kind: 'delivered', secret, ...(isPositive(refunded) && {refunded})};
    if (isPositive(refunded)) return {kind: 'refunded', refunded, text};
    if (order.status === 'canceled') return {kind: 'refunded', refunded: money(order.amount, order.currency), text};
    return closed.has(order.status)
      ? {kind: 'absent', text: `The order is ${order.status}, and nothing was handed over with it.`}
      : {kind: 'pending', text};
  }

  async function cancel({orderId}: OrderKey, signal: AbortSignal): Promise<CancelOutcome> {
    try {
      const path = `/orders/${encodeURIComponent(orderId)}/cancel`;
      const answer = await transport.call({method: 'POST', path}, bounds(signal));
      if (answer.kind === 'success') return {kind: 'canceled'};
      const {code, message} = answer;
      const reason =
        code === 'cancel_not_allowed' || code === 'order_not_found' ? 'other' : refusalReason(code, answer.status);
      return reason === undefined
        ? {kind: 'unknown', reason: 'ambiguous_refusal', text: message || code, code}
        : {kind: 'refused', reason, text: message || code, code};
    } catch (error) {
      return lostAnswer('POST /orders/:id/cancel', error);
    }
  }

  function readOrder(orderId: string, signal: AbortSignal): Promise<OrderRecord> {
    const path = `/orders/${encodeURIComponent(orderId)}`;
    return transport.read({method: 'GET', path}, orderSchema, bounds(signal));
  }
}

/** States in which nothing more will come. */
const closed: ReadonlySet<string> = new Set(['delivered', 'completed', 'refunded', 'partially_refunded']);

function outcomeOf(
  order: Omit<OrderRecord, 'fulfillment'> & Pick<OrderRecord, 'fulfillment'>,
  accepted: Extract<BuyOutcome, {kind: 'accepted'}>,
): BuyOutcome {
  const secret = secretOf(order);
  const {orderId, charged} = accepted;
  if (secret !== undefined) return {kind: 'delivered', orderId, charged, secret};
  const text = `Order ${orderId} is ${order.status}.`;
  if (order.status === 'canceled') return {kind: 'refused', reason: 'other', text, code: order.status};
  // Whatever was charged has come back, to the last cent, and nothing was handed over.
  if (order.status === 'refunded' && compare(money(order.refunded_amount, order.currency), charged) === 0) {
    return {kind: 'refused', reason: 'other', text, code: order.status};
  }
  if (order.status === 'pending_payment') {
    return {
      kind: 'unknown',
      reason: 'ambiguous_refusal',
      text: `${text} It was not paid from the wallet.`,
      code: order.status,
    };
  }
  return accepted;
}

/** What was handed over: free text, or else an object, of which nothing may be lost. */
function secretOf({fulfillment}: Pick<OrderRecord, 'fulfillment'>): string | undefined {
  if (!fulfillment) return undefined;
  const {payload, delivery_data: data} = fulfillment;
  if (payload.trim() !== '') return payload;
  const isEmpty = data === null || data === undefined || (typeof data === 'object' && Object.keys(data).length === 0);
  return isEmpty ? undefined : JSON.stringify(data);
}

/**
 * What a refusal proves. Of a first sending: that nothing was bought. Of a repeat: nothing, since the first may have
 * bought the last piece, or emptied the wallet, and be written down only now.
 */
function refused(answer: Extract<Answer, {kind: 'refusal'}>, sending: 'first' | 'repeat'): BuyOutcome {
  const {code, status, message} = answer;
  const reason = refusalReason(code, status);
  const text = message || code;
  return reason === undefined || sending === 'repeat'
    ? {kind: 'unknown', reason: 'ambiguous_refusal', text, code}
    : {kind: 'refused', reason, text, code};
}

/** The same request is the same bytes. `undefined` for an offer that names no SKU. */
function orderBody(
  {offer, quantity, fields, reference}: BuyRequest,
  callbackUrl: string | undefined,
): string | undefined {
  const skuId = Number(offer.sku ?? 'none');
  if (!Number.isSafeInteger(skuId)) return undefined;
  return JSON.stringify({
    sku_id: skuId,
    quantity,
    ...(Object.keys(fields).length > 0 && {manual_form_data: fields}),
    downstream_order_no: reference,
    ...(callbackUrl !== undefined && {callback_url: callbackUrl}),
  });
}
