import type {PasswordHash} from '../persistence/records.ts';
import {encodeText, fromBase64Url, toBase64Url, type Bytes} from './encoding.ts';
import {equalInConstantTime} from './key-ring.ts';

/*
 * PBKDF2 with HMAC-SHA-256 (RFC 8018), because WebCrypto has it wherever the server runs, the page of the mocks included.
 */

/** OWASP's figure of 2023. It stands in each hash, so that a later one can be told from it. */
const defaultIterations = 600_000;
const saltBytes = 16;
const hashBits = 256;

/** What is checked where there is nothing to check against, so that this takes as long. */
const nobodys: Omit<PasswordHash, 'iterations'> = {
  salt: toBase64Url(new Uint8Array(saltBytes)),
  hash: toBase64Url(new Uint8Array(hashBits / 8)),
};

export async function hashPassword(password: string, iterations = defaultIterations): Promise<PasswordHash> {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
  return {iterations, salt: toBase64Url(salt), hash: await derive(password, salt, iterations)};
}

/** Takes as long for a wrong password, for a right one, and where there is none. */
export async function isPassword(
  password: string,
  known: PasswordHash | undefined,
  iterations = defaultIterations,
): Promise<boolean> {
  const {salt, hash, iterations: count} = known ?? {...nobodys, iterations};
  const derived = await derive(password, fromBase64Url(salt)!, count);
  return equalInConstantTime(derived, hash) && known !== undefined;
}

async function derive(password: string, salt: Bytes, count: number): Promise<string> {
  // Input methods write the same digit at full or half width.
  const key = await crypto.subtle.importKey('raw', encodeText(password.normalize('NFKC')), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const algorithm = {name: 'PBKDF2', hash: 'SHA-256', salt, iterations: count};
  return toBase64Url(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, hashBits)));
}
