import type {Delivery, OrderDelivery} from '../../contract/delivery.ts';
import {maskedContact} from '../../domain/contact.ts';
import type {DeliveryChannel} from '../delivery/port.ts';
import type {DeliveryRecord} from '../persistence/delivery-record.ts';
import type {OrderRecord} from '../persistence/records.ts';

/** What a buyer sees: the last message by each way that reaches them. What goes to the merchant is not theirs. */
export function orderDeliveries(
  {contact}: Pick<OrderRecord, 'contact'>,
  deliveries: readonly DeliveryRecord[],
): OrderDelivery[] {
  const last = new Map<string, OrderDelivery>();
  for (const {channel, state, occasion, sentAt, updatedAt} of deliveries) {
    if (channel === 'callback' || state === 'dropped') continue;
    last.set(channel, {channel, to: maskedContact(contact), occasion, state, at: instant(sentAt ?? updatedAt)});
  }
  return [...last.values()];
}

/** What the people of the shop see: every message that was to be sent, newest first. */
export function deliveryViews(
  channels: readonly DeliveryChannel[],
  order: OrderRecord,
  deliveries: readonly DeliveryRecord[],
): Delivery[] {
  return deliveries
    .filter(({state}) => state !== 'dropped')
    .map(({id, channel, occasion, state, tries, reason, notBefore, sentAt, request, createdAt}) => {
      const found = channels.find(({name}) => name === channel);
      const address = found?.addressOf(order);
      return {
        id,
        channel,
        to: found && address !== undefined ? found.masked(address) : maskedContact(order.contact),
        occasion,
        // A dropped one is not among them.
        state: state as Exclude<typeof state, 'dropped'>,
        tries,
        ...(reason !== undefined && {reason}),
        ...(state === 'pending' && {nextTryAt: instant(notBefore)}),
        ...(sentAt !== undefined && {sentAt: instant(sentAt)}),
        ...(request && {asked: true}),
        createdAt: instant(createdAt),
      };
    })
    .toReversed();
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
