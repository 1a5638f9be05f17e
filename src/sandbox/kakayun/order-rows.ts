import {compare, zero} from '../../domain/money.ts';
import {isTopUp} from '../platform/items.ts';
import {apologyText, type Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {fourDigits} from './good-rows.ts';

/** 3 in progress, 4 failed, 5 success. */
export function statusOf(order: PlatformOrder): number {
  if (order.state === 'apologised' || isPaidBack(order)) return 4;
  return order.state === 'awaiting_delivery' ? 3 : 5;
}

/** 0 none, 1 all, 2 a part. */
export function refundStatusOf(order: PlatformOrder): number {
  if (!order.refunded) return 0;
  return isPaidBack(order) ? 1 : 2;
}

export function isPaidBack({amount, refunded}: PlatformOrder): boolean {
  return refunded !== undefined && compare(refunded, amount) >= 0;
}

export function orderNumber({tradeNo}: Pick<PlatformOrder, 'tradeNo'>): string {
  return `SD${tradeNo}`;
}

interface CardRow {
  readonly card_no: string;
  readonly card_pwd: string;
}

/** Cards of an order. A top-up has none; what its worker writes is its receipt. */
function cardsOf(platform: Platform, {state, goodCode, secret}: PlatformOrder): readonly CardRow[] {
  const good = platform.good(goodCode);
  if (state !== 'delivered' || secret === '' || (good && isTopUp(good))) return [];
  return secret.split('\n').map(line => {
    const [, number, password] = /^卡号[:：]\s*(\S+)\s+密码[:：]\s*(\S+)$/.exec(line) ?? [];
    return {card_no: number ?? line, card_pwd: password ?? ''};
  });
}

function receiptOf(platform: Platform, order: PlatformOrder): string {
  if (order.state === 'apologised') return apologyText;
  const good = platform.good(order.goodCode);
  return order.state === 'delivered' && good && isTopUp(good) ? order.secret : '';
}

/** Lines for display, as the platform's page has them. */
export function displayLines(platform: Platform, order: PlatformOrder): readonly string[] {
  return cardsOf(platform, order).map(({card_no: number, card_pwd: password}) =>
    password === '' ? `卡号：${number}\r` : `卡号：${number} 密码：${password}\r`,
  );
}

export function orderRow(platform: Platform, order: PlatformOrder): Record<string, unknown> {
  return {
    orderno: orderNumber(order),
    usorderno: order.requestNo ?? '',
    money: fourDigits(order.amount.amount),
    buynum: order.quantity,
    status: statusOf(order),
    refundmoney: fourDigits((order.refunded ?? zero(order.amount.currency)).amount),
    refundstatus: refundStatusOf(order),
    receipt: receiptOf(platform, order),
    refundreceipt: '',
    cardlist: displayLines(platform, order),
    cards: cardsOf(platform, order),
  };
}

/** An order in the terms of version 1, whose cards stand beside it. Old orders tell nothing of refunds. */
export function oldOrderRow(platform: Platform, order: PlatformOrder): Record<string, unknown> {
  return {
    orderno: orderNumber(order),
    money: Number(order.amount.amount),
    buynum: order.quantity,
    status: statusOf(order),
    receipt: receiptOf(platform, order),
    create_time: Math.floor(order.createdAt / 1000),
  };
}
