import {defineMessages} from '../../shared/localize.ts';

export const cartButtonMessages = defineMessages(
  'cart-button',
  {
    cart: '购物车',
    count: (count: number) => (count === 0 ? '购物车，空' : `购物车，${count} 件商品`),
    failed: '购物车没能打开，请检查网络后再试。',
  },
  {
    cart: 'Cart',
    count: count => (count === 0 ? 'Cart, empty' : `Cart, ${count} ${count === 1 ? 'item' : 'items'}`),
    failed: 'The cart could not be opened. Check your connection and try again.',
  },
);
