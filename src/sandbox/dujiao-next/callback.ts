import {fulfillmentOf, orderIdOf, orderNo, statusOf} from './order-rows.ts';
import {signatureOf} from './signature.ts';
import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';

/** The path that callbacks are signed for, whatever path they are sent to. */
export const callbackPath = '/api/v1/upstream/callback';

/** A callback as the platform sends it to an account: what happened to one of its orders. */
export function callbackOf(
  platform: Platform,
  order: PlatformOrder,
  account: {readonly apiKey: string; readonly secret: string},
): {readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer>} {
  const seconds = Math.floor(platform.now() / 1000);
  const fulfillment = fulfillmentOf(order);
  const status = statusOf(order);
  const body = new TextEncoder().encode(
    JSON.stringify({
      event: status === 'completed' ? 'order.fulfilled' : 'order.status_changed',
      order_id: orderIdOf(platform, order),
      order_no: orderNo(order),
      downstream_order_no: order.requestNo ?? '',
      status,
      ...(fulfillment !== undefined && {fulfillment}),
      timestamp: seconds,
    }),
  );
  const timestamp = String(seconds);
  return {
    headers: {
      'content-type': 'application/json',
      'dujiao-next-api-key': account.apiKey,
      'dujiao-next-timestamp': timestamp,
      'dujiao-next-signature': signatureOf({method: 'POST', path: callbackPath, timestamp, body}, account.secret),
    },
    body,
  };
}
