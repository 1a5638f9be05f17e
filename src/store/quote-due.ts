import type {CartState, CheckoutState} from './shop.ts';

/** Which goods, how many of each, and with what code. */
export const goodsIn = (cart: CartState | undefined): string =>
  [...(cart?.lines ?? []).map(({skuId, quantity}) => `${skuId}×${quantity}`), cart?.coupon?.code].join();

interface Showing {
  readonly step: CheckoutState['step'];
  /** A checkout in the page begins by itself, and is always in sight. */
  readonly isInline: boolean;
  readonly isShown: boolean;
  /** The goods the last quote was asked for, as {@link goodsIn} names them. */
  readonly quotedFor: string | undefined;
}

/** Whether the cart as it is wants another price than what a checkout shows is about. */
export function isQuoteDue(cart: CartState, {step, isInline, isShown, quotedFor}: Showing): boolean {
  if (cart.coupon?.pending || cart.lines.some(({pending}) => pending)) return false;
  const isWanted =
    step === 'idle' ? isInline && cart.count > 0 : (isInline || isShown) && (step === 'filling' || step === 'blocked');
  return isWanted && goodsIn(cart) !== quotedFor;
}
