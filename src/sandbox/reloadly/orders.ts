import * as v from 'valibot';
import {multiply} from '../../domain/money.ts';
import {handOver} from '../faults/under-faults.ts';
import {isSaleRefused, type PlatformOrder, type Sale} from '../platform/platform-order.ts';
import {unitPrice} from '../platform/skus.ts';
import type {GiftCardCall} from './gift-card-call.ts';
import {cardsText, orderById, orderRow, statusOf} from './order-rows.ts';
import {pageOf} from './pages.ts';
import {plainTime, Problem} from './problem.ts';
import {productById, worthOf} from './product-rows.ts';

const usualSize = 50;

const bodySchema = v.object({
  productId: v.pipe(v.number(), v.safeInteger()),
  quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  unitPrice: v.number(),
  senderName: v.pipe(v.string(), v.minLength(1)),
  recipientEmail: v.pipe(v.string(), v.includes('@')),
  customIdentifier: v.optional(v.string()),
});

/**
 * `POST /orders`: buys, paid from the balance at once. The codes of most refusals are not written down, and neither is what
 * a used reference is answered with: here it is refused.
 */
export async function createOrder(call: GiftCardCall): Promise<unknown> {
  const {platform, merchant, group, strike} = call;
  const parsed = v.safeParse(bodySchema, call.json());
  if (!parsed.success) {
    throw new Problem(400, `${v.getDotPath(parsed.issues[0]) ?? 'The request body'} is not valid`);
  }
  const {productId, quantity, unitPrice: worth, customIdentifier: reference} = parsed.output;
  const product = productById(call, productId);
  if (!product) throw new Problem(400, 'Product not found');
  if (worth !== worthOf(product)) throw new Problem(400, 'Unit price is not allowed for this product');
  const {good, sku} = product;
  if (platform.stock(good, sku.choice) < quantity && !strike.has('oversold')) {
    throw new Problem(400, 'Product is currently unavailable');
  }
  await call.beforeCommit();
  const sale: Sale = {
    merchantId: merchant.id,
    goodId: good.id,
    quantity,
    ...sku.choice,
    requestScope: 'merchant',
    ...(reference !== undefined && {requestNo: reference}),
    amount: multiply(unitPrice(good, sku, group), quantity),
    fields: {},
    handOver: handOver(strike),
  };
  return orderRow(platform, sell(call, sale));
}

function sell({platform}: GiftCardCall, sale: Sale): PlatformOrder {
  try {
    return platform.sell(sale);
  } catch (error) {
    if (!isSaleRefused(error)) throw error;
    if (error.reason === 'insufficient_balance') throw new Problem(400, 'Your balance is insufficient for this order');
    if (error.reason === 'reference_used') throw new Problem(400, 'Custom identifier already exists');
    throw new Problem(400, 'The order could not be placed');
  }
}

/** `GET /orders/transactions/:id/cards` */
export function readCards(call: GiftCardCall, id: string): Response {
  const order = ownOrder(call, id);
  const text = statusOf(order) === 'SUCCESSFUL' ? cardsText(order) : '[]';
  return new Response(text, {headers: {'content-type': 'application/json'}});
}

/** `GET /reports/transactions/:id`: the one that was asked for, in a list. */
export function readTransaction(call: GiftCardCall, id: string): unknown {
  return [orderRow(call.platform, ownOrder(call, id))];
}

/** `GET /reports/transactions`, newest first */
export function report({platform, merchant, query}: GiftCardCall): unknown {
  const [from, to] = [query.get('startDate') ?? '', query.get('endDate') ?? '9999'];
  const reference = query.get('customIdentifier');
  const own = reference === null ? platform.ordersOf(merchant.id) : platform.ordersByReference(merchant.id, reference);
  const found = own
    .filter(({createdAt}) => plainTime(createdAt) >= from && plainTime(createdAt) <= to)
    .filter(({requestNo}) => reference === null || requestNo === reference);
  return pageOf(found.toReversed(), query, usualSize, order => orderRow(platform, order));
}

function ownOrder({platform, merchant}: GiftCardCall, id: string): PlatformOrder {
  const order = /^\d{1,9}$/.test(id) ? orderById(platform, Number(id)) : undefined;
  if (order?.merchantId !== merchant.id) throw new Problem(404, 'Invalid transaction id');
  return order;
}
