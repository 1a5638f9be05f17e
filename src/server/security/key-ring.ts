import {keyedHash, sealCipher, type KeyedHash, type SealCipher} from './ciphers.ts';
import {decodeText, encodeText, fromBase64Url, joinBytes, toBase64Url, type Bytes} from './encoding.ts';

/**
 * The shop's secrets, all derived from master keys by HKDF-SHA-256 (RFC 5869), one purpose each.
 * The first master key seals and signs; the others only open what was sealed before they were rotated out.
 */
export interface KeyRing {
  readonly activeKeyId: string;
  /** Encrypts and authenticates (AES-256-GCM). `context` is bound: the same one is needed to open. */
  seal(purpose: SealPurpose, text: string, context: string): Promise<{readonly keyId: string; readonly sealed: string}>;
  /** Answers nothing when the text was not sealed by this shop for this purpose and context. */
  open(purpose: SealPurpose, keyId: string, sealed: string, context: string): Promise<string | undefined>;
  /** The same for bytes, which stay bytes. */
  sealBytes(
    purpose: SealPurpose,
    bytes: Bytes,
    context: string,
  ): Promise<{readonly keyId: string; readonly sealed: Bytes}>;
  openBytes(purpose: SealPurpose, keyId: string, sealed: Bytes, context: string): Promise<Bytes | undefined>;
  /** A keyed hash (HMAC-SHA-256) as base64url; the first is made with the active key, the others with older ones. */
  hashes(purpose: HashPurpose, text: string): Promise<readonly [string, ...string[]]>;
}

export type SealPurpose = 'card' | 'own-card' | 'purchase' | 'quote' | 'ticket' | 'evidence';
export type HashPurpose =
  | 'order-token'
  | 'payment-return'
  | 'payment-return-page'
  | 'payment-return-frame'
  | 'card-fingerprint'
  | 'scarce-use'
  | 'ticket-text'
  | 'delivery-link';

export interface MasterKey {
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Bytes;
}

export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

const ivLength = 12;
const keyIdPattern = /^[A-Za-z0-9_-]{1,16}$/;

/**
 * Reads master keys from `id:base64` texts separated by commas, the active one first.
 * @throws {KeyRingError} that names what is wrong, never the key.
 */
export function readMasterKeys(text: string): readonly [MasterKey, ...MasterKey[]] {
  const keys = text.split(',').map((part, index): MasterKey => {
    const [id, encoded, ...rest] = part.trim().split(':');
    const bytes = encoded === undefined ? undefined : fromBase64Url(encoded);
    if (!id || !keyIdPattern.test(id) || !bytes || bytes.length !== 32 || rest.length > 0) {
      throw new KeyRingError(`Master key no. ${index + 1} is not of the form id:base64 with 32 bytes.`);
    }
    return {id, bytes};
  });
  if (new Set(keys.map(key => key.id)).size !== keys.length)
    throw new KeyRingError('Two master keys have the same id.');
  return keys as [MasterKey, ...MasterKey[]];
}

export async function createKeyRing(masterKeys: readonly [MasterKey, ...MasterKey[]]): Promise<KeyRing> {
  const materials = new Map<string, CryptoKey>();
  for (const {id, bytes} of masterKeys) {
    materials.set(id, await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']));
  }
  const ciphers = new Map<string, Promise<SealCipher>>();
  const signers = new Map<string, Promise<KeyedHash>>();
  const activeKeyId = masterKeys[0].id;

  return {
    activeKeyId,
    async seal(purpose, text, context) {
      const {keyId, sealed} = await sealBytes(purpose, encodeText(text), context);
      return {keyId, sealed: toBase64Url(sealed)};
    },
    async open(purpose, keyId, sealed, context) {
      const bytes = fromBase64Url(sealed);
      // Base64 has several spellings of the same bytes; a sealed text has one, so that no letter of it can be changed.
      if (!bytes || toBase64Url(bytes) !== sealed) return undefined;
      const opened = await openBytes(purpose, keyId, bytes, context);
      try {
        return opened && decodeText(opened);
      } catch {
        return undefined;
      }
    },
    sealBytes,
    openBytes,
    async hashes(purpose, text) {
      const hashes = await Promise.all(
        masterKeys.map(async ({id}) => {
          const {sign} = await once(signers, `${id} ${purpose}`, () => derive(id, `hash:${purpose}`).then(keyedHash));
          return toBase64Url(await sign(encodeText(text)));
        }),
      );
      return hashes as [string, ...string[]];
    },
  };

  async function sealBytes(purpose: SealPurpose, bytes: Bytes, context: string) {
    const iv = crypto.getRandomValues(new Uint8Array(ivLength));
    const {encrypt} = await cipherOf(activeKeyId, purpose);
    return {keyId: activeKeyId, sealed: joinBytes(iv, await encrypt(iv, bytes, encodeText(context)))};
  }

  async function openBytes(
    purpose: SealPurpose,
    keyId: string,
    sealed: Bytes,
    context: string,
  ): Promise<Bytes | undefined> {
    if (!materials.has(keyId) || sealed.length <= ivLength) return undefined;
    try {
      const {decrypt} = await cipherOf(keyId, purpose);
      return await decrypt(sealed.slice(0, ivLength), sealed.slice(ivLength), encodeText(context));
    } catch {
      return undefined;
    }
  }

  function cipherOf(keyId: string, purpose: SealPurpose): Promise<SealCipher> {
    return once(ciphers, `${keyId} ${purpose}`, () => derive(keyId, `seal:${purpose}`).then(sealCipher));
  }

  async function derive(keyId: string, info: string): Promise<Bytes> {
    const algorithm = {name: 'HKDF', hash: 'SHA-256', salt: encodeText('keystall'), info: encodeText(info)};
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, materials.get(keyId)!, 256));
  }
}

function once<Made>(made: Map<string, Promise<Made>>, name: string, make: () => Promise<Made>): Promise<Made> {
  let known = made.get(name);
  if (!known) made.set(name, (known = make()));
  return known;
}

/** Compares two texts in a time that does not tell where they differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  let difference = left.length ^ right.length;
  for (let index = 0; index < left.length; index++) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index % Math.max(right.length, 1));
  }
  return difference === 0;
}
