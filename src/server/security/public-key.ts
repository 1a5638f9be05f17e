import {fromBase64Url, toBase64Url} from './encoding.ts';

const point = {name: 'ECDH', namedCurve: 'P-256'} as const;

/** Whether a text is a public key of P-256: an uncompressed point on the curve, in base64url. */
export async function isPublicKey(text: string): Promise<boolean> {
  return (await importPoint(text)) !== undefined;
}

/** @returns `undefined` when the text is no public key of P-256 */
export async function importPoint(text: string): Promise<CryptoKey | undefined> {
  const bytes = fromBase64Url(text);
  if (bytes?.length !== 65) return undefined;
  // The one text of these bytes: another would look like another key.
  if (toBase64Url(bytes) !== text) return undefined;
  try {
    return await crypto.subtle.importKey('raw', bytes, point, true, []);
  } catch {
    return undefined;
  }
}
