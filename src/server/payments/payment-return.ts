import {claimDeliveryLink, isDeliveryCode} from '../delivery/delivery-link.ts';
import type {OrderRecord, PaymentRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {equalInConstantTime} from '../security/key-ring.ts';
import {isFirstUse, longestWindowMs} from '../security/scarce-uses.ts';

/*
 * A buyer comes back from a payment provider through an address of this server, which carries a code in its path: the
 * provider, and whoever reads its logs, never see what opens the order. See docs/decisions/0014.
 */

/** As long as a use is remembered: a code that may be used once must not outlive the memory of its use. */
const validMs = longestWindowMs;

/** Where the provider sends the buyer of a payment back to. */
export async function returnAddress(ports: ServerPorts, paymentId: string): Promise<string> {
  const [hash] = await ports.keys.hashes('payment-return', paymentId);
  return `${ports.config.address}/v1/payments/returns/${paymentId}.${hash}`;
}

/**
 * The page that the buyer came from, with the code where no server sees it.
 * @throws {ProblemError} `not_found`
 */
export async function pageToReturnTo(ports: ServerPorts, code: string): Promise<string> {
  const payment = await paymentOf(ports, code);
  if (!payment?.returnUrl) throw new ProblemError('not_found', 'There is nothing at this address.');
  const page = new URL(payment.returnUrl);
  const mark = `ks-return=${code}@${new URL(ports.config.address).host}`;
  page.hash = page.hash === '' ? mark : `${page.hash}&${mark}`;
  return page.href;
}

/**
 * The order of a payment, for its buyer who comes back from it. Once, and for an hour from the payment's beginning.
 * The link of a message opens its order the same way.
 * @throws {ProblemError} `order_not_found`
 */
export async function claimReturn(ports: ServerPorts, code: string): Promise<OrderRecord> {
  if (isDeliveryCode(code)) return claimLink(ports, code);
  const payment = await paymentOf(ports, code);
  const isInTime = payment && ports.clock.now() < payment.createdAt + validMs;
  const order =
    isInTime && (await isFirstUse(ports, 'payment return', payment.id, validMs))
      ? await ports.store.order(payment.orderId)
      : undefined;
  if (!order) {
    throw new ProblemError('order_not_found', 'This way back has been used, or is too old. Look the order up instead.');
  }
  ports.log.info('order opened on return', {orderId: order.id});
  return order;
}

async function claimLink(ports: ServerPorts, code: string): Promise<OrderRecord> {
  const order = await claimDeliveryLink(ports, code);
  if (!order) {
    throw new ProblemError('order_not_found', 'This link has been used, or is too old. Look the order up instead.');
  }
  ports.log.info('order opened by a link', {orderId: order.id});
  return order;
}

async function paymentOf(ports: ServerPorts, code: string): Promise<PaymentRecord | undefined> {
  const [paymentId = '', hash = '', ...rest] = code.split('.');
  const valid = await ports.keys.hashes('payment-return', paymentId);
  const isValid = valid.map(candidate => equalInConstantTime(candidate, hash)).includes(true);
  return isValid && rest.length === 0 ? ports.store.payment(paymentId) : undefined;
}
