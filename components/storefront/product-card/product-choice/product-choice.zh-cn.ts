export const productChoiceZhCN = {
  close: '关闭',
  loading: '正在加载商品…',
  soldOut: '售罄',
  impossible: '无此组合',
  tier: (from: number) => `${from} 件起`,
  each: (price: string) => `每件 ${price}`,
  tiers: '批量价',
  minimum: (minimum: number) => `${minimum} 件起售`,
  maximum: (maximum: number) => `每单最多 ${maximum} 件`,
  total: '合计',
  add: '加入购物车',
  unavailable: '这个规格已售罄',
  details: '商品说明',
};

export type ProductChoiceWords = typeof productChoiceZhCN;
