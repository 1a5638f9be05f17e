import type {DeliveryOccasion} from '../../contract/delivery.ts';
import type {OrderProgress} from '../../domain/order.ts';
import type {DeliveryRecord} from '../persistence/delivery-record.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';
import type {DeliveryChannel} from './port.ts';

/*
 * What there is to tell is written down in the transaction that makes it true: a message is never lost, and never sent of
 * something that was not kept.
 */

/** The rest of an order often comes within seconds: then one message tells it all. */
const partlyPatienceMs = 60_000;

/** Puts down that a buyer is to be told what changed in their order; nothing where that is nothing to tell. */
export async function tellOfChange(
  ports: ServerPorts,
  tx: Transaction,
  before: OrderRecord,
  after: OrderRecord,
): Promise<void> {
  const occasion = occasionOf(before.progress, after.progress);
  if (occasion) await tell(ports, tx, after, occasion);
}

/** What a change of an order's progress is to its buyer. */
export function occasionOf(before: OrderProgress, after: OrderProgress): DeliveryOccasion | undefined {
  if (after.state !== before.state) {
    if (after.state === 'delivered') return 'keys_delivered';
    if (after.state === 'refund_pending') return 'refund_due';
  }
  // What failed has been paid back before the last of the others came.
  const isPart = after.state === 'partially_delivered' || after.state === 'partially_refunded';
  return isPart && delivered(after) > delivered(before) ? 'keys_partly_delivered' : undefined;
}

/** Puts one message down for each channel that reaches the order's buyer. */
export async function tell(
  ports: ServerPorts,
  tx: Transaction,
  order: OrderRecord,
  occasion: DeliveryOccasion,
): Promise<void> {
  const channels = (ports.delivery ?? []).filter(channel => channel.addressOf(order) !== undefined);
  if (channels.length === 0) return;
  const earlier = await tx.deliveries(order.id);
  for (const channel of channels) await putDown(ports, tx, {order, occasion, channel, earlier});
}

export async function putDown(
  {clock}: ServerPorts,
  tx: Transaction,
  {
    order,
    occasion,
    channel,
    earlier,
    request,
  }: {
    readonly order: OrderRecord;
    readonly occasion: DeliveryOccasion;
    readonly channel: DeliveryChannel;
    readonly earlier: readonly DeliveryRecord[];
    readonly request?: DeliveryRecord['request'];
  },
): Promise<void> {
  const now = clock.now();
  const own = earlier.filter(each => each.channel === channel.name);
  const alike = own.filter(each => each.occasion === occasion);
  // Its content is read when it is sent: one that still waits tells this, too.
  if (!request && alike.some(({state, tries}) => state === 'pending' && tries === 0)) return;
  const isPartly = occasion === 'keys_partly_delivered' && !request;
  if (!isPartly) {
    for (const each of own) {
      if (each.state !== 'pending' || each.occasion !== 'keys_partly_delivered') continue;
      await tx.saveDelivery({...each, state: 'dropped', updatedAt: now});
    }
  }
  const record: DeliveryRecord = {
    id: newId('dlv'),
    orderId: order.id,
    version: 1,
    channel: channel.name,
    occasion,
    turn: alike.length + 1,
    state: 'pending',
    tries: 0,
    notBefore: isPartly ? now + partlyPatienceMs : now,
    ...(request && {request}),
    createdAt: now,
    updatedAt: now,
  };
  await tx.insertDelivery(record);
  await tx.enqueue({type: 'deliver', deliveryId: record.id}, {startAt: record.notBefore});
}

function delivered({lines}: OrderProgress): number {
  return Object.values(lines).reduce((count, line) => count + line.delivered, 0);
}
