import type {CartButtonWords} from './cart-button.zh-cn.ts';

export const cartButtonZhTW: CartButtonWords = {
  cart: '購物車',
  count: count => (count === 0 ? '購物車，空的' : `購物車，${count} 件商品`),
  failed: '購物車無法開啟，請檢查網路後重新整理。',
};
