import type {KeyRing} from '../security/key-ring.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const longestReference = 19;
const longestPassword = 32;

/**
 * A new client reference: random, 95 bits at 19 characters, letters and digits without regard to case, so that it stays
 * unique among all merchants of a platform that compares without case.
 */
export function newReference(maximumLength: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.min(maximumLength, longestReference)));
  return Array.from(bytes, byte => alphabet[byte & 31]).join('');
}

/**
 * The password that closes an order on the platform's own look-up page. It follows from the reference, so that a repeat
 * is byte-equal, and is written down nowhere.
 */
export async function platformPassword(keys: KeyRing, reference: string): Promise<string> {
  const [hash] = await keys.hashes('order-password', reference);
  return hash.replace(/[^A-Za-z0-9]/g, '').slice(0, longestPassword);
}
