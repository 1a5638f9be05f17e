import * as v from 'valibot';
import {multiply} from '../../domain/money.ts';
import {handOver} from '../faults/under-faults.ts';
import {isSaleRefused, type PlatformOrder, type Sale} from '../platform/platform-order.ts';
import {unitPrice} from '../platform/skus.ts';
import type {EsaCall} from './esa-call.ts';
import {idsOf, keysOf, orderById, orderIdOf, orderRow, productOf, statusOf} from './order-rows.ts';
import {Problem} from './problem.ts';
import {kinguinIdOf, nameOf, priceOf, productByNumber, type Product} from './product-rows.ts';
import {pageOf, sliceOf} from './reads.ts';

const mostPerOffer = 9;
const mostProducts = 10;
const returnableForMs = 24 * 3_600_000;

const item = {
  qty: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  price: v.pipe(v.number(), v.gtValue(0)),
  keyType: v.optional(v.literal('text')),
  offerId: v.optional(v.string()),
};
const bodyOf = <Item extends v.ObjectEntries>(entries: Item) =>
  v.object({
    products: v.pipe(v.array(v.object({...item, ...entries})), v.minLength(1), v.maxLength(mostProducts)),
    orderExternalId: v.optional(v.string()),
  });
const bodyV1 = bodyOf({kinguinId: v.pipe(v.number(), v.safeInteger())});
const bodyV2 = bodyOf({productId: v.string()});

/** `POST /v1/order`, by `kinguinId` */
export function createOrderV1(call: EsaCall): Promise<unknown> {
  const {products, orderExternalId} = parse(bodyV1, call.json());
  return createOrder(
    call,
    products.map(({kinguinId, ...asked}) => ({...asked, kinguinId})),
    orderExternalId,
  );
}

/** `POST /v2/order`, by `productId` */
export function createOrderV2(call: EsaCall): Promise<unknown> {
  const {products, orderExternalId} = parse(bodyV2, call.json());
  return createOrder(
    call,
    products.map(({productId, ...asked}) => ({...asked, kinguinId: kinguinIdOf(productId)})),
    orderExternalId,
  );
}

interface Asked {
  readonly kinguinId: number;
  readonly qty: number;
  /** Of one key, the most that it may cost. */
  readonly price: number;
}

/** Buys, paid from the balance at once. A reference that was used before is used again: nobody says that it is not. */
async function createOrder(call: EsaCall, products: readonly Asked[], reference: string | undefined): Promise<unknown> {
  const {platform, merchant, group, strike} = call;
  const [asked] = products;
  if (products.length > 1 || !asked) throw new Problem('OrderFailed', 'Unable to create an order.');
  const {qty, price, kinguinId} = asked;
  if (qty > mostPerOffer) {
    throw new Problem(
      'ConstraintViolation',
      `Invalid "products" property. The "qty" limit per offer is ${mostPerOffer}.`,
    );
  }
  const product = productByNumber(call, kinguinId);
  const isToBeHad = product?.good.onSale && price >= priceOf(product, call) && hasEnough(call, product, qty);
  if (!product || !isToBeHad) throw new Problem('ProductUnavailable', 'Unable to find any offer for the product.');
  const {good, sku} = product;
  await call.beforeCommit();
  const sale: Sale = {
    merchantId: merchant.id,
    goodId: good.id,
    quantity: qty,
    ...sku.choice,
    ...(reference !== undefined && {requestNo: reference, requestScope: 'order'}),
    amount: multiply(unitPrice(good, sku, group), qty),
    fields: {},
    handOver: handOver(strike),
  };
  return orderRow(platform, sell(call, sale), true);
}

function hasEnough({platform, strike}: EsaCall, {good, sku}: Product, qty: number): boolean {
  return platform.stock(good, sku.choice) >= qty || strike.has('oversold');
}

function sell({platform}: EsaCall, sale: Sale): PlatformOrder {
  try {
    return platform.sell(sale);
  } catch (error) {
    if (!isSaleRefused(error)) throw error;
    if (error.reason === 'insufficient_balance') {
      throw new Problem('InsufficientBalance', 'There are not enough funds to place an order.');
    }
    throw new Problem('OrderFailed', 'Unable to create an order.');
  }
}

/** `GET /v1/order/:id` */
export function readOrder(call: EsaCall, id: string): unknown {
  return orderRow(call.platform, ownOrder(call, id));
}

/** `GET /v1/order`, newest first */
export function searchOrders({platform, merchant, query}: EsaCall): unknown {
  const is = (parameter: string, value: string | undefined): boolean =>
    !query.has(parameter) || query.get(parameter) === value;
  const reference = query.get('orderExternalId');
  const own = reference === null ? platform.ordersOf(merchant.id) : platform.ordersByReference(merchant.id, reference);
  const from = Date.parse(query.get('createdAtFrom') ?? '') || 0;
  const found = own.filter(
    order =>
      is('orderExternalId', order.requestNo) &&
      is('orderId', orderIdOf(order)) &&
      is('status', statusOf(order)) &&
      order.createdAt >= from,
  );
  return pageOf(found.toReversed(), query, order => orderRow(platform, order));
}

/** `GET /v2/order/:id/keys`: those that are there */
export function downloadKeys(call: EsaCall, id: string): unknown {
  const order = ownOrder(call, id);
  const product = productOf(call.platform, order);
  const there = keysOf(order).filter(({serial}) => serial !== undefined);
  return sliceOf(there, call.query).map(key => ({
    id: key.id,
    serial: key.serial,
    type: 'text/plain',
    ...(product && {name: nameOf(product), ...idsOf(product)}),
  }));
}

/**
 * `POST /v2/order/:id/keys/return`: once per order, within a day; keys that are still waited for are given back when they
 * come. Whether a downloaded key is "claimed" is written nowhere; here it is not.
 */
export function returnKeys(call: EsaCall, id: string): unknown {
  const {platform} = call;
  const order = ownOrder(call, id);
  const isLate = order.deliveredAt !== undefined && platform.now() - order.deliveredAt > returnableForMs;
  if (order.askedBack || order.refunded || isLate || order.state === 'blank') {
    throw new Problem('NoKeysToReturn', 'Return keys is not allowed for current resource version.');
  }
  platform.askBack(order.tradeNo);
  return keysOf(ownOrder(call, id)).map(key => ({id: key.id, status: key.status}));
}

/** An account's own order, its return carried out if it has become possible. */
function ownOrder({platform, merchant}: EsaCall, id: string): PlatformOrder {
  const order = orderById(platform, merchant.id, id);
  if (!order) throw new Problem('OrderNotFound', 'Order not found.');
  const isReturnable = order.askedBack && order.state === 'delivered' && !order.refunded;
  if (!isReturnable) return order;
  platform.refund(order.tradeNo, order.amount);
  return platform.order(order.tradeNo)!;
}

function parse<Schema extends v.GenericSchema>(schema: Schema, body: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const place = v.getDotPath(parsed.issues[0]) ?? 'body';
  throw new Problem('ConstraintViolation', `Invalid "${place}" property.`);
}
