import {add, compare, isPositive, subtract, zero, type Money} from '../../domain/money.ts';
import {reduceOrder} from '../../domain/order.ts';
import type {OrderRecord, PaymentRecord, ProcurementRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {lookAtRefunds} from '../refunds/send-refund.ts';
import {dropWrongAmount, oweBack, oweWrongAmount} from '../refunds/owe.ts';
import {newId} from '../security/ids.ts';
import type {PaymentNotification, PaymentStatus} from './port.ts';

/**
 * Takes in a provider's verified notification. A repeat changes nothing; one that does not match what was opened
 * (provider, reference) changes nothing and is logged; one of another amount pays nothing and is owed back. A payment after expiry is taken in like any other.
 */
export async function takeNotification(
  ports: ServerPorts,
  providerId: string,
  {eventId, paymentId, status, isAboutRefund}: PaymentNotification,
): Promise<void> {
  await withPayment(ports, providerId, paymentId, async (tx, order, payment) => {
    if (!(await tx.recordPaymentEvent(providerId, eventId, ports.clock.now()))) return;
    if (isAboutRefund) await lookAtRefunds(ports, tx, order.id, paymentId);
    else await applyStatus(ports, tx, order, payment, status);
  });
}

/** Brings a payment, and through it its order, to what the provider says. Never back from paid. */
export async function settlePayment(
  ports: ServerPorts,
  providerId: string,
  paymentId: string,
  status: PaymentStatus,
): Promise<void> {
  await withPayment(ports, providerId, paymentId, (tx, order, payment) =>
    applyStatus(ports, tx, order, payment, status),
  );
}

async function withPayment(
  ports: ServerPorts,
  providerId: string,
  paymentId: string,
  work: (tx: Transaction, order: OrderRecord, payment: PaymentRecord) => Promise<void>,
): Promise<void> {
  const named = await ports.store.payment(paymentId);
  if (!named || named.provider !== providerId) {
    ports.log.warn('payment news for an unknown payment', {providerId, paymentId});
    return;
  }
  await ports.store.transaction(async tx => {
    // Everybody locks the order first.
    const order = await tx.order(named.orderId);
    const payment = await tx.payment(paymentId);
    if (order && payment) await work(tx, order, payment);
  });
}

/** Of an order that is locked, and its payment as it stands. */
export async function applyStatus(
  ports: ServerPorts,
  tx: Transaction,
  order: OrderRecord,
  payment: PaymentRecord,
  status: PaymentStatus,
): Promise<void> {
  if (payment.state === 'paid' || status.state === 'pending' || status.state === 'absent') return;
  if (!isSameReference(payment, status)) {
    ports.log.error('payment news names another payment of the provider', {paymentId: payment.id, orderId: order.id});
    return;
  }
  if (!isWhole(payment, status)) {
    ports.log.error('payment news does not match what was opened', {
      paymentId: payment.id,
      orderId: order.id,
      state: status.state,
    });
    await takeWrongAmount(ports, tx, order, payment, status);
    return;
  }
  if (status.state === 'processing') {
    if (!payment.isProcessing) await tx.savePayment({...payment, isProcessing: true});
    return;
  }
  if (status.mayRetry && !payment.isProcessing) return;
  if (status.state !== 'paid') {
    await tx.savePayment({...payment, state: status.state});
    // The buyer's page hears of payments through the order.
    await tx.saveOrder(order);
    return;
  }
  const paidAt = status.paidAt ?? ports.clock.now();
  const isFirst = ['pending_payment', 'expired', 'canceled'].includes(order.progress.state);
  const reference = status.providerReference ?? payment.providerReference;
  const {received: _, ...opened} = payment;
  await tx.savePayment({
    ...opened,
    state: 'paid',
    paidAt,
    ...(reference !== undefined && {providerReference: reference}),
    ...(!isFirst && {surplus: true}),
  });
  // What the provider said of this payment before is part of what it says now.
  const settled = {...order, refundDue: withoutReceived(order.refundDue, payment.received)};
  if (payment.received) await dropWrongAmount(ports, tx, payment);
  if (isFirst) await beginFulfilment(ports, tx, settled, paidAt);
  else {
    ports.log.error('order was paid twice', {orderId: order.id, paymentId: payment.id});
    const owing = {...settled, refundDue: add(settled.refundDue, payment.amount)};
    await tx.saveOrder(await oweBack(ports, tx, settled, owing, {purpose: 'surplus', paymentId: payment.id}));
  }
}

/** Money came, and not as much as was asked for: it pays no order, and is owed back. */
async function takeWrongAmount(
  ports: ServerPorts,
  tx: Transaction,
  order: OrderRecord,
  payment: PaymentRecord,
  {state, amount}: PaymentStatus,
): Promise<void> {
  if (state !== 'paid' || !amount || amount.currency !== order.currency || !isPositive(amount)) return;
  const {received = zero(order.currency)} = payment;
  // The provider's statements may come in any order; what it took only grows.
  if (compare(amount, received) <= 0) return;
  await tx.savePayment({...payment, received: amount});
  const more = subtract(amount, received);
  await oweWrongAmount(ports, tx, payment, more);
  await tx.saveOrder({...order, refundDue: add(order.refundDue, more)});
}

/** Never below nothing: some of it may have gone back already. */
function withoutReceived(refundDue: Money, received: Money | undefined): Money {
  if (!received) return refundDue;
  return compare(refundDue, received) > 0 ? subtract(refundDue, received) : zero(refundDue.currency);
}

/** In one transaction with the payment, or the order that costs nothing: the order is paid, every line has its procurement, every procurement its job. */
export async function beginFulfilment(
  ports: ServerPorts,
  tx: Transaction,
  order: OrderRecord,
  paidAt: number,
): Promise<void> {
  const now = ports.clock.now();
  await tx.saveOrder({...order, paidAt, progress: reduceOrder(order.progress, {type: 'payment_confirmed'})});
  // An order that is paid after its window closed has given its use back.
  if (order.coupon) await tx.retakeCoupon(order.id);
  for (const line of order.lines) {
    const procurement: ProcurementRecord = {
      id: newId('prc'),
      orderId: order.id,
      lineId: line.id,
      connectionId: line.source.connectionId,
      version: 1,
      state: 'draft',
      quantity: line.quantity,
      offer: line.source.offer,
      costCeiling: line.source.costCeiling,
      createdAt: now,
      updatedAt: now,
    };
    await tx.insertProcurement(procurement);
    await tx.enqueue({type: 'procure', procurementId: procurement.id});
  }
  ports.log.info('order paid', {orderId: order.id});
}

function isSameReference(payment: PaymentRecord, status: PaymentStatus): boolean {
  return (
    payment.providerReference === undefined ||
    status.providerReference === undefined ||
    payment.providerReference === status.providerReference
  );
}

/** Whether a payment that is said to be paid is so in full. */
function isWhole({amount}: PaymentRecord, status: PaymentStatus): boolean {
  if (status.state !== 'paid') return true;
  return status.amount?.currency === amount.currency && compare(status.amount, amount) === 0;
}
