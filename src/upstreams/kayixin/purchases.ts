import {compare, money, multiply, type Money} from '../../domain/money.ts';
import {readAnswer} from '../answer-schemas.ts';
import type {CallBounds} from '../exchange.ts';
import {lostAnswer} from '../lost-answer.ts';
import type {CancelOutcome, OrderKey, RefundOutcome, RefundRequest} from '../optional-calls.ts';
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
import {currency, order as orderSchema, placedOrder, type OrderRow} from './answers.ts';
import type {OfferedGood} from './good.ts';
import {outcomeOf, placeholderFor, progressOf, type Expected} from './outcome.ts';
import type {Transport} from './transport.ts';

export interface Purchases {
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  reconcile(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
  cancel(order: OrderKey, signal: AbortSignal): Promise<CancelOutcome>;
  refund(order: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
}

export interface PurchaseParts {
  readonly transport: Transport;
  readonly callbackUrl: string | undefined;
  readonly bounds: (signal: AbortSignal) => CallBounds;
  /** A good as it is now. @throws {UpstreamError} */
  readonly read: (code: string, signal: AbortSignal) => Promise<OfferedGood>;
  /** How many units one piece of a good is, from memory or from the platform. @throws {UpstreamError} */
  readonly multipleOf: (code: string, signal: AbortSignal) => Promise<number>;
}

/**
 * Purchases of one account. What the platform does with an `outerNumber` it knows is not written down, and a repeat might
 * buy again: so a purchase is sent once and never repeated, and a lost one is only looked for.
 */
export function createPurchases({transport, callbackUrl, bounds, read, multipleOf}: PurchaseParts): Purchases {
  const inTurn = createPurchaseTurns('order/create');
  return {
    buy: (request, signal) => inTurn(request, signal, () => buy(request, signal)),
    reconcile: (request, signal) => inTurn(request, signal, () => reconcile(request, signal)),
    follow,
    cancel: ({orderId}, signal) => askBack(orderId, signal),
    refund,
  };

  async function buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const terms = await termsOf(request, signal);
    if ('kind' in terms) return terms;
    const answer = await transport.call('order/create', orderBody(request, terms.ceiling, callbackUrl), bounds(signal));
    if (answer.kind === 'refusal') return refused(answer, request, terms.expected, signal);
    const {orderNumber} = readAnswer('order/create', placedOrder, answer.data);
    try {
      return outcomeOf(await readOwn({orderNumber, outerNumber: ''}, request, signal), terms.expected);
    } catch (error) {
      if (!isUpstreamError(error)) throw error;
      // It exists. What it cost shows when it is followed: more than it was offered at, perhaps, and within the ceiling.
      const placeholder = placeholderFor(terms.expected);
      return {kind: 'accepted', orderId: orderNumber, charged: terms.cost, placeholder};
    }
  }

  /** A refusal is believed once the platform has no order of the number: a repeat is refused, too. */
  async function refused(
    {code, message}: {readonly code: string; readonly message: string},
    request: BuyRequest,
    expected: Expected,
    signal: AbortSignal,
  ): Promise<BuyOutcome> {
    const text = message || code;
    try {
      return outcomeOf(await readOwn({orderNumber: '', outerNumber: request.reference}, request, signal), expected);
    } catch (error) {
      if (!isUpstreamError(error)) throw error;
      return error.reason === 'refused' && !mayMeanUsed(message)
        ? {kind: 'refused', reason: 'other', text, code}
        : {
            kind: 'unknown',
            reason: 'ambiguous_refusal',
            text: `${text} The order that the number was used for could not be read: ${error.message}`,
            code,
          };
    }
  }

  /** Not to find it proves nothing: it may be on its way into the books. */
  async function reconcile(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    try {
      const row = await readOwn({orderNumber: '', outerNumber: request.reference}, request, signal);
      return outcomeOf(row, await expectedOf(request, signal));
    } catch (error) {
      if (!isUpstreamError(error) || error.reason !== 'refused') throw error;
      const code = error.code === undefined ? {} : {code: error.code};
      return {kind: 'unknown', reason: 'ambiguous_refusal', text: error.message, ...code};
    }
  }

  async function follow({orderId, placeholder}: FollowRequest, signal: AbortSignal): Promise<FollowOutcome> {
    return progressOf(await readOrder({orderNumber: orderId, outerNumber: ''}, signal), placeholder);
  }

  async function refund({orderId, amount}: RefundRequest, signal: AbortSignal): Promise<RefundOutcome> {
    if (amount) {
      try {
        const row = await readOrder({orderNumber: orderId, outerNumber: ''}, signal);
        const charged = money(row.money, currency);
        if (amount.currency !== currency || compare(amount, charged) !== 0) {
          const text = `Only the whole order (${charged.amount} ${currency}) can be asked back. Nothing was sent.`;
          return {kind: 'refused', reason: 'other', text};
        }
      } catch (error) {
        return lostAnswer('order/getDetail', error);
      }
    }
    return askBack(orderId, signal);
  }

  /** What is said yes to is the asking, even where money moves at once: how much it was shows in the order. */
  async function askBack(orderNumber: string, signal: AbortSignal) {
    try {
      const answer = await transport.call('order/refunds', orderKey({orderNumber, outerNumber: ''}), bounds(signal));
      if (answer.kind === 'success') return {kind: 'asked'} as const;
      const {code, message} = answer;
      return {kind: 'refused', reason: 'other', text: message || code, code} as const;
    } catch (error) {
      return lostAnswer('order/refunds', error);
    }
  }

  /** What a purchase would cost and bring, from the good as it is now; or why it is not sent. */
  async function termsOf(
    request: BuyRequest,
    signal: AbortSignal,
  ): Promise<
    | {readonly cost: Money; readonly ceiling: Money; readonly expected: Expected}
    | Extract<BuyOutcome, {kind: 'refused'}>
  > {
    const {offer, quantity, costCeiling} = request;
    try {
      const {good, multiple} = await read(offer.code, signal);
      const found = good.offers.find(({sku}) => sku === offer.sku);
      if (!found) return notSent('choice_not_allowed', `The good has no SKU ${offer.sku ?? 'without a code'}.`);
      const cost = multiply(found.costs[0]!.price, quantity);
      // Without a ceiling of ours, what it costs now is the most that it may cost.
      const ceiling = costCeiling ?? cost;
      if (ceiling.currency !== currency) return notSent('other', `The ceiling is in ${ceiling.currency}.`);
      return {cost, ceiling, expected: expectedFor(request, multiple)};
    } catch (error) {
      if (!isUpstreamError(error) || signal.aborted) throw error;
      return notSent(error.reason === 'absent' ? 'not_for_sale' : 'other', error.message);
    }
  }

  async function expectedOf(request: BuyRequest, signal: AbortSignal): Promise<Expected> {
    return expectedFor(request, await multipleOf(request.offer.code, signal));
  }

  /** @throws {UpstreamError} `unexpected_answer` for somebody else's order. */
  async function readOwn(key: OrderNumbers, {reference}: BuyRequest, signal: AbortSignal): Promise<OrderRow> {
    const row = await readOrder(key, signal);
    if (row.outerNumber === reference) return row;
    throw new UpstreamError('unexpected_answer', `order/getDetail answered with the order of another number.`);
  }

  function readOrder(key: OrderNumbers, signal: AbortSignal): Promise<OrderRow> {
    return transport.read('order/getDetail', orderKey(key), orderSchema, bounds(signal));
  }
}

interface OrderNumbers {
  readonly orderNumber: string;
  readonly outerNumber: string;
}

/** One is filled, the other is empty. */
function orderKey({orderNumber, outerNumber}: OrderNumbers): string {
  return JSON.stringify({orderNumber, outerNumber});
}

function expectedFor({delivery, quantity}: BuyRequest, multiple: number): Expected {
  return delivery === 'manual' ? {kind: 'top_up'} : {kind: 'cards', pieces: quantity, multiple};
}

function notSent(
  reason: Extract<BuyOutcome, {kind: 'refused'}>['reason'],
  text: string,
): Extract<BuyOutcome, {kind: 'refused'}> {
  return {kind: 'refused', reason, text: `${text} Nothing was sent.`};
}

/** All seven names have to be there, in this order. The amount is written as it is, never through a float. */
function orderBody(
  {offer, quantity, fields, reference}: BuyRequest,
  ceiling: Money,
  callbackUrl: string | undefined,
): string {
  const attach = Object.entries(fields).map(([name, value]) => ({name, value}));
  const safePrice = ceiling.amount.replace(/\.0+$|(?<=\.\d*[1-9])0+$/, '');
  const texts = {notifyUrl: callbackUrl ?? '', outerNumber: reference};
  const [first, second] = [JSON.stringify(texts).slice(1, -1), JSON.stringify({sku: offer.sku ?? '', attach}).slice(1)];
  return `{"goodsId":${Number(offer.code)},"count":${quantity},${first},"safePrice":${safePrice},${second}`;
}
