import {zero} from '../../domain/money.ts';
import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {twoDigits} from '../two-digits.ts';
import {handedOver, orderNumber, statusOf} from './order-rows.ts';
import {phpJson} from './php-json.ts';
import {callbackSignature} from './signature.ts';

/** A callback as the platform sends it to an account: all values are texts, and the cards are not signed. */
export function callbackOf(
  platform: Platform,
  order: PlatformOrder,
  key: string,
): {readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer>} {
  const {hints, cards} = handedOver(platform, order);
  const fields = {
    external_orderno: order.requestNo ?? '',
    ordersn: orderNumber(order),
    status: String(statusOf(order)),
    has_back_money: twoDigits((order.refunded ?? zero(order.amount.currency)).amount),
    total_price: twoDigits(order.amount.amount),
    recharge_hints: hints,
    time: String(platform.now()),
  };
  const signed = {
    ...fields,
    ...(cards.length > 0 && {
      card_list: phpJson(
        cards.map(card => ({...card, end_time: ''})),
        'escaped',
      ),
    }),
    sign: callbackSignature(fields, key),
  };
  return {
    headers: {'content-type': 'application/json'},
    body: new TextEncoder().encode(phpJson(signed, 'escaped')),
  };
}
