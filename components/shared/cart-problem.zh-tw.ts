import type {CartProblemWords} from './cart-problem.zh-cn.ts';

export const cartProblemZhTW: CartProblemWords = {
  unavailable: '已下架，無法購買，請移除。',
  soldOut: '已售完，無法購買，請移除。',
  cardGone: '這張卡已被買走，請另選一張。',
  stockUnknown: '暫時查不到庫存，請稍後再試。',
  none: '已售完。',
  notEnough: available => `庫存不足，最多可買 ${available} 件。`,
  belowMinimum: minimum => `最少購買 ${minimum} 件。`,
  aboveMaximum: maximum => `每筆訂單最多 ${maximum} 件。`,
  priceChanged: before => `價格有變動，加入時是 ${before}。`,
  unconfirmed: '網路中斷，尚未向商店確認。',
  refused: '無法加入購物車，請再試一次。',
};
