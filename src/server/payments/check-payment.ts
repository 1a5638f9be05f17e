import {reduceOrder} from '../../domain/order.ts';
import type {PaymentRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import type {PaymentProvider} from './port.ts';
import {applyStatus, settlePayment} from './settle-payment.ts';

const patienceMs = 10_000;
/**
 * How long after the payment window a provider is still asked: a payment that arrives late is not lost. What is on its way
 * from the buyer's bank is asked for until it is there.
 */
const lateWindowMs = 24 * 60 * 60 * 1000;

/** Asks the provider about a payment whose notification may never come, and again until it is settled. */
export async function checkPayment(ports: ServerPorts, paymentId: string): Promise<void> {
  const payment = await ports.store.payment(paymentId);
  if (!payment || isClosed(payment)) return;
  // There may be nobody to ask: a person says when the money came.
  const {byHand} = providerOf(ports, payment);
  if (!byHand) await askProvider(ports, payment);
  await ports.store.transaction(async tx => {
    // Everybody locks the order first.
    const order = (await tx.order(payment.orderId))!;
    const current = (await tx.payment(paymentId))!;
    const now = ports.clock.now();
    if (isClosed(current)) return;
    if (isOver(current, now)) return applyStatus(ports, tx, order, current, {state: 'expired'});
    const pauseEnds = now + pauseAfter(now - current.createdAt);
    const startAt = byHand ? Math.max(pauseEnds, endOf(current)) : pauseEnds;
    await tx.enqueue({type: 'check_payment', paymentId}, {startAt});
  });
}

/** Closes an order's payment window when it is over and no provider says that it was paid. */
export async function expireOrder(ports: ServerPorts, orderId: string): Promise<void> {
  const order = await ports.store.order(orderId);
  if (order?.progress.state !== 'pending_payment') return;
  if (order.expiresAt > ports.clock.now()) {
    await ports.store.transaction(tx => tx.enqueue({type: 'expire_order', orderId}, {startAt: order.expiresAt}));
    return;
  }
  for (const payment of await ports.store.payments(orderId)) {
    if (isClosed(payment)) continue;
    const {id, byHand} = providerOf(ports, payment);
    // Nobody says that a transfer will not come. One that does come late is taken in like any other.
    if (byHand) await settlePayment(ports, id, payment.id, {state: 'expired'});
    else await askProvider(ports, payment);
  }
  await ports.store.transaction(async tx => {
    const current = (await tx.order(orderId))!;
    if (current.progress.state !== 'pending_payment') return;
    await tx.saveOrder({...current, progress: reduceOrder(current.progress, {type: 'payment_window_closed'})});
    if (current.coupon) await tx.returnCoupon(orderId);
  });
}

async function askProvider(ports: ServerPorts, payment: PaymentRecord): Promise<void> {
  const provider = providerOf(ports, payment);
  const status = await provider.query(
    {
      paymentId: payment.id,
      ...(payment.providerReference !== undefined && {providerReference: payment.providerReference}),
    },
    AbortSignal.timeout(patienceMs),
  );
  await settlePayment(ports, provider.id, payment.id, status);
}

function providerOf({payments}: ServerPorts, payment: PaymentRecord): PaymentProvider {
  const provider = payments.find(({id}) => id === payment.provider);
  if (provider) return provider;
  throw new Error(
    `Payment provider "${payment.provider}" is not in the configuration; put it back or settle its payments first.`,
  );
}

/** From when on nobody is asked about it any more. */
const endOf = ({expiresAt}: PaymentRecord): number => expiresAt + lateWindowMs;

const isOver = (payment: PaymentRecord, now: number): boolean => !payment.isProcessing && now >= endOf(payment);

function isClosed({state}: PaymentRecord): boolean {
  return state !== 'opening' && state !== 'pending';
}

/** Often while the buyer is at it, then less and less. */
function pauseAfter(age: number): number {
  if (age < 2 * 60_000) return 5000;
  return age < 20 * 60_000 ? 30_000 : 10 * 60_000;
}
