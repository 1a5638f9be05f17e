import type {CartButtonWords} from './cart-button.zh-cn.ts';

export const cartButtonEn: CartButtonWords = {
  cart: 'Cart',
  count: count => (count === 0 ? 'Cart, empty' : `Cart, ${count} ${count === 1 ? 'item' : 'items'}`),
  failed: 'The cart could not be opened. Check your connection and reload the page.',
};
