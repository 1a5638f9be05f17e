import {compare, money, type Money} from '../../domain/money.ts';
import {readAnswer} from '../answer-schemas.ts';
import type {CallBounds} from '../exchange.ts';
import {lostAnswer} from '../lost-answer.ts';
import type {CancelOutcome, OrderKey} from '../optional-calls.ts';
import {
  isUpstreamError,
  UpstreamError,
  type BuyOutcome,
  type BuyRequest,
  type FollowOutcome,
  type FollowRequest,
} from '../port.ts';
import {placeholderFor} from '../top-up.ts';
import {createPurchaseTurns} from '../purchase-turns.ts';
import {mayMeanUsed} from '../used-reference.ts';
import {currency, orders as ordersSchema, placedOrder, type OrderRow, type PlacedOrder} from './answers.ts';
import {outcomeOf, progressOf} from './outcome.ts';
import type {Members} from './sign.ts';
import {refusalCode, type Transport} from './transport.ts';

export interface Purchases {
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  reconcile(request: BuyRequest, signal: AbortSignal, isLongAbsent?: boolean): Promise<BuyOutcome>;
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
  cancel(order: OrderKey, signal: AbortSignal): Promise<CancelOutcome>;
}

export interface PurchaseParts {
  readonly transport: Transport;
  readonly callbackUrl: string | undefined;
  readonly bounds: (signal: AbortSignal) => CallBounds;
  /** What a purchase would cost now. @throws {UpstreamError} */
  readonly quote: (request: BuyRequest, signal: AbortSignal) => Promise<Money>;
}

/** What was found under a reference. `silent`: the platform said no without saying that there is no such order. */
type Found =
  | {readonly kind: 'order'; readonly row: OrderRow}
  | {readonly kind: 'absent'; readonly text: string}
  | {readonly kind: 'silent'; readonly text: string};

/**
 * Purchases of one account. `external_orderno` is the platform's guard against doubles, and whether it replays or refuses
 * a number it knows is not written down: so no reference is in flight twice, and after every refusal the order is looked
 * for before the refusal is believed.
 */
export function createPurchases({transport, callbackUrl, bounds, quote}: PurchaseParts): Purchases {
  const inTurn = createPurchaseTurns('order/buy');
  return {
    buy: (request, signal) => inTurn(request, signal, () => buy(request, signal)),
    reconcile: (request, signal, isLongAbsent = false) =>
      inTurn(request, signal, () => reconcile(request, signal, isLongAbsent)),
    follow,
    cancel,
  };

  async function buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const sent = await place(request, signal);
    if (sent.kind === 'outcome') return sent.outcome;
    const refused = {kind: 'refused', reason: 'other', text: sent.message, code: refusalCode} as const;
    try {
      const found = await find(request, signal);
      if (found.kind === 'order') return outcomeOf(found.row, request);
      return mayMeanUsed(sent.message) ? unclear(`${sent.message} ${found.text}`) : refused;
    } catch (error) {
      if (!isUpstreamError(error)) throw error;
      return {
        ...refused,
        kind: 'unknown',
        reason: 'ambiguous_refusal',
        text: `${sent.message} Whether the number was used before could not be asked: ${error.message}`,
      };
    }
  }

  async function reconcile(request: BuyRequest, signal: AbortSignal, isLongAbsent: boolean): Promise<BuyOutcome> {
    const found = await find(request, signal);
    if (found.kind === 'order') return outcomeOf(found.row, request);
    if (found.kind === 'silent') return unclear(found.text);
    if (!isLongAbsent) return {...unclear(found.text), absent: true};
    const tooMuch = await isTooMuch(request, signal);
    if (tooMuch !== undefined) return {...unclear(tooMuch), absent: true};
    const sent = await place(request, signal);
    if (sent.kind === 'outcome') return sent.outcome;
    const now = await find(request, signal);
    if (now.kind === 'order') return outcomeOf(now.row, request);
    return now.kind === 'absent' && !mayMeanUsed(sent.message)
      ? {kind: 'refused', reason: 'other', text: sent.message, code: refusalCode}
      : unclear(`${sent.message} ${now.text}`);
  }

  type Sent =
    {readonly kind: 'outcome'; readonly outcome: BuyOutcome} | {readonly kind: 'refusal'; readonly message: string};

  async function place(request: BuyRequest, signal: AbortSignal): Promise<Sent> {
    const members = orderMembers(request, callbackUrl);
    if (!members) {
      const text = `${JSON.stringify(request.offer.code)} is no id of the platform. Nothing was sent.`;
      return {kind: 'outcome', outcome: {kind: 'refused', reason: 'not_for_sale', text}};
    }
    const answer = await transport.call('order/buy', members, bounds(signal));
    if (answer.kind === 'refusal') return answer;
    const placed = readAnswer('order/buy', placedOrder, answer.data);
    return {kind: 'outcome', outcome: await afterwards(placed, request, signal)};
  }

  /** The order exists. Its cards are never in that answer; what cannot be read now is followed later. */
  async function afterwards(placed: PlacedOrder, request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const accepted: BuyOutcome = {
      kind: 'accepted',
      orderId: placed.ordersn,
      charged: money(placed.total_price, currency),
      placeholder: placeholderFor(request.delivery),
    };
    try {
      const found = await find(request, signal);
      return found.kind === 'order' ? outcomeOf(found.row, request) : accepted;
    } catch (error) {
      if (isUpstreamError(error)) return accepted;
      throw error;
    }
  }

  /** @throws {UpstreamError} */
  async function find({reference}: BuyRequest, signal: AbortSignal): Promise<Found> {
    const answer = await transport.call('order/info', {external_orderno: reference, day: allDays}, bounds(signal));
    if (answer.kind === 'refusal') {
      return saysNoOrder.test(answer.message)
        ? {kind: 'absent', text: answer.message}
        : {kind: 'silent', text: `order/info was refused: ${answer.message}`};
    }
    const rows = readAnswer('order/info', ordersSchema, answer.data);
    const [row, another] = rows.filter(({external_orderno}) => external_orderno === reference);
    if (another) throw new UpstreamError('unexpected_answer', `There are several orders with number ${reference}.`);
    if (row) return {kind: 'order', row};
    return rows.length === 0
      ? {kind: 'absent', text: 'There is no order with this number.'}
      : {kind: 'silent', text: 'order/info answered with orders of other numbers.'};
  }

  async function follow({orderId, placeholder}: FollowRequest, signal: AbortSignal): Promise<FollowOutcome> {
    const answer = await transport.call('order/info', {ordersn: orderId, day: allDays}, bounds(signal));
    if (answer.kind === 'refusal') {
      if (saysNoOrder.test(answer.message)) return {kind: 'absent', text: answer.message};
      throw new UpstreamError('refused', `order/info was refused: ${answer.message}`, {code: refusalCode});
    }
    const rows = readAnswer('order/info', ordersSchema, answer.data);
    const row = rows.find(({ordersn}) => ordersn === orderId);
    return row ? progressOf(row, placeholder) : {kind: 'absent', text: `There is no order ${orderId}.`};
  }

  /** What is said yes to is the asking; whether and when money comes back shows in the order. */
  async function cancel({orderId}: OrderKey, signal: AbortSignal): Promise<CancelOutcome> {
    try {
      const answer = await transport.call('order/close', {ordersn: orderId}, bounds(signal));
      return answer.kind === 'success'
        ? {kind: 'asked'}
        : {kind: 'refused', reason: 'other', text: answer.message, code: refusalCode};
    } catch (error) {
      return lostAnswer('order/close', error);
    }
  }

  /** Why a purchase is not sent again, if so: the price may have moved since it was first sent. */
  async function isTooMuch(request: BuyRequest, signal: AbortSignal): Promise<string | undefined> {
    const {costCeiling} = request;
    if (!costCeiling) return undefined;
    const cost = await quote(request, signal);
    return cost.currency === costCeiling.currency && compare(cost, costCeiling) <= 0
      ? undefined
      : `Not sent again: it costs ${cost.amount} now and may cost ${costCeiling.amount}.`;
  }
}

/** The default is thirty days. */
const allDays = '0';

/** The words for "no such order" may differ; what only says that something is not there may be about our account. */
const saysNoOrder =
  /(?:订单|单号|order)[^，。,.]{0,16}(?:不存在|未找到|找不到|not (?:found|exist))|(?:不存在|未找到|找不到|没有找到|查无|无此|no such)[^，。,.]{0,8}(?:订单|单号|order)/i;

function unclear(text: string): Extract<BuyOutcome, {kind: 'unknown'}> {
  return {kind: 'unknown', reason: 'ambiguous_refusal', text};
}

/**
 * The same request is the same members. Whether `safe_price` is about one piece or about all, nobody has written down:
 * the ceiling of all is never below either, and for one piece it is exact.
 */
function orderMembers(
  {offer, quantity, fields, reference, costCeiling}: BuyRequest,
  callbackUrl: string | undefined,
): Members | undefined {
  if (!/^\d{1,15}$/.test(offer.code)) return undefined;
  return {
    id: Number(offer.code),
    quantity,
    external_orderno: reference,
    ...(costCeiling?.currency === currency && {safe_price: costCeiling.amount}),
    ...(callbackUrl !== undefined && {url: callbackUrl}),
    ...(Object.keys(fields).length > 0 && {attach: fields}),
  };
}
