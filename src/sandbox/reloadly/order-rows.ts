import {compare} from '../../domain/money.ts';
import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {skusOf} from '../platform/skus.ts';
import {plainTime} from './problem.ts';
import {nameOf, senderCurrency, worthOf, type Product} from './product-rows.ts';

/** Transactions count up from here; nothing is ever taken out of the platform's list. */
const firstTransactionId = 1001;

export function transactionIdOf(platform: Platform, order: PlatformOrder): number {
  return firstTransactionId + platform.placeOf(order);
}

export function orderById(platform: Platform, id: number): PlatformOrder | undefined {
  return platform.orderAt(id - firstTransactionId);
}

/** A transaction that failed is charged until it is paid back; one that is paid back in part does not say so. */
export function statusOf({state, refunded, amount}: PlatformOrder): string {
  if (refunded && compare(refunded, amount) >= 0) return 'REFUNDED';
  if (state === 'apologised') return 'FAILED';
  return state === 'awaiting_delivery' ? 'PENDING' : 'SUCCESSFUL';
}

export function orderRow(platform: Platform, order: PlatformOrder): unknown {
  const product = productOf(platform, order);
  const worth = product ? worthOf(product) : 0;
  return {
    transactionId: transactionIdOf(platform, order),
    amount: Number(order.amount.amount),
    discount: 0,
    currencyCode: senderCurrency,
    fee: 0,
    recipientEmail: 'cards@shop.example',
    customIdentifier: order.requestNo ?? '',
    status: statusOf(order),
    product: {
      productId: product?.sku.id ?? 0,
      productName: product ? nameOf(product) : order.goodCode,
      countryCode: 'CN',
      quantity: order.quantity,
      unitPrice: worth,
      totalPrice: worth * order.quantity,
      currencyCode: 'CNY',
      brand: {brandId: product?.good.categoryId ?? 0, brandName: ''},
    },
    smsFee: 0,
    receipientPhone: null,
    transactionCreatedTime: plainTime(order.createdAt),
  };
}

function productOf(platform: Platform, order: PlatformOrder): Product | undefined {
  const good = platform.good(order.goodCode);
  const sku =
    good &&
    skusOf(good).find(
      ({choice}) =>
        choice.race === order.race && JSON.stringify(choice.options ?? {}) === JSON.stringify(order.options ?? {}),
    );
  return good && sku && {good, sku};
}

/**
 * The cards of an order as JSON text: one as an object and several as a list, digits as the numbers that the specification
 * has, which no JavaScript number could hold.
 */
export function cardsText(order: PlatformOrder): string {
  const cards = order.state === 'delivered' ? order.secret.split('\n').map(cardText) : [];
  return cards.length === 1 ? cards[0]! : `[${cards.join(',')}]`;
}

function cardText(secret: string): string {
  const [, number, pin] = /^卡号[：:]\s*(\S+)\s+密码[：:]\s*(\S+)$/.exec(secret) ?? [];
  if (number && pin) return `{"cardNumber":${written(number)},"pinCode":${written(pin)}}`;
  return /^https?:\/\//.test(secret)
    ? `{"cardNumber":"","pinCode":"","redemptionUrl":${JSON.stringify(secret)}}`
    : `{"cardNumber":${written(secret)},"pinCode":null}`;
}

function written(text: string): string {
  return /^[1-9]\d*$/.test(text) ? text : JSON.stringify(text);
}
