import type {Order, OrderLine, OrderMoment, LineStatus} from '../../contract/order.ts';
import type {Payment} from '../../contract/payment.ts';
import {isPositive} from '../../domain/money.ts';
import type {LineProgress} from '../../domain/order.ts';
import type {ProcurementState} from '../../domain/procurement.ts';
import {orderDeliveries} from './delivery-view.ts';
import {orderRefunds} from './refund-view.ts';
import {refundedOf} from '../refunds/refunded.ts';
import type {DeliveryRecord} from '../persistence/delivery-record.ts';
import type {
  CardRecord,
  OrderLineRecord,
  OrderRecord,
  PaymentRecord,
  ProcurementRecord,
} from '../persistence/records.ts';
import type {RefundRecord} from '../persistence/refund-record.ts';
import type {Queries} from '../persistence/store.ts';

/** The address of this server that leads the buyer of a payment back to their page. */
export type WayBack = (paymentId: string) => Promise<string>;

/** Reads an order as its buyer may see it, at one moment: no costs, no platform, no secret that is not theirs. */
export async function readOrderView(queries: Queries, id: string, wayBack?: WayBack): Promise<Order | undefined> {
  const whole = await queries.wholeOrder(id);
  if (!whole) return undefined;
  const {order, payments, procurements, cards, deliveries, refunds} = whole;
  const newestFirst = payments.toSorted((left, right) => right.createdAt - left.createdAt);
  const shown = await Promise.all(newestFirst.map(payment => readBuyersPayment(payment, wayBack)));
  return orderView(order, shown, procurements, cards, deliveries, refunds);
}

export function orderView(
  order: OrderRecord,
  payments: readonly Payment[],
  procurements: readonly ProcurementRecord[],
  cards: readonly Pick<CardRecord, 'id' | 'createdAt'>[],
  deliveries: readonly DeliveryRecord[] = [],
  refunds: readonly RefundRecord[] = [],
): Order {
  const told = orderDeliveries(order, deliveries);
  const refunded = refundedOf(order);
  const goingBack = orderRefunds(refunds);
  return {
    id: order.id,
    number: order.number,
    state: order.progress.state,
    currency: order.currency,
    total: order.total,
    ...(order.coupon && {coupon: order.coupon}),
    refundDue: order.refundDue,
    ...(isPositive(refunded) && {refunded}),
    ...(goingBack.length > 0 && {refunds: goingBack}),
    createdAt: instant(order.createdAt),
    expiresAt: instant(order.expiresAt),
    ...(order.paidAt !== undefined && {paidAt: instant(order.paidAt)}),
    lines: order.lines.map(line => lineView(line, order.progress.lines[line.id]!, procurements)),
    payments: [...payments],
    keysReady: cards.length,
    ...(told.length > 0 && {deliveries: told}),
    ...(order.revealKey !== undefined && {sealed: true}),
    timeline: timelineOf(order, procurements, cards),
  };
}

/** What the records know to have happened, and when. Where no time was written down, nothing is said. */
function timelineOf(
  {createdAt, paidAt, expiresAt, progress, refunds = []}: OrderRecord,
  procurements: readonly ProcurementRecord[],
  cards: readonly Pick<CardRecord, 'createdAt'>[],
): OrderMoment[] {
  const sent = procurements.flatMap(({sentAt}) => (sentAt === undefined ? [] : [sentAt]));
  const arrivals = new Map<number, number>();
  for (const {createdAt: at} of cards) arrivals.set(at, (arrivals.get(at) ?? 0) + 1);
  const moments: readonly (Omit<OrderMoment, 'at'> & {readonly at: number})[] = [
    {what: 'placed', at: createdAt},
    ...(progress.state === 'expired' ? [{what: 'expired' as const, at: expiresAt}] : []),
    ...(paidAt === undefined ? [] : [{what: 'paid' as const, at: paidAt}]),
    ...(sent.length === 0 ? [] : [{what: 'buying' as const, at: Math.min(...sent)}]),
    ...[...arrivals].map(([at, pieces]) => ({what: 'delivered' as const, at, pieces})),
    ...refunds.map(({amount, at}) => ({what: 'refunded' as const, at, amount})),
  ];
  return moments.toSorted((left, right) => left.at - right.at).map(moment => ({...moment, at: instant(moment.at)}));
}

/** A payment as the buyer of its order sees it. */
export async function readBuyersPayment(payment: PaymentRecord, wayBack?: WayBack): Promise<Payment> {
  const {id, method, state, amount, expiresAt} = payment;
  const instructions = await instructionsFor(payment, wayBack);
  return {id, method, state, amount, expiresAt: instant(expiresAt), ...(instructions && {instructions})};
}

/** What opens a payment in the provider's script is for nobody any more once it is over; the way back is kept nowhere. */
async function instructionsFor(
  {id, state, instructions, returnUrl}: PaymentRecord,
  wayBack?: WayBack,
): Promise<Payment['instructions']> {
  if (instructions?.kind !== 'element') return instructions;
  if (state !== 'opening' && state !== 'pending') return undefined;
  return returnUrl === undefined || !wayBack ? instructions : {...instructions, returnUrl: await wayBack(id)};
}

function lineView(
  line: OrderLineRecord,
  progress: LineProgress,
  procurements: readonly ProcurementRecord[],
): OrderLine {
  const {id, skuId, productId, title, choices, quantity, unitPrice, total, discount, delivery} = line;
  const {delivered, failed} = progress;
  const status = lineStatus(
    progress,
    procurements.filter(({lineId}) => lineId === id).map(({state}) => state),
  );
  return {
    id,
    skuId,
    productId,
    title,
    choices,
    quantity,
    unitPrice,
    total,
    ...(discount && {discount}),
    delivery,
    delivered,
    failed,
    status,
  };
}

function lineStatus({quantity, delivered, failed}: LineProgress, states: readonly ProcurementState[]): LineStatus {
  if (delivered === quantity) return 'delivered';
  if (failed === quantity) return 'failed';
  if (delivered > 0) return 'partially_delivered';
  if (states.includes('unknown')) return 'confirming';
  return states.length > 0 ? 'processing' : 'waiting';
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
