import type {Key} from '../../contract/keys.ts';
import type {DeliveryRecord} from '../persistence/delivery-record.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {openKeys} from './open-keys.ts';
import {deliveryLink} from './delivery-link.ts';
import {notSent, type DeliveryChannel, type Message, type SendOutcome} from './port.ts';

/** Pauses after a try that came to nothing: soon at first, a day in all. After the last, the message has failed. */
export const retryPausesMs: readonly number[] = [
  10_000,
  60_000,
  5 * 60_000,
  20 * 60_000,
  3_600_000,
  3 * 3_600_000,
  7 * 3_600_000,
  12 * 3_600_000,
];

/** How long one try may take. */
const sendPatienceMs = 60_000;
/** A try of which nothing was heard for so long was its process's last. */
const leaseMs = 2 * sendPatienceMs;

/**
 * Sends a message, if it is time to. It is claimed before and marked after: of a process that dies in between the next
 * one knows nothing, and sends it again under the same id.
 */
export async function sendDelivery(ports: ServerPorts, deliveryId: string, stopped: AbortSignal): Promise<void> {
  const claimed = await claim(ports, deliveryId);
  if (!claimed) return;
  const {delivery, order, channel} = claimed;
  const outcome = channel
    ? await trySending(ports, channel, delivery, order, stopped)
    : notSent(`The configuration has no ${delivery.channel} any more, or it does not reach this buyer.`);
  await settle(ports, delivery, outcome);
}

async function claim({store, clock, delivery: channels = []}: ServerPorts, deliveryId: string) {
  const named = await store.delivery(deliveryId);
  if (!named || named.state !== 'pending') return undefined;
  return store.transaction(async tx => {
    // Everybody locks the order first.
    const order = (await tx.order(named.orderId))!;
    const delivery = (await tx.delivery(deliveryId))!;
    const now = clock.now();
    if (delivery.state !== 'pending') return undefined;
    if (delivery.notBefore > now) {
      await tx.enqueue({type: 'deliver', deliveryId}, {startAt: delivery.notBefore});
      return undefined;
    }
    const channel = channels.find(({name, addressOf}) => name === delivery.channel && addressOf(order) !== undefined);
    const taken = {...delivery, tries: delivery.tries + 1, notBefore: now + leaseMs, updatedAt: now};
    await tx.saveDelivery(taken);
    await tx.enqueue({type: 'deliver', deliveryId}, {startAt: taken.notBefore});
    return {delivery: {...taken, version: taken.version + 1}, order, channel};
  });
}

async function trySending(
  ports: ServerPorts,
  channel: DeliveryChannel,
  delivery: DeliveryRecord,
  order: OrderRecord,
  stopped: AbortSignal,
): Promise<SendOutcome> {
  let message: Message;
  try {
    message = await composed(ports, channel, delivery, order);
  } catch (error) {
    ports.log.error('message cannot be made', {deliveryId: delivery.id, orderId: order.id, error: String(error)});
    return notSent('The keys could not be read; the log says why.');
  }
  return channel.send(message, AbortSignal.any([stopped, AbortSignal.timeout(sendPatienceMs)]));
}

async function composed(
  ports: ServerPorts,
  channel: DeliveryChannel,
  {id, occasion, createdAt}: DeliveryRecord,
  order: OrderRecord,
): Promise<Message> {
  const {config} = ports;
  const page = config.delivery?.orderPage;
  const tellsOfKeys = occasion !== 'refunded';
  const keys: readonly Key[] = channel.carries === 'keys' && tellsOfKeys ? await openKeys(ports, order) : [];
  return {
    id,
    to: channel.addressOf(order)!,
    occasion,
    shopName: config.shop.name,
    order,
    keys,
    ...(channel.carries === 'link' &&
      page !== undefined && {
        link: await deliveryLink(ports, page, id, {isSealed: order.revealKey !== undefined && tellsOfKeys}),
      }),
    ...(page !== undefined && {page}),
    at: createdAt,
  };
}

async function settle(ports: ServerPorts, {id, orderId, version}: DeliveryRecord, outcome: SendOutcome): Promise<void> {
  const {store, clock, log} = ports;
  const settled = await store.transaction(async tx => {
    await tx.order(orderId);
    const delivery = (await tx.delivery(id))!;
    const now = clock.now();
    // Another process took it over meanwhile: what becomes of it is that one's to say, unless it has gone out.
    if (delivery.state !== 'pending' || (delivery.version !== version && outcome.kind !== 'sent')) return undefined;
    if (outcome.kind === 'sent') {
      const {reason: _, ...rest} = delivery;
      const done: DeliveryRecord = {...rest, state: 'sent', sentAt: now, updatedAt: now};
      await tx.saveDelivery(done);
      return done;
    }
    const pause = outcome.isFinal ? undefined : retryPausesMs[delivery.tries - 1];
    const failed: DeliveryRecord =
      pause === undefined
        ? {...delivery, state: 'failed', reason: outcome.text, updatedAt: now}
        : {...delivery, reason: outcome.text, notBefore: now + pause, updatedAt: now};
    await tx.saveDelivery(failed);
    if (pause !== undefined) await tx.enqueue({type: 'deliver', deliveryId: id}, {startAt: failed.notBefore});
    return failed;
  });
  if (!settled) return;
  const facts = {deliveryId: id, orderId, channel: settled.channel, tries: settled.tries};
  if (settled.state === 'sent') log.info('message sent', facts);
  else if (settled.state === 'failed') log.error('message given up', {...facts, reason: settled.reason});
  else log.warn('message not sent yet', {...facts, reason: settled.reason});
}
