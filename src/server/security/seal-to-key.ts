import {encodeText, fromBase64Url, toBase64Url, type Bytes} from './encoding.ts';

const point = {name: 'ECDH', namedCurve: 'P-256'} as const;

/** Whether a text is a public key of P-256: an uncompressed point on the curve, in base64url. */
export async function isPublicKey(text: string): Promise<boolean> {
  return (await importPoint(text)) !== undefined;
}

async function importPoint(text: string): Promise<CryptoKey | undefined> {
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

/**
 * Seals a text to a public key: HPKE (RFC 9180) in base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.
 * @param info what the text is about; whoever opens it says the same
 * @returns the encapsulated key and the ciphertext, in base64url
 * @throws {Error} when it is no public key
 */
export async function sealToKey(
  publicKey: string,
  info: string,
  text: string,
): Promise<{readonly encapsulated: string; readonly ciphertext: string}> {
  const recipientPublicKey = await importPoint(publicKey);
  if (!recipientPublicKey) throw new Error('This is no public key of P-256.');
  // Most shops never need it.
  const {Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256} = await import('@hpke/core');
  const suite = new CipherSuite({kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm()});
  const {enc, ct} = await suite.seal({recipientPublicKey, info: bufferOf(info)}, bufferOf(text));
  return {encapsulated: toBase64Url(new Uint8Array(enc)), ciphertext: toBase64Url(new Uint8Array(ct))};
}

function bufferOf(text: string): ArrayBuffer {
  const bytes: Bytes = encodeText(text);
  return bytes.buffer;
}
