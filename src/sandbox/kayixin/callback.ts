import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {encryptEcb} from './aes-ecb.ts';
import {orderRow} from './order-rows.ts';
import {signatureOf, version} from './signature.ts';

/** A callback as the platform sends it to an account: signed as requests are, its cards encrypted. */
export async function callbackOf(
  platform: Platform,
  order: PlatformOrder,
  account: {readonly appId: string; readonly secret: string},
): Promise<{readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer>}> {
  const {count: _count, cards, ...row} = orderRow(platform, order);
  const hasCards = Array.isArray(cards) && cards.length > 0;
  const body = JSON.stringify({
    ...row,
    cards: hasCards ? await encryptEcb(JSON.stringify(cards), account.secret.padEnd(32, '0').slice(0, 32)) : '',
  });
  const timestamp = String(Math.floor(platform.now() / 1000));
  return {
    headers: {
      'content-type': 'application/json',
      'x-app-id': account.appId,
      'x-version': version,
      'x-timestamp': timestamp,
      'x-signature': signatureOf({timestamp, body}, account),
    },
    body: new TextEncoder().encode(body),
  };
}
