import {CartError} from './cart-error.ts';
import type {Cart, NewCartLine} from './shop.ts';

/**
 * Puts a line into the cart and resolves only if the shop server confirmed it. What the server could not be asked about
 * stays in the cart, but nobody is told that it was added: rejects with a `CartError` whose problem is `unconfirmed`.
 */
export async function addConfirmed(cart: Cart, line: NewCartLine): Promise<void> {
  await cart.add(line);
  const held = cart.value.lines.find(({skuId}) => skuId === line.skuId);
  if (held?.problem?.kind === 'unconfirmed') throw new CartError(line.skuId, held.problem);
}
