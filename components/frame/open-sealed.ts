import {Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256} from '@hpke/core';
import {safeParse} from 'valibot';
import {keysSchema, type Keys, type SealedKeys} from '../../src/contract/keys.ts';
import type {FrameKey} from './frame-key.ts';

/**
 * The keys of an order that were sealed to this frame's key.
 * @throws {Error} when they were sealed to another one, or for another order
 */
export async function openSealed(
  {pair}: FrameKey,
  orderId: string,
  {encapsulated, ciphertext}: SealedKeys,
): Promise<Keys> {
  const suite = new CipherSuite({kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm()});
  const info = new TextEncoder().encode(`keystall keys ${orderId}`).buffer;
  const plain = await suite.open({recipientKey: pair, enc: bytesOf(encapsulated), info}, bytesOf(ciphertext));
  const parsed = safeParse(keysSchema, JSON.parse(new TextDecoder().decode(plain)));
  if (!parsed.success) throw new Error('What was sealed are no keys.');
  return parsed.output;
}

function bytesOf(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, character => character.charCodeAt(0)).buffer;
}
