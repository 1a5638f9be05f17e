import {createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject} from 'node:crypto';
import {
  decodeText,
  encodeText,
  fromBase64Url,
  joinBytes,
  toBase64Url,
  type Bytes,
} from '../../src/server/security/encoding.ts';
import type {KeyRing, SealPurpose} from '../../src/server/security/key-ring.ts';

const ivLength = 12;
const tagLength = 16;
const keyId = 'k1';

/**
 * Keeps secrets as the shop's own key ring does (AES-256-GCM, purpose and context bound, HMAC-SHA-256), in this thread:
 * WebCrypto goes to another one and back for each card, which takes a simulation longer than all that it simulates.
 */
export function keysAtOnce(master: Bytes): KeyRing {
  const derived = new Map<string, KeyObject>();
  const keyOf = (purpose: string) => {
    const key = derived.get(purpose) ?? createSecretKey(createHmac('sha256', master).update(purpose).digest());
    derived.set(purpose, key);
    return key;
  };

  async function sealBytes(purpose: SealPurpose, bytes: Bytes, context: string) {
    const iv = crypto.getRandomValues(new Uint8Array(ivLength));
    const cipher = createCipheriv('aes-256-gcm', keyOf(`seal:${purpose}`), iv).setAAD(encodeText(context));
    const sealed = [cipher.update(bytes), cipher.final(), cipher.getAuthTag()].map(part => new Uint8Array(part));
    return {keyId, sealed: joinBytes(iv, ...sealed)};
  }

  async function openBytes(purpose: SealPurpose, sealedBy: string, sealed: Bytes, context: string) {
    if (sealedBy !== keyId || sealed.length < ivLength + tagLength) return undefined;
    const [iv, tag] = [sealed.subarray(0, ivLength), sealed.subarray(-tagLength)];
    const cipher = createDecipheriv('aes-256-gcm', keyOf(`seal:${purpose}`), iv)
      .setAAD(encodeText(context))
      .setAuthTag(tag);
    try {
      const opened = [cipher.update(sealed.subarray(ivLength, -tagLength)), cipher.final()];
      return joinBytes(...opened.map(part => new Uint8Array(part)));
    } catch {
      return undefined;
    }
  }

  return {
    activeKeyId: keyId,
    sealBytes,
    openBytes,
    async seal(purpose, text, context) {
      const {sealed} = await sealBytes(purpose, encodeText(text), context);
      return {keyId, sealed: toBase64Url(sealed)};
    },
    async open(purpose, sealedBy, sealed, context) {
      const bytes = fromBase64Url(sealed);
      const opened = bytes && (await openBytes(purpose, sealedBy, bytes, context));
      return opened && decodeText(opened);
    },
    async hashes(purpose, text) {
      const hash = createHmac('sha256', keyOf(`hash:${purpose}`))
        .update(text)
        .digest();
      return [toBase64Url(new Uint8Array(hash))];
    },
  };
}
