import {compare, isPositive} from '../../domain/money.ts';
import {readAnswer} from '../answer-schemas.ts';
import type {CallBounds} from '../exchange.ts';
import {lostAnswer} from '../lost-answer.ts';
import type {RefundOutcome, RefundRequest} from '../optional-calls.ts';
import {
  isUpstreamError,
  UpstreamError,
  type BuyOutcome,
  type BuyRequest,
  type FollowOutcome,
  type FollowRequest,
} from '../port.ts';
import {createPurchaseTurns} from '../purchase-turns.ts';
import {mayMeanUsed} from '../used-reference.ts';
import {currency, orderV3, placedV3, template, type OrderRow} from './answers.ts';
import {isGoodId} from './catalogue.ts';
import {fieldsInOrder} from './field-name.ts';
import {chargedFor, outcomeOf, progressOf, refundedOf} from './outcome.ts';
import {orderNotFound, referenceExists, refusalReason} from './refusals.ts';
import type {Members, Transport} from './transport.ts';
import {purchasePath} from './v3-dialect.ts';

export interface V3Purchases {
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  reconcile(request: BuyRequest, signal: AbortSignal, isLongAbsent?: boolean): Promise<BuyOutcome>;
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
  refund(order: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
}

export interface V3PurchaseParts {
  readonly transport: Transport;
  readonly callbackUrl: string | undefined;
  readonly bounds: (signal: AbortSignal) => CallBounds;
}

type Refused = Extract<BuyOutcome, {kind: 'refused'}>;

/**
 * Purchases of one account. `usorderno` guards against doubles, but whether a platform replays or refuses (1205) one that
 * it knows is not certain: so no reference is in flight twice, and the order itself says what became of it. An answer to
 * `order/create` names neither cards nor money; both are read from the order.
 */
export function createV3Purchases({transport, callbackUrl, bounds}: V3PurchaseParts): V3Purchases {
  const inTurn = createPurchaseTurns(purchasePath);
  return {
    buy: (request, signal) => inTurn(request, signal, () => buy(request, signal)),
    reconcile: (request, signal, isLongAbsent = false) =>
      inTurn(request, signal, () => reconcile(request, signal, isLongAbsent)),
    follow,
    refund,
  };

  async function buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const sendable = await orderMembers(request, signal);
    return sendable.kind === 'refused' ? sendable : place(request, sendable.members, signal);
  }

  /** A repeat guards itself: a reference that has its order by now is never bought again. */
  async function reconcile(request: BuyRequest, signal: AbortSignal, isLongAbsent: boolean): Promise<BuyOutcome> {
    const row = await find(request, signal);
    if (row) return outcomeOf(row, request);
    if (!isLongAbsent) return {...unclear('There is no order with this number yet.', orderNotFound), absent: true};
    const sendable = await orderMembers(request, signal);
    return sendable.kind === 'refused'
      ? {...unclear(sendable.text), absent: true}
      : place(request, sendable.members, signal);
  }

  async function place(request: BuyRequest, members: Members, signal: AbortSignal): Promise<BuyOutcome> {
    const answer = await transport.call(purchasePath, members, bounds(signal));
    if (answer.kind === 'success') {
      const {orderno} = readAnswer(purchasePath, placedV3, answer.whole).data;
      const row = await find(request, signal);
      return row ? outcomeOf(row, request) : unclear(`Order ${orderno} was taken in and cannot be read yet.`);
    }
    const {code, message} = answer;
    const text = message || code;
    const reason = refusalReason(code, message);
    const refused = {kind: 'refused', reason, text, code} as const;
    // Whoever is let in to nothing cannot ask, either.
    if (code !== referenceExists && shutOut.has(reason)) return refused;
    // A number that was used may be refused for its stock, or its price, before anybody looks at the number.
    const row = await find(request, signal);
    if (row) return outcomeOf(row, request);
    return code === referenceExists || mayMeanUsed(message) ? unclear(text, code) : refused;
  }

  /** The order of a reference; `undefined` where the platform says that there is none. @throws {UpstreamError} */
  async function find({reference}: BuyRequest, signal: AbortSignal): Promise<OrderRow | undefined> {
    const row = await ask({usorderno: reference}, signal);
    if (row && row.usorderno !== reference) {
      throw new UpstreamError('unexpected_answer', 'order/get answered with an order of another number.');
    }
    return row;
  }

  async function ask(members: Members, signal: AbortSignal): Promise<OrderRow | undefined> {
    const answer = await transport.call('order/get', members, bounds(signal));
    if (answer.kind === 'success') return readAnswer('order/get', orderV3, answer.whole).data;
    const {code, message} = answer;
    if (code === orderNotFound) return undefined;
    throw new UpstreamError('refused', `order/get was refused: ${message || code}`, {code});
  }

  async function follow({orderId, placeholder}: FollowRequest, signal: AbortSignal): Promise<FollowOutcome> {
    const row = await ask({orderno: orderId}, signal);
    if (!row) return {kind: 'absent', text: `There is no order ${orderId}, or it is older than 30 days.`};
    if (row.orderno === orderId) return progressOf(row, placeholder);
    throw new UpstreamError('unexpected_answer', 'order/get answered with another order.');
  }

  /** Whole orders only. What has come back is read from the order: “退款成功” moves no money by itself. */
  async function refund({orderId, amount}: RefundRequest, signal: AbortSignal): Promise<RefundOutcome> {
    try {
      const before = await ask({orderno: orderId}, signal);
      if (!before) return {kind: 'refused', reason: 'other', text: 'There is no such order.', code: orderNotFound};
      if (isPaidBack(before)) return {kind: 'refunded', amount: refundedOf(before)};
      const charged = chargedFor(before);
      if (amount && (amount.currency !== charged.currency || compare(amount, charged) !== 0)) {
        return {kind: 'refused', reason: 'other', text: 'Only a whole order can be asked back. Nothing was sent.'};
      }
      const answer = await transport.call('order/cancelOrder', {orderno: orderId}, bounds(signal));
      if (answer.kind === 'refusal') {
        return {kind: 'refused', reason: 'other', text: answer.message || answer.code, code: answer.code};
      }
      const after = await ask({orderno: orderId}, signal).catch(ifUnreadable);
      return after && isPaidBack(after) ? {kind: 'refunded', amount: refundedOf(after)} : {kind: 'asked'};
    } catch (error) {
      return lostAnswer('order/cancelOrder', error);
    }
  }

  /** The same request is the same members. What cannot be said in the protocol is refused, and nothing is sent. */
  async function orderMembers(
    {offer, quantity, fields, reference, costCeiling}: BuyRequest,
    signal: AbortSignal,
  ): Promise<{readonly kind: 'members'; readonly members: Members} | Refused> {
    if (!isGoodId(offer.code)) {
      const text = `${JSON.stringify(offer.code)} is no good's id. Nothing was sent.`;
      return {kind: 'refused', reason: 'not_for_sale', text};
    }
    const attach = await attachOf(offer.code, fields, signal);
    if (typeof attach === 'object' && 'kind' in attach) return attach;
    return {
      kind: 'members',
      members: {
        goodsid: offer.code,
        buynum: quantity,
        usorderno: reference,
        ...(attach !== undefined && {attach}),
        ...(callbackUrl !== undefined && {callbackurl: callbackUrl}),
        ...(costCeiling?.currency === currency && {maxmoney: costCeiling.amount}),
      },
    };
  }

  /** One field goes as a plain text. Several go with what kind each is, which only the template of the good tells. */
  async function attachOf(
    code: string,
    fields: BuyRequest['fields'],
    signal: AbortSignal,
  ): Promise<string | readonly unknown[] | undefined | Refused> {
    const ordered = fieldsInOrder(fields);
    if (!ordered) return notAccepted('The fields are not those of the good.');
    if (ordered.length <= 1) return ordered[0]?.value;
    let types: ReadonlyMap<string, string>;
    try {
      const {data} = await transport.read('goods/tpl', {goodsid: code}, template, bounds(signal));
      types = new Map(data.map(({title, type}) => [title, type]));
    } catch (error) {
      if (!isUpstreamError(error)) throw error;
      return notAccepted(`What kinds of fields the good has could not be read: ${error.message}`);
    }
    const unknown = ordered.find(({title}) => !types.has(title));
    if (unknown) return notAccepted(`The good has no field ${JSON.stringify(unknown.title)} any more.`);
    return ordered.map(({title, value}) => ({attachtype: types.get(title)!, value}));
  }
}

const shutOut: ReadonlySet<string> = new Set(['credentials', 'clock', 'account_blocked']);

function isPaidBack(row: OrderRow): boolean {
  const charged = chargedFor(row);
  return isPositive(charged) && compare(refundedOf(row), charged) >= 0;
}

function notAccepted(why: string): Refused {
  return {kind: 'refused', reason: 'field_not_accepted', text: `${why} Nothing was sent.`};
}

function unclear(text: string, code?: string): Extract<BuyOutcome, {kind: 'unknown'}> {
  return {kind: 'unknown', reason: 'ambiguous_refusal', text, ...(code !== undefined && {code})};
}

function ifUnreadable(error: unknown): undefined {
  if (!isUpstreamError(error)) throw error;
}
