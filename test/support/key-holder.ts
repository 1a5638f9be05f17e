import {Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256} from '@hpke/core';
import type {Keys, SealedKeys} from '../../src/contract/keys.ts';

/** A browser whose frame holds the key pair that orders are bound to. */
export interface KeyHolder {
  readonly revealKey: string;
  /** @throws when the keys were sealed to another one, or for another order */
  open(orderId: string, sealed: SealedKeys): Promise<Keys>;
}

export async function keyHolder(): Promise<KeyHolder> {
  const pair = await crypto.subtle.generateKey({name: 'ECDH', namedCurve: 'P-256'}, false, ['deriveBits']);
  const point = await crypto.subtle.exportKey('raw', pair.publicKey);
  return {
    revealKey: Buffer.from(point).toString('base64url'),
    async open(orderId, {encapsulated, ciphertext}) {
      const suite = new CipherSuite({kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm()});
      const info = new TextEncoder().encode(`keystall keys ${orderId}`).buffer;
      const plain = await suite.open({recipientKey: pair, enc: bytes(encapsulated), info}, bytes(ciphertext));
      return JSON.parse(new TextDecoder().decode(plain)) as Keys;
    },
  };
}

const bytes = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'base64url')).buffer;
