import type {CartWords} from './cart.zh-cn.ts';

export const cartZhTW: CartWords = {
  title: '購物車',
  close: '關閉購物車',
  empty: '購物車是空的',
  emptyHint: '選好的商品會放在這裡。',
  browse: '繼續逛逛',
  remove: title => `移除：${title}`,
  removed: title => `已移除：${title}`,
  each: price => `每件 ${price}`,
  confirming: '確認中…',
  dead: count => `有 ${count} 種商品已經買不到了。`,
  removeDead: '全部移除',
  subtotal: '小計',
  discounted: '折抵後',
  subtotalHint: '價格與庫存會在結帳時確認。',
  checkout: '前往結帳',
  count: count => `${count} 件`,
  failed: '無法開啟，請檢查網路後重新整理。',
  orders: '我的訂單',
  back: '返回購物車',
};
