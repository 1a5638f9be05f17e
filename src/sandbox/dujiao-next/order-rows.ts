import {compare, zero} from '../../domain/money.ts';
import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {rfc3339} from './product-rows.ts';
import {twoDigits} from '../two-digits.ts';

/** Orders count up from here; nothing is ever taken out of the platform's list. */
const firstOrderId = 101;

export function orderIdOf(platform: Platform, order: PlatformOrder): number {
  return firstOrderId + platform.orders().findIndex(({tradeNo}) => tradeNo === order.tradeNo);
}

export function orderById(platform: Platform, id: number): PlatformOrder | undefined {
  return platform.orders()[id - firstOrderId];
}

export function orderNo({tradeNo}: PlatformOrder): string {
  return `DJ${tradeNo}`;
}

export function statusOf({state, refunded, amount}: PlatformOrder): string {
  if (refunded) return compare(refunded, amount) >= 0 ? 'refunded' : 'partially_refunded';
  return state === 'awaiting_delivery' ? 'fulfilling' : 'completed';
}

/** `fulfillment` is there only where something was handed over; a blank order is "completed" without it. */
export function fulfillmentOf(order: PlatformOrder): unknown {
  if (order.state === 'awaiting_delivery' || order.state === 'blank') return undefined;
  return {
    type: 'auto',
    status: 'delivered',
    payload: order.secret,
    delivery_data: null,
    delivered_at: rfc3339(order.deliveredAt ?? order.createdAt),
  };
}

export function orderRow(platform: Platform, order: PlatformOrder): unknown {
  const fulfillment = fulfillmentOf(order);
  return {
    ok: true,
    order_id: orderIdOf(platform, order),
    order_no: orderNo(order),
    status: statusOf(order),
    amount: twoDigits(order.amount.amount),
    refunded_amount: twoDigits((order.refunded ?? zero(order.amount.currency)).amount),
    currency: order.amount.currency,
    refund_records: [],
    items: [{product_id: order.goodId, quantity: order.quantity, total_price: twoDigits(order.amount.amount)}],
    ...(fulfillment !== undefined && {fulfillment}),
  };
}
