export const cartZhCN = {
  title: '购物车',
  close: '关闭购物车',
  empty: '购物车是空的',
  emptyHint: '挑好的商品会放在这里。',
  browse: '继续逛逛',
  remove: (title: string) => `移除：${title}`,
  removed: (title: string) => `已移除：${title}`,
  each: (price: string) => `每件 ${price}`,
  confirming: '正在确认…',
  dead: (count: number) => `有 ${count} 种商品已经买不到了。`,
  removeDead: '全部移除',
  subtotal: '小计',
  discounted: '优惠后',
  subtotalHint: '价格和库存在结算时确认。',
  checkout: '去结算',
  count: (count: number) => `${count} 件`,
  failed: '没能打开，请检查网络后刷新页面。',
  orders: '我的订单',
  back: '返回购物车',
};

export type CartWords = typeof cartZhCN;
