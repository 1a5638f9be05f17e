import {compare, zero} from '../../domain/money.ts';
import {isTopUp} from '../platform/items.ts';
import {apologyText, type Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';

export function orderNumber({tradeNo}: Pick<PlatformOrder, 'tradeNo'>): string {
  return `20${tradeNo}`;
}

/** Which order a number is about; none, where it does not look like one. */
export function tradeNoOf(number: string): string {
  return /^20(\d+)$/.exec(number)?.[1] ?? '';
}

/** 2 under way, 3 done, 4 withdrawn, 5 refunded, 8 being withdrawn, 9 refund running. */
export function statusOf({state, refunded, askedBack, amount}: PlatformOrder): number {
  const isWaiting = state === 'awaiting_delivery';
  if (refunded) return isWaiting && askedBack && compare(refunded, amount) >= 0 ? 4 : 5;
  if (askedBack) return isWaiting ? 8 : 9;
  return isWaiting ? 2 : 3;
}

export interface CardRow {
  readonly cardId: string;
  readonly cardNo?: string;
  readonly cardPwd: string;
  readonly cancelRequest: 0 | 1;
  /** 0 handed over, 2 void. */
  readonly status: number;
}

/** The cards of an order, and what its supplier wrote to it. Cards of a wholly refunded order are void. */
export function handedOver(platform: Platform, order: PlatformOrder): {result: string; cards: readonly CardRow[]} {
  const {state, secret, refunded, amount, tradeNo} = order;
  if (state === 'awaiting_delivery' || secret === '') return {result: '', cards: []};
  const good = platform.good(order.goodCode);
  if (good && isTopUp(good)) return {result: secret, cards: []};
  const isVoid = refunded !== undefined && compare(refunded, amount) >= 0;
  const texts = state === 'apologised' ? [apologyText] : secret.split('\n');
  const cards = texts.map((text, index): CardRow => {
    const [, number, password] = /^卡号[:：]\s*(\S+)\s+密码[:：]\s*(\S+)$/.exec(text) ?? [];
    return {
      cardId: `${tradeNo}${index}`,
      ...(number !== undefined && {cardNo: number}),
      cardPwd: password ?? text,
      cancelRequest: 1,
      status: isVoid ? 2 : 0,
    };
  });
  return {result: '', cards};
}

export function orderRow(platform: Platform, order: PlatformOrder): Record<string, unknown> {
  const {amount, refunded, quantity, requestNo} = order;
  return {
    orderNumber: orderNumber(order),
    outerNumber: requestNo ?? '',
    status: statusOf(order),
    count: quantity,
    money: Number(amount.amount),
    retMoney: Number((refunded ?? zero(amount.currency)).amount),
    startCount: 0,
    nowCount: 0,
    endCount: 0,
    ...handedOver(platform, order),
  };
}
