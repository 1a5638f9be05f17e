import type {ProductCardWords} from './product-card.zh-cn.ts';

export const productCardZhTW: ProductCardWords = {
  automatic: '自動出貨',
  manual: '人工出貨',
  in_stock: '有庫存',
  low: '庫存不多',
  sold_out: '已售完',
  unknown: '庫存待確認',
  from: price => `${price} 起`,
  add: '加入',
  addTitle: title => `加入購物車：${title}`,
  choose: '選規格',
  chooseTitle: title => `選規格：${title}`,
  adding: '加入中…',
  added: '已加入',
  addedTitle: title => `已加入購物車：${title}`,
  loading: '正在載入商品…',
};
