import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {encodeText, fromBase64Url} from '../../security/encoding.ts';

/** Names and values as they are sent, or as they were received, undecoded by nobody but the form itself. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** How one gateway and one merchant sign what they tell each other. */
export interface Signatures {
  /** The value of `sign_type`. */
  readonly type: 'MD5' | 'RSA';
  sign(fields: Fields): Promise<string>;
  /** Whether the other side signed exactly these fields. */
  verify(fields: Fields, signature: string): Promise<boolean>;
}

/** A key that is none, or of a form that cannot be read; the key itself is never in the message. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

/**
 * What is signed: every field but `sign`, `sign_type` and empty ones, sorted by name, raw, joined by `&`.
 * Source: 彩虹易支付, `includes/lib/Payment.php`.
 */
export function signingText(fields: Fields): string {
  return fields
    .filter(([name, value]) => name !== 'sign' && name !== 'sign_type' && value !== '')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Version 1 of the protocol: lower-case hexadecimal MD5 over the text and the merchant's key. */
export function md5Signatures(key: string): Signatures {
  const sign = async (fields: Fields) => bytesToHex(md5(encodeText(signingText(fields) + key)));
  return {type: 'MD5', sign, verify: async (fields, signature) => isEqual(await sign(fields), signature)};
}

/**
 * Version 2: RSASSA-PKCS1-v1_5 with SHA-256, base64. Keys are PEM or the bare base64 that gateways show.
 * @param privateKey ours, PKCS #8
 * @param gatewayKey the gateway's public one, SubjectPublicKeyInfo
 * @throws {SigningKeyError} from `sign` and `verify`
 */
export function rsaSignatures(privateKey: string, gatewayKey: string): Signatures {
  let ours: Promise<CryptoKey> | undefined;
  let theirs: Promise<CryptoKey> | undefined;
  return {
    type: 'RSA',
    async sign(fields) {
      ours ??= importKey('pkcs8', privateKey, 'sign', 'The private key is no PKCS #8 key ("BEGIN PRIVATE KEY").');
      const signature = await crypto.subtle.sign(rsa.name, await ours, encodeText(signingText(fields)));
      return btoa(String.fromCharCode(...new Uint8Array(signature)));
    },
    async verify(fields, signature) {
      theirs ??= importKey('spki', gatewayKey, 'verify', 'The gateway\'s key is no public key ("BEGIN PUBLIC KEY").');
      const bytes = fromBase64Url(signature);
      return (
        bytes !== undefined && crypto.subtle.verify(rsa.name, await theirs, bytes, encodeText(signingText(fields)))
      );
    },
  };
}

const rsa = {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'};

async function importKey(format: 'pkcs8' | 'spki', text: string, use: KeyUsage, mistake: string): Promise<CryptoKey> {
  const bytes = fromBase64Url(text.replace(/-----[A-Z ]+-----|\s/g, ''));
  try {
    if (bytes) return await crypto.subtle.importKey(format, bytes, rsa, false, [use]);
  } catch {
    // Said below, without what the engine may tell of the key.
  }
  throw new SigningKeyError(mistake);
}

/** In a time that does not tell how much was right. */
function isEqual(left: string, right: string): boolean {
  let difference = left.length ^ right.length;
  for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}
