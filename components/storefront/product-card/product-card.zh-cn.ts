export const productCardZhCN = {
  automatic: '自动发货',
  manual: '人工发货',
  in_stock: '有货',
  low: '库存不多',
  sold_out: '已售罄',
  unknown: '库存待确认',
  from: (price: string) => `${price} 起`,
  add: '加入',
  addTitle: (title: string) => `加入购物车：${title}`,
  choose: '选规格',
  chooseTitle: (title: string) => `选规格：${title}`,
  adding: '加入中…',
  added: '已加入',
  addedTitle: (title: string) => `已加入购物车：${title}`,
  loading: '正在加载商品…',
};

export type ProductCardWords = typeof productCardZhCN;
