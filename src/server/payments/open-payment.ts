import type {PaymentRequest} from '../../contract/payment.ts';
import type {OrderRecord, PaymentRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {newId} from '../security/ids.ts';
import {returnAddress} from './payment-return.ts';
import type {OpenPaymentRequest, PaymentProvider} from './port.ts';

type Buyer = NonNullable<OpenPaymentRequest['buyer']>;

const firstCheckAfterMs = 3000;
const patienceMs = 10_000;

/**
 * Opens a payment for an order, or continues the one that is open by the same method. The row is written before the
 * provider is called, and its id is the provider's idempotency key: asked twice, opened once.
 * @throws {ProblemError} `payment_method_unknown`, `payment_not_possible`, `payment_provider_unavailable`, `validation_failed`
 */
export async function openPayment(
  ports: ServerPorts,
  orderId: string,
  request: PaymentRequest,
  buyer: Buyer = {},
): Promise<PaymentRecord> {
  const provider = ports.payments.find(({methods}) => methods.some(({id}) => id === request.method));
  if (!provider)
    throw new ProblemError(
      'payment_method_unknown',
      `The shop has no payment method "${request.method}". Choose one that GET /v1/shop names.`,
    );
  if (request.returnUrl !== undefined) checkReturnUrl(ports, request.returnUrl);

  const {payment, order} = await claimPayment(ports, orderId, provider, request);
  if (payment.state !== 'opening') return payment;
  const opened = await askProvider(ports, provider, payment, order, buyer);
  return ports.store.transaction(async tx => {
    const current = (await tx.payment(payment.id))!;
    if (current.state !== 'opening') return current;
    const pending: PaymentRecord = {...current, state: 'pending', ...opened};
    await tx.savePayment(pending);
    return {...pending, version: pending.version + 1};
  });
}

async function claimPayment(
  ports: ServerPorts,
  orderId: string,
  provider: PaymentProvider,
  request: PaymentRequest,
): Promise<{payment: PaymentRecord; order: OrderRecord}> {
  return ports.store.transaction(async tx => {
    const order = (await tx.order(orderId))!;
    const now = ports.clock.now();
    if (order.progress.state !== 'pending_payment' || order.expiresAt <= now) {
      throw new ProblemError(
        'payment_not_possible',
        `The order does not wait for a payment; it is "${order.progress.state}". Look at the order.`,
      );
    }
    const {lifetimeMs = Infinity, windowMs = 0} = provider.methods.find(({id}) => id === request.method)!;
    const open = (await tx.payments(orderId)).find(
      ({method, state, expiresAt}) =>
        method === request.method && (state === 'opening' || state === 'pending') && expiresAt > now,
    );
    if (open) return {payment: open, order};
    const waitsUntil = Math.max(order.expiresAt, order.createdAt + windowMs);
    const payment: PaymentRecord = {
      id: newId('pay'),
      orderId,
      version: 1,
      provider: provider.id,
      method: request.method,
      amount: order.total,
      state: 'opening',
      ...(request.returnUrl !== undefined && {returnUrl: request.returnUrl}),
      createdAt: now,
      expiresAt: Math.min(waitsUntil, now + lifetimeMs),
    };
    await tx.insertPayment(payment);
    // What closes the window sees when it looks that it was moved.
    if (waitsUntil > order.expiresAt) await tx.saveOrder({...order, expiresAt: waitsUntil});
    await tx.enqueue({type: 'check_payment', paymentId: payment.id}, {startAt: now + firstCheckAfterMs});
    return {payment, order};
  });
}

async function askProvider(
  ports: ServerPorts,
  provider: PaymentProvider,
  payment: PaymentRecord,
  order: OrderRecord,
  buyer: Buyer,
) {
  try {
    return await provider.open(
      {
        paymentId: payment.id,
        orderNumber: order.number,
        method: payment.method,
        amount: payment.amount,
        description: `${ports.config.shop.name} ${order.number}`,
        ...(payment.returnUrl !== undefined && {returnUrl: await returnAddress(ports, payment.id)}),
        notifyUrl: `${ports.config.address}/v1/payments/${provider.id}/notifications`,
        expiresAt: payment.expiresAt,
        lang: order.lang,
        ...(Object.keys(buyer).length > 0 && {buyer}),
      },
      AbortSignal.timeout(patienceMs),
    );
  } catch (error) {
    ports.log.warn('payment could not be opened', {paymentId: payment.id, provider: provider.id, error: String(error)});
    throw new ProblemError(
      'payment_provider_unavailable',
      'The payment provider does not answer. Nothing was charged; try again in a moment.',
      {cause: error},
    );
  }
}

/** The buyer is only ever sent back to a page of this shop. */
function checkReturnUrl(ports: ServerPorts, returnUrl: string): void {
  const {origin} = new URL(returnUrl);
  if (origin !== ports.config.address && !ports.config.origins.includes(origin)) {
    throw new ProblemError('validation_failed', "The return address is not on one of the shop's pages.", {
      errors: [{path: 'returnUrl', message: `origin ${origin} is not allowed`}],
    });
  }
}
