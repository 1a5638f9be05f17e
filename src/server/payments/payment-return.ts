import {claimDeliveryLink, isDeliveryCode} from '../delivery/delivery-link.ts';
import type {OrderRecord, PaymentRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {rebindOnce} from '../ordering/reveal-key.ts';
import {equalInConstantTime, type HashPurpose} from '../security/key-ring.ts';
import {isFirstUse, longestWindowMs} from '../security/scarce-uses.ts';
import {NotificationError, type IncomingNotification} from './port.ts';

/*
 * A buyer comes back from a payment provider through an address of this server, which carries a code in its path: the
 * provider, and whoever reads its logs, never see what opens the order. See docs/decisions/0014.
 *
 * That code becomes two others. The page's opens the order and is for the page that the buyer came from. The frame's binds
 * the order to another key, so that no script of a page may ever see it: see docs/decisions/0021.
 */

/** As long as a use is remembered: a code that may be used once must not outlive the memory of its use. */
const validMs = longestWindowMs;

/** Where the provider sends the buyer of a payment back to. */
export async function returnAddress(ports: ServerPorts, paymentId: string): Promise<string> {
  const [hash] = await ports.keys.hashes('payment-return', paymentId);
  return `${ports.config.address}/v1/payments/returns/${paymentId}.${hash}`;
}

export interface WayBack {
  /** The page that the buyer came from, with its code where no server sees it. */
  readonly page: string;
  /** What binds the order to a key of the browser that comes by, where it may. */
  readonly frameCode?: string;
}

/**
 * Where somebody who comes from a payment provider goes on to.
 * @param visit how they came: the provider may have added to the address what proves that it sent them
 * @throws {ProblemError} `not_found`
 */
export async function wayBack(ports: ServerPorts, code: string, visit: IncomingNotification): Promise<WayBack> {
  const payment = await paymentOf(ports, code, ['payment-return']);
  if (!payment?.returnUrl) throw new ProblemError('not_found', 'There is nothing at this address.');
  const page = new URL(payment.returnUrl);
  const [hash] = await ports.keys.hashes('payment-return-page', payment.id);
  const mark = `ks-return=${payment.id}.${hash}@${new URL(ports.config.address).host}`;
  page.hash = page.hash === '' ? mark : `${page.hash}&${mark}`;
  if (!isInTime(ports, payment) || !(await isProvidersVisitor(ports, payment, code, visit))) return {page: page.href};
  const [frameHash] = await ports.keys.hashes('payment-return-frame', payment.id);
  return {page: page.href, frameCode: `${payment.id}.${frameHash}`};
}

/**
 * Whether the code came here by way of the provider. The page knows what it was told to pay with: where that holds the code,
 * a script could be here in the buyer's place, and only what the provider signed tells them apart.
 */
async function isProvidersVisitor(
  {payments}: ServerPorts,
  {id, provider, instructions}: PaymentRecord,
  code: string,
  visit: IncomingNotification,
): Promise<boolean> {
  // A provider's element is told the way back whenever it is asked for.
  const isTold = instructions?.kind === 'element' || JSON.stringify(instructions ?? {}).includes(code);
  if (!isTold) return true;
  try {
    const signed = await payments.find(each => each.id === provider)?.verify(visit);
    return signed?.paymentId === id;
  } catch (error) {
    if (error instanceof NotificationError) return false;
    throw error;
  }
}

/**
 * The order of a payment, for its buyer who comes back from it. Once, and for an hour from the payment's beginning.
 * The link of a message opens its order the same way.
 * @throws {ProblemError} `order_not_found`
 */
export async function claimReturn(ports: ServerPorts, code: string): Promise<OrderRecord> {
  if (isDeliveryCode(code)) return claimLink(ports, code);
  // An older process leads on with the code of its own address.
  const payment = await paymentOf(ports, code, ['payment-return-page', 'payment-return']);
  const order =
    payment && isInTime(ports, payment) && (await isFirstUse(ports, 'payment return', payment.id, validMs))
      ? await ports.store.order(payment.orderId)
      : undefined;
  if (!order) {
    throw new ProblemError('order_not_found', 'This way back has been used, or is too old. Look the order up instead.');
  }
  ports.log.info('order opened on return', {orderId: order.id});
  return order;
}

/**
 * Binds the order of a payment to the key of the browser that came back from it. Once, and for an hour from the payment's
 * beginning.
 * @param code what {@link wayBack} left in that browser
 */
export async function rebindReturned(
  ports: ServerPorts,
  code: string,
  revealKey: string,
): Promise<OrderRecord | undefined> {
  const payment = await paymentOf(ports, code, ['payment-return-frame']);
  if (!payment || !isInTime(ports, payment)) return undefined;
  return rebindOnce(ports, payment.orderId, revealKey, () =>
    isFirstUse(ports, 'payment return of frame', payment.id, validMs),
  );
}

async function claimLink(ports: ServerPorts, code: string): Promise<OrderRecord> {
  const order = await claimDeliveryLink(ports, code);
  if (!order) {
    throw new ProblemError('order_not_found', 'This link has been used, or is too old. Look the order up instead.');
  }
  ports.log.info('order opened by a link', {orderId: order.id});
  return order;
}

const isInTime = ({clock}: ServerPorts, {createdAt}: PaymentRecord): boolean => clock.now() < createdAt + validMs;

async function paymentOf(
  ports: ServerPorts,
  code: string,
  purposes: readonly HashPurpose[],
): Promise<PaymentRecord | undefined> {
  const [paymentId = '', hash = '', ...rest] = code.split('.');
  const valid = (await Promise.all(purposes.map(purpose => ports.keys.hashes(purpose, paymentId)))).flat();
  const isValid = valid.map(candidate => equalInConstantTime(candidate, hash)).includes(true);
  return isValid && rest.length === 0 ? ports.store.payment(paymentId) : undefined;
}
