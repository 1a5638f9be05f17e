import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {orderIdOf, statusOf} from './order-rows.ts';

/** An `order.status` webhook: the store's secret beside it, its content signed by nobody, its media type misspelt. */
export function noticeOf(
  platform: Platform,
  order: PlatformOrder,
  secret: string,
): {readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer>} {
  const updatedAt = new Date(platform.now()).toISOString().replace('Z', '+00:00');
  const said = {
    orderId: orderIdOf(order),
    orderExternalId: order.requestNo ?? null,
    status: statusOf(order),
    updatedAt,
  };
  return {
    headers: {'content-type': 'aplication/json', 'x-event-name': 'order.status', 'x-event-secret': secret},
    body: new TextEncoder().encode(JSON.stringify(said)),
  };
}
