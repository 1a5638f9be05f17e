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

/** How long a browser may take to keep it, or to find it again, in milliseconds. */
const patience = 3_000;

/** One for as long as this page stands, even if its browser changes its mind about keeping it. */
let held: Promise<FrameKey> | undefined;

/**
 * The key pair this browser holds, or a new one, kept durably before anything is sealed to it if that can be done.
 * @throws {Error} where pages without TLS have no cryptography
 */
export function readFrameKey(): Promise<FrameKey> {
  return (held ??= takeHold());
}

async function takeHold(): Promise<FrameKey> {
  // Made first: a transaction would not wait for it.
  const fresh = await crypto.subtle.generateKey({name: 'ECDH', namedCurve: 'P-256'}, false, ['deriveBits']);
  const kept = await keepOrRead(fresh, AbortSignal.timeout(patience)).catch(() => undefined);
  const pair = kept ?? fresh;
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {pair, revealKey: base64Url(point), isKept: kept !== undefined};
}

/** @param overdue from then on nothing is kept any more: whoever asked goes on without */
function keepOrRead(fresh: CryptoKeyPair, overdue: AbortSignal): Promise<CryptoKeyPair> {
  return new Promise((resolve, reject) => {
    const fail = (error: DOMException | null): void => reject(error ?? new Error('The browser keeps nothing here.'));
    overdue.addEventListener('abort', () => fail(null));
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      if (overdue.aborted) return database.close();
      const transaction = database.transaction(storeName, 'readwrite', {durability: 'strict'});
      const store = transaction.objectStore(storeName);
      let pair = fresh;
      // In one transaction, so that two tabs end up with the same pair.
      const reading: IDBRequest<unknown> = store.get(keyName);
      reading.onsuccess = () => {
        if (isPair(reading.result)) pair = reading.result;
        else if (!overdue.aborted) store.put(fresh, keyName);
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
