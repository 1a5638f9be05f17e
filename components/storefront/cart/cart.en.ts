import type {CartWords} from './cart.zh-cn.ts';

export const cartEn: CartWords = {
  title: 'Cart',
  close: 'Close cart',
  empty: 'Your cart is empty',
  emptyHint: 'What you choose is kept here.',
  browse: 'Keep browsing',
  remove: title => `Remove: ${title}`,
  removed: title => `Removed: ${title}`,
  each: price => `${price} each`,
  confirming: 'Confirming…',
  dead: count => (count === 1 ? 'One product can no longer be bought.' : `${count} products can no longer be bought.`),
  removeDead: 'Remove all',
  subtotal: 'Subtotal',
  discounted: 'With your code',
  subtotalHint: 'Price and stock are confirmed at checkout.',
  checkout: 'Check out',
  count: count => `${count} ${count === 1 ? 'item' : 'items'}`,
  failed: 'That could not be opened. Check your connection and reload the page.',
  orders: 'Your orders',
  back: 'Back to the cart',
};
