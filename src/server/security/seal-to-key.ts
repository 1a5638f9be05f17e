import {encodeText, toBase64Url, type Bytes} from './encoding.ts';
import {importPoint} from './public-key.ts';

/** What only the owner of the key can open, in base64url. */
export interface Sealed {
  readonly encapsulated: string;
  readonly ciphertext: string;
}

export type SealToKey = typeof sealToKey;

/**
 * Seals a text to a public key: HPKE (RFC 9180) in base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.
 * @param info what the text is about; whoever opens it says the same
 * @throws {Error} when it is no public key
 */
export async function sealToKey(publicKey: string, info: string, text: string): Promise<Sealed> {
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
