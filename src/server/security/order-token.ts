import {equalInConstantTime, type KeyRing} from './key-ring.ts';

/*
 * An order token is a keyed hash of the order's id: whoever holds it may open that order and nothing else. Being derived,
 * it is stored nowhere, and a repeated order request gets the same one.
 */

export async function issueOrderToken(keys: KeyRing, orderId: string): Promise<string> {
  const [token] = await keys.hashes('order-token', orderId);
  return token;
}

/** Tokens issued under a key that has been rotated out open as long as that key is in the ring. */
export async function isOrderToken(keys: KeyRing, orderId: string, token: string): Promise<boolean> {
  const valid = await keys.hashes('order-token', orderId);
  return valid.map(candidate => equalInConstantTime(candidate, token)).includes(true);
}
