import {joinBytes, type Bytes} from './encoding.ts';

/*
 * AES-256-GCM (NIST SP 800-38D) and HMAC-SHA-256 (RFC 2104), each with a key of 32 bytes. The standard Web Crypto API has
 * another thread do the work, which for a token or a quote takes ten times as long as the work itself: where the server runs
 * in Node, Node's own does it at once. Both give the same bytes.
 */

export interface SealCipher {
  /** The cipher text, and the tag of 16 bytes after it. `context` is authenticated along with it. */
  encrypt(iv: Bytes, bytes: Bytes, context: Bytes): Promise<Bytes>;
  /** @throws {Error} where key, iv, cipher text, tag and context do not belong together */
  decrypt(iv: Bytes, sealed: Bytes, context: Bytes): Promise<Bytes>;
}

export interface KeyedHash {
  sign(bytes: Bytes): Promise<Bytes>;
}

const tagLength = 16;
const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');

export const sealCipher: (key: Bytes) => Promise<SealCipher> = nodeCrypto ? nodeSealCipher : webSealCipher;
export const keyedHash: (key: Bytes) => Promise<KeyedHash> = nodeCrypto ? nodeKeyedHash : webKeyedHash;

async function nodeSealCipher(bytes: Bytes): Promise<SealCipher> {
  const {createCipheriv, createDecipheriv, createSecretKey} = nodeCrypto;
  const key = createSecretKey(bytes);
  return {
    async encrypt(iv, plain, context) {
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(context);
      return joinBytes(cipher.update(plain), cipher.final(), cipher.getAuthTag());
    },
    async decrypt(iv, sealed, context) {
      const decipher = createDecipheriv('aes-256-gcm', key, iv, {authTagLength: tagLength})
        .setAAD(context)
        .setAuthTag(sealed.subarray(-tagLength));
      return joinBytes(decipher.update(sealed.subarray(0, -tagLength)), decipher.final());
    },
  };
}

export async function webSealCipher(bytes: Bytes): Promise<SealCipher> {
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const algorithm = (iv: Bytes, additionalData: Bytes) => ({name: 'AES-GCM', iv, additionalData});
  return {
    encrypt: async (iv, plain, context) =>
      new Uint8Array(await crypto.subtle.encrypt(algorithm(iv, context), key, plain)),
    decrypt: async (iv, sealed, context) =>
      new Uint8Array(await crypto.subtle.decrypt(algorithm(iv, context), key, sealed)),
  };
}

async function nodeKeyedHash(bytes: Bytes): Promise<KeyedHash> {
  const {createHmac, createSecretKey} = nodeCrypto;
  const key = createSecretKey(bytes);
  return {sign: async signed => new Uint8Array(createHmac('sha256', key).update(signed).digest())};
}

export async function webKeyedHash(bytes: Bytes): Promise<KeyedHash> {
  const key = await crypto.subtle.importKey('raw', bytes, {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']);
  return {sign: async signed => new Uint8Array(await crypto.subtle.sign('HMAC', key, signed))};
}
