import {money} from '../../domain/money.ts';
import {readAnswer} from '../answer-schemas.ts';
import type {CallBounds} from '../exchange.ts';
import {lostAnswer} from '../lost-answer.ts';
import {isUpstreamError, type BuyOutcome, type BuyRequest, type FollowOutcome, type FollowRequest} from '../port.ts';
import {currency, orderV2, placedV2, type OrderRow} from './answers.ts';
import {isGoodId} from './catalogue.ts';
import {fieldsInOrder} from './field-name.ts';
import {outcomeOf, progressOf} from './outcome.ts';
import type {Members, Transport} from './transport.ts';

export interface V2Purchases {
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  reconcile(request: BuyRequest): Promise<BuyOutcome>;
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
}

/**
 * Purchases of one account. They carry no reference of ours: a purchase whose answer was lost can be found by nobody but a
 * person, and is never sent again.
 */
export function createV2Purchases(transport: Transport, bounds: (signal: AbortSignal) => CallBounds): V2Purchases {
  return {buy, reconcile, follow};

  async function buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const sendable = orderMembers(request);
    if (sendable.kind === 'refused') return sendable;
    try {
      const answer = await transport.call(purchasePath, sendable.members, bounds(signal));
      if (answer.kind === 'refusal') {
        const {code, message} = answer;
        return {kind: 'refused', reason: 'other', text: message || code, code};
      }
      const {orderno, money: named, cardlist} = readAnswer(purchasePath, placedV2, answer.whole);
      const order = await read(orderno, signal).catch(ifUnreadable);
      const charged = named ?? order?.money ?? inTermsOf(request.costCeiling);
      if (charged === undefined) {
        const text = `Order ${orderno} was made, and what it cost could not be read.`;
        return {kind: 'unknown', reason: 'unexpected_answer', text};
      }
      const {status, receipt} = order ?? {status: paid, receipt: ''};
      return outcomeOf(
        asRow({orderno, status, receipt, money: charged, cardlist: order?.cardlist.length ? order.cardlist : cardlist}),
        request,
      );
    } catch (error) {
      return lostAnswer(purchasePath, error);
    }
  }

  /** There is nothing to ask by. */
  async function reconcile(): Promise<BuyOutcome> {
    const text = 'The protocol cannot find a purchase without the number that its lost answer had.';
    return {kind: 'unknown', reason: 'ambiguous_refusal', text};
  }

  async function follow({orderId, placeholder}: FollowRequest, signal: AbortSignal): Promise<FollowOutcome> {
    const {money: charged, ...order} = await read(orderId, signal);
    return progressOf(asRow({...order, orderno: orderId, money: charged ?? '0'}), placeholder);
  }

  async function read(orderno: string, signal: AbortSignal) {
    const {data, cardlist} = await transport.read('index/queryorder.html', {orderno}, orderV2, bounds(signal));
    return {...data, cardlist};
  }
}

const purchasePath = 'index/buy.html';
/** Cards that nobody has looked at yet stay in this state, which for other goods means that they are worked on. */
const paid = 0;
const done = 5;

/** An old order in the terms of the new: the states are the same, and what came back is not told. */
function asRow(order: Pick<OrderRow, 'orderno' | 'status' | 'receipt' | 'money' | 'cardlist'>): OrderRow {
  return {
    ...order,
    status: order.status === paid && order.cardlist.length > 0 ? done : order.status,
    usorderno: '',
    buynum: undefined,
    refundmoney: '0',
    refundstatus: 0,
    refundreceipt: '',
    cards: [],
  };
}

/** Where nobody says what a purchase cost, it is the most that it may have. */
function inTermsOf(ceiling: BuyRequest['costCeiling']): string | undefined {
  return ceiling?.currency === currency ? money(ceiling.amount, currency).amount : undefined;
}

function orderMembers({
  offer,
  quantity,
  fields,
}: BuyRequest): {readonly kind: 'members'; readonly members: Members} | Extract<BuyOutcome, {kind: 'refused'}> {
  if (!isGoodId(offer.code)) {
    const text = `${JSON.stringify(offer.code)} is no good's id. Nothing was sent.`;
    return {kind: 'refused', reason: 'not_for_sale', text};
  }
  const ordered = fieldsInOrder(fields);
  if (!ordered) {
    const text = 'The fields are not those of the good. Nothing was sent.';
    return {kind: 'refused', reason: 'field_not_accepted', text};
  }
  const attach = ordered.length > 0 && {attach: ordered.map(({value}) => value)};
  return {kind: 'members', members: {goodsid: offer.code, buynum: quantity, ...attach}};
}

function ifUnreadable(error: unknown): undefined {
  if (!isUpstreamError(error)) throw error;
}
