import {compare, zero} from '../../domain/money.ts';
import {isTopUp} from '../platform/items.ts';
import {apologyText, type Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {fieldKey} from './good-rows.ts';

export function orderNumber({tradeNo}: Pick<PlatformOrder, 'tradeNo'>): string {
  return `API${tradeNo}`;
}

/** Which order a number is about; none, where it does not look like one. */
export function tradeNoOf(number: string): string {
  return /^API(\d+)$/.exec(number)?.[1] ?? '';
}

/** 2 being worked on, 3 done, 4 called off, 5 paid back. */
export function statusOf({state, refunded, askedBack}: PlatformOrder): number {
  if (refunded) return askedBack ? 4 : 5;
  return state === 'awaiting_delivery' ? 2 : 3;
}

export interface CardRow {
  readonly card_no: string;
  readonly card_password: string;
}

/** What an order handed over. It stays in there when the order is paid back, although the cards may be void. */
export function handedOver(platform: Platform, order: PlatformOrder): {hints: string; cards: readonly CardRow[]} {
  const {state, secret} = order;
  if (state === 'awaiting_delivery' || secret === '') return {hints: '', cards: []};
  if (state === 'apologised') return {hints: '', cards: [{card_no: '', card_password: apologyText}]};
  const good = platform.good(order.goodCode);
  return good && isTopUp(good) ? {hints: secret, cards: []} : {hints: '', cards: secret.split('\n').map(cardRow)};
}

export function orderRow(platform: Platform, order: PlatformOrder): unknown {
  const {hints, cards} = handedOver(platform, order);
  const {amount, fields, refunded} = order;
  return {
    ordersn: orderNumber(order),
    external_orderno: order.requestNo ?? '',
    recharge_info: Object.values(fields).map(({label, value}, index) => ({n: label, v: value, k: fieldKey(index)})),
    recharge_hints: hints,
    status: statusOf(order),
    total_price: Number(amount.amount),
    has_back_money: Number((refunded ?? zero(amount.currency)).amount),
    card_list: cards,
  };
}

export function isPaidBack({amount, refunded}: PlatformOrder): boolean {
  return refunded !== undefined && compare(refunded, amount) >= 0;
}

function cardRow(secret: string): CardRow {
  const [, number, password] = /^卡号[:：]\s*(\S+)\s+密码[:：]\s*(\S+)$/.exec(secret) ?? [];
  return {card_no: number ?? '', card_password: password ?? secret};
}
