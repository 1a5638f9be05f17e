export const cartButtonZhCN = {
  cart: '购物车',
  count: (count: number) => (count === 0 ? '购物车，空' : `购物车，${count} 件商品`),
  failed: '购物车没能打开，请检查网络后刷新页面。',
};

export type CartButtonWords = typeof cartButtonZhCN;
