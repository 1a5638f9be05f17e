export const cartProblemZhCN = {
  unavailable: '已下架，不能再买，请移除。',
  soldOut: '已售罄，不能再买，请移除。',
  cardGone: '这张卡已被买走，请另选一张。',
  stockUnknown: '暂时查不到库存，请稍后再试。',
  none: '已售罄。',
  notEnough: (available: number) => `库存不够，最多可买 ${available} 件。`,
  belowMinimum: (minimum: number) => `${minimum} 件起售。`,
  aboveMaximum: (maximum: number) => `每单最多 ${maximum} 件。`,
  priceChanged: (before: string) => `价格有变，加入时是 ${before}。`,
  unconfirmed: '网络不通，尚未向店铺确认。',
  refused: '没能加入购物车，请重试。',
};

export type CartProblemWords = typeof cartProblemZhCN;
