import {Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256} from '@hpke/core';
import {safeParse} from 'valibot';
import {keysSchema, type Keys, type SealedKeys} from '../../src/contract/keys.ts';

const databaseName = 'keystall-frame';
const storeName = 'keys';
/** There is one, for all orders of this shop in this page: browsers give every embedding site storage of its own. */
const keyName = 'reveal';

/** What the keys of orders are sealed to. The private half cannot be read, by this frame's own scripts neither. */
export interface FrameKey {
  /** Uncompressed point in base64url. */
  readonly revealKey: string;
  open(orderId: string, sealed: SealedKeys): Promise<Keys>;
}

/**
 * The key pair this browser holds, or a new one, kept durably before anything is sealed to it.
 * @throws {Error} when the browser keeps nothing here
 */
export async function readFrameKey(): Promise<FrameKey> {
  // Made first: a transaction would not wait for it.
  const fresh = await crypto.subtle.generateKey({name: 'ECDH', namedCurve: 'P-256'}, false, ['deriveBits']);
  const pair = await keepOrRead(fresh);
  const revealKey = base64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  return {
    revealKey,
    async open(orderId, {encapsulated, ciphertext}) {
      const suite = new CipherSuite({kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm()});
      const info = new TextEncoder().encode(`keystall keys ${orderId}`).buffer;
      const enc = bytesOf(encapsulated);
      const plain = await suite.open({recipientKey: pair, enc, info}, bytesOf(ciphertext));
      const parsed = safeParse(keysSchema, JSON.parse(new TextDecoder().decode(plain)));
      if (!parsed.success) throw new Error('What was sealed are no keys.');
      return parsed.output;
    },
  };
}

function keepOrRead(fresh: CryptoKeyPair): Promise<CryptoKeyPair> {
  return new Promise((resolve, reject) => {
    const fail = (error: DOMException | null): void => reject(error ?? new Error('The browser keeps nothing here.'));
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    opening.onerror = opening.onblocked = () => fail(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(storeName, 'readwrite', {durability: 'strict'});
      const store = transaction.objectStore(storeName);
      let pair = fresh;
      // In one transaction, so that two tabs end up with the same pair.
      const reading: IDBRequest<unknown> = store.get(keyName);
      reading.onsuccess = () => {
        if (isPair(reading.result)) pair = reading.result;
        else store.put(fresh, keyName);
      };
      transaction.oncomplete = () => {
        database.close();
        resolve(pair);
      };
      transaction.onabort = () => fail(transaction.error);
    };
  });
}

const isPair = (value: unknown): value is CryptoKeyPair =>
  typeof value === 'object' &&
  value !== null &&
  'privateKey' in value &&
  value.privateKey instanceof CryptoKey &&
  'publicKey' in value &&
  value.publicKey instanceof CryptoKey;

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function bytesOf(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, character => character.charCodeAt(0)).buffer;
}
