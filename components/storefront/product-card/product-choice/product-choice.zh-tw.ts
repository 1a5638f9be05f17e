import type {ProductChoiceWords} from './product-choice.zh-cn.ts';

export const productChoiceZhTW: ProductChoiceWords = {
  close: '關閉',
  loading: '正在載入商品…',
  soldOut: '售完',
  impossible: '沒有這個組合',
  tier: from => `${from} 件起`,
  each: price => `每件 ${price}`,
  tiers: '大量優惠價',
  minimum: minimum => `最少 ${minimum} 件`,
  maximum: maximum => `每筆訂單最多 ${maximum} 件`,
  total: '合計',
  add: '加入購物車',
  unavailable: '這個規格已售完',
  details: '商品說明',
};
