const databaseName = 'keystall-frame';
const storeName = 'keys';
/** There is one, for all orders of this shop in this page: browsers give every embedding site storage of its own. */
const keyName = 'reveal';

/** What the keys of orders are sealed to. The private half cannot be read, by this frame's own scripts neither. */
export interface FrameKey {
  readonly pair: CryptoKeyPair;
  /** The public half: an uncompressed point in base64url. */
  readonly revealKey: string;
  /** Whether this browser has it again after the page is left. */
  readonly isKept: boolean;
}

/** Where a browser keeps nothing here, the one that lasts as long as this page. */
let passing: CryptoKeyPair | undefined;

/**
 * The key pair this browser holds, or a new one, kept durably before anything is sealed to it if that can be done.
 * @throws {Error} where pages without TLS have no cryptography
 */
export async function readFrameKey(): Promise<FrameKey> {
  // Made first: a transaction would not wait for it.
  const fresh = await crypto.subtle.generateKey({name: 'ECDH', namedCurve: 'P-256'}, false, ['deriveBits']);
  const kept = await keepOrRead(fresh).catch(() => undefined);
  const pair = kept ?? (passing ??= fresh);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {pair, revealKey: base64Url(point), isKept: kept !== undefined};
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
