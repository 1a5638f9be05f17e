import type {Order, OrderLine, LineStatus} from '../../contract/order.ts';
import type {Payment} from '../../contract/payment.ts';
import type {LineProgress} from '../../domain/order.ts';
import type {ProcurementState} from '../../domain/procurement.ts';
import type {
  CardRecord,
  OrderLineRecord,
  OrderRecord,
  PaymentRecord,
  ProcurementRecord,
} from '../persistence/records.ts';
import type {Queries} from '../persistence/store.ts';

/** Reads an order as its buyer may see it: no costs, no platform, no secret. */
export async function readOrderView(queries: Queries, order: OrderRecord): Promise<Order> {
  const [payments, procurements, cards] = await Promise.all([
    queries.payments(order.id),
    queries.procurements(order.id),
    queries.cards(order.id),
  ]);
  return orderView(order, payments, procurements, cards);
}

export function orderView(
  order: OrderRecord,
  payments: readonly PaymentRecord[],
  procurements: readonly ProcurementRecord[],
  cards: readonly Pick<CardRecord, 'id'>[],
): Order {
  return {
    id: order.id,
    number: order.number,
    state: order.progress.state,
    currency: order.currency,
    total: order.total,
    ...(order.coupon && {coupon: order.coupon}),
    refundDue: order.refundDue,
    createdAt: instant(order.createdAt),
    expiresAt: instant(order.expiresAt),
    ...(order.paidAt !== undefined && {paidAt: instant(order.paidAt)}),
    lines: order.lines.map(line => lineView(line, order.progress.lines[line.id]!, procurements)),
    payments: payments.toSorted((left, right) => right.createdAt - left.createdAt).map(paymentView),
    keysReady: cards.length,
  };
}

export function paymentView({id, method, state, amount, expiresAt, instructions}: PaymentRecord): Payment {
  return {id, method, state, amount, expiresAt: instant(expiresAt), ...(instructions && {instructions})};
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
