import * as v from 'valibot';
import {multiply} from '../../domain/money.ts';
import {handOver} from '../faults/under-faults.ts';
import type {Good} from '../platform/good.ts';
import {isSaleRefused, type PlatformOrder, type Sale} from '../platform/platform-order.ts';
import type {OpenApiCall} from './open-api-call.ts';
import {orderById, orderIdOf, orderNo, orderRow, statusOf} from './order-rows.ts';
import {isActive} from './product-rows.ts';
import {twoDigits} from '../two-digits.ts';
import {Refusal} from './refusal.ts';
import {goodIdOf, skusOf, unitPrice, type Sku} from '../platform/skus.ts';

const orderSchema = v.object({
  sku_id: v.pipe(v.number(), v.safeInteger()),
  quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  manual_form_data: v.nullish(v.record(v.string(), v.unknown())),
  downstream_order_no: v.nullish(v.string(), ''),
  callback_url: v.nullish(v.string(), ''),
});

/** `POST /orders`: buys, paid from the wallet at once. A reference that was used answers its order as it is now. */
export async function createOrder(call: OpenApiCall): Promise<unknown> {
  const {platform, merchant, group, strike} = call;
  const parsed = v.safeParse(orderSchema, call.json());
  if (!parsed.success) throw new Refusal('bad_request', 'invalid request');
  const {quantity, sku_id: skuId, downstream_order_no: reference, manual_form_data: form} = parsed.output;
  if (parsed.output.callback_url !== '') checkCallbackUrl(parsed.output.callback_url);
  const scope = {
    merchantId: merchant.id,
    requestScope: 'merchant',
    ...(reference !== '' && {requestNo: reference}),
  } as const;
  const earlier = platform.orderByRequest(scope);
  if (earlier) return placedRow(call, earlier, statusOf(earlier));

  const {good, sku} = findSku(call, skuId);
  for (const field of good.fields) {
    const value = form?.[field.name];
    if (field.pattern !== '' && (value === undefined || value === '')) {
      throw new Refusal('bad_request', `manual form field "${field.name}" is required`);
    }
  }
  if (platform.stock(good, sku.choice) < quantity && !strike.has('oversold')) {
    throw new Refusal('insufficient_stock', 'insufficient stock');
  }
  await call.beforeCommit();
  const sale: Sale = {
    ...scope,
    goodId: good.id,
    quantity,
    ...sku.choice,
    amount: multiply(unitPrice(good, sku, group), quantity),
    fields: Object.fromEntries(good.fields.map(({name, label}) => [name, {value: form?.[name] ?? null, label}])),
    handOver: handOver(strike),
  };
  const order = sell(call, sale);
  if (parsed.output.callback_url !== '') call.expectCallback(order, parsed.output.callback_url);
  return placedRow(call, order, 'paid');
}

/** `GET /orders/:id`: by the platform's own number, the account's own orders only. */
export function readOrder(call: OpenApiCall, id: string): unknown {
  return orderRow(call.platform, ownOrder(call, id));
}

/** `POST /orders/:id/cancel`: orders here are paid the moment they exist, and a paid one is not called off. */
export function cancelOrder(call: OpenApiCall, id: string): unknown {
  ownOrder(call, id);
  throw new Refusal('cancel_not_allowed', 'order cannot be canceled');
}

function ownOrder({platform, merchant}: OpenApiCall, id: string): PlatformOrder {
  const order = /^\d{1,9}$/.test(id) ? orderById(platform, Number(id)) : undefined;
  if (order?.merchantId !== merchant.id) throw new Refusal('order_not_found', 'order not found');
  return order;
}

function sell({platform}: OpenApiCall, sale: Sale): PlatformOrder {
  try {
    return platform.sell(sale);
  } catch (error) {
    if (!isSaleRefused(error)) throw error;
    const earlier = platform.orderByRequest(sale);
    if (error.reason === 'reference_used' && earlier) return earlier;
    if (error.reason === 'insufficient_balance') throw new Refusal('insufficient_balance', 'insufficient balance');
    if (error.reason === 'tier_too_low') throw new Refusal('sku_unavailable', 'sku unavailable');
    if (error.reason === 'banned') throw new Refusal('user_disabled', 'user disabled');
    throw new Refusal('internal_error', 'internal error');
  }
}

function findSku({platform, merchant}: OpenApiCall, skuId: number): {readonly good: Good; readonly sku: Sku} {
  const good = platform.goodById(goodIdOf(skuId));
  const sku = good && skusOf(good).find(({id}) => id === skuId);
  if (!good || !sku || !platform.isOpen(good, merchant.id)) throw new Refusal('sku_unavailable', 'sku unavailable');
  if (!isActive(good)) throw new Refusal('product_unavailable', 'product unavailable');
  return {good, sku};
}

function placedRow({platform}: OpenApiCall, order: PlatformOrder, status: string): unknown {
  return {
    ok: true,
    order_id: orderIdOf(platform, order),
    order_no: orderNo(order),
    status,
    amount: twoDigits(order.amount.amount),
    currency: order.amount.currency,
  };
}

/** Host names are not resolved; only literal addresses of the machine or its network are refused. */
function checkCallbackUrl(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isLocal =
    url &&
    /^(?:localhost|0\.0\.0\.0|\[::1?\]|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*)$/.test(
      url.hostname,
    );
  if (!url || !/^https?:$/.test(url.protocol) || isLocal) {
    throw new Refusal('invalid_callback_url', 'invalid callback url');
  }
}
