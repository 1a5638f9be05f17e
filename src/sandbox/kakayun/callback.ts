import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {goodsTypeOf} from './good-rows.ts';
import {orderRow} from './order-rows.ts';
import {signatureOf} from './signature.ts';
import {skusOf} from '../platform/skus.ts';

/** A callback as the platform sends it to a merchant: an order as it is, signed with the merchant's key. */
export function callbackOf(
  platform: Platform,
  order: PlatformOrder,
  key: string,
): {readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer>} {
  const good = platform.good(order.goodCode)!;
  const members = {
    // 0 is a top-up and 1 are cards here, the other way round than in `goodstype`.
    push_type: 1 - goodsTypeOf({good, sku: skusOf(good)[0]!}),
    ...orderRow(platform, order),
    timestamp: Math.floor(platform.now() / 1000),
  };
  return {
    headers: {'content-type': 'application/json'},
    body: new TextEncoder().encode(JSON.stringify({...members, sign: signatureOf(members, key)})),
  };
}
