import {compare, multiply, zero} from '../../domain/money.ts';
import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {skusOf} from '../platform/skus.ts';
import {atomTime} from './problem.ts';
import {nameOf, offerId, productId, type Product} from './product-rows.ts';

const storeId = 1;

/** Letters and digits that spell the platform's own order number. */
export function orderIdOf({tradeNo}: PlatformOrder): string {
  return `P${BigInt(tradeNo).toString(36).toUpperCase()}`;
}

/** The order number that an id spells; none, where it spells none. */
function tradeNoOf(id: string): string {
  const digits = /^P([0-9A-Z]{1,20})$/.exec(id)?.[1] ?? '';
  return [...digits].reduce((number, digit) => number * 36n + BigInt(Number.parseInt(digit, 36)), 0n).toString();
}

export function orderById(platform: Platform, merchantId: number, id: string): PlatformOrder | undefined {
  const order = platform.order(tradeNoOf(id));
  return order?.merchantId === merchantId ? order : undefined;
}

/**
 * An order that is paid back in part stays completed: only its keys tell. What becomes of an order whose keys never come
 * is written nowhere; here it is processed for ever.
 */
export function statusOf({state, refunded, amount}: PlatformOrder): string {
  if (refunded && compare(refunded, amount) >= 0) return 'refunded';
  return state === 'delivered' || state === 'blank' ? 'completed' : 'processing';
}

export interface KeyRow {
  readonly id: string;
  readonly status: string;
  readonly serial?: string;
}

/** Keys that came, or that are waited for; as many of them are paid back as were paid for by what came back. */
export function keysOf(order: PlatformOrder): readonly KeyRow[] {
  const serials = order.state === 'delivered' ? order.secret.split('\n') : [];
  const waiting = order.state === 'delivered' || order.state === 'blank' ? 0 : order.quantity;
  const refunded = order.refunded ?? zero(order.amount.currency);
  const isBack = (index: number): boolean =>
    compare(multiply(refunded, order.quantity), multiply(order.amount, index + 1)) >= 0;
  return [
    ...serials.map((serial, index) => ({serial, status: isBack(index) ? 'REFUNDED' : 'DELIVERED'})),
    ...Array.from({length: waiting}, (_, index) => ({status: isBack(index) ? 'REFUNDED' : 'PENDING'})),
  ].map((key, index) => ({id: keyId(order, index), ...key}));
}

function keyId({tradeNo}: PlatformOrder, index: number): string {
  return (BigInt(tradeNo) * 1000n + BigInt(index)).toString(16).padStart(24, '0');
}

/** An order as it is read; just made, it has no keys yet and is being processed. */
export function orderRow(platform: Platform, order: PlatformOrder, isNew = false): unknown {
  const product = productOf(platform, order);
  const total = Number(order.amount.amount);
  const price = Number((total / order.quantity).toFixed(2));
  return {
    totalPrice: total,
    requestTotalPrice: total,
    // A text in the vendor's table, a number in its examples.
    paymentPrice: order.amount.amount,
    status: isNew ? 'processing' : statusOf(order),
    userEmail: 'buyer@example.com',
    storeId,
    createdAt: atomTime(order.createdAt),
    orderId: orderIdOf(order),
    ...(order.requestNo !== undefined && {orderExternalId: order.requestNo}),
    products: [
      {
        ...(product && {...idsOf(product), name: nameOf(product)}),
        qty: order.quantity,
        price,
        totalPrice: total,
        requestPrice: price,
        isPreorder: false,
        keyType: 'text',
        ...(!isNew && {keys: keysOf(order).map(({id, status}) => ({id, status}))}),
      },
    ],
    totalQty: order.quantity,
    isPreorder: false,
  };
}

export function idsOf(product: Product): {kinguinId: number; offerId: string; productId: string} {
  return {kinguinId: product.sku.id, offerId: offerId(product), productId: productId(product)};
}

export function productOf(platform: Platform, order: PlatformOrder): Product | undefined {
  const good = platform.good(order.goodCode);
  const sku =
    good &&
    skusOf(good).find(
      ({choice}) =>
        choice.race === order.race && JSON.stringify(choice.options ?? {}) === JSON.stringify(order.options ?? {}),
    );
  return good && sku && {good, sku};
}
