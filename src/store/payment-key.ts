import type {Order} from '../contract/order.ts';
import type {Payment} from '../contract/payment.ts';

/**
 * The idempotency key under which a payment is opened: the same for every repeat, reload and tab, another one for
 * another method, another way back, and after a payment that came to nothing or whose time is over.
 */
export function paymentKey(order: Order, method: string, returnUrl: string | undefined, now: number): string {
  const over = order.payments.filter(
    payment => payment.state === 'declined' || payment.state === 'expired' || isGoneBy(payment, now),
  ).length;
  return `pay-${fingerprint(JSON.stringify([order.id, method, returnUrl, over]))}`;
}

/** A payment whose time is over, whether or not its provider has said so: nobody is led to it any more. */
export function isGoneBy({state, expiresAt}: Payment, now: number): boolean {
  return state === 'pending' && Date.parse(expiresAt) <= now;
}

const fnvOffset = 0x6c62272e07bb014262b821756295c58dn;
const fnvPrime = 0x1000000000000000000013bn;

/** FNV-1a with 128 bits. Short and always at hand; WebCrypto is missing on plain-HTTP pages. Not a secret's protection. */
function fingerprint(text: string): string {
  let hash = fnvOffset;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * fnvPrime);
  }
  return hash.toString(36);
}
