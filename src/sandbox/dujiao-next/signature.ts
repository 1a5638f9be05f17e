import {hmac} from '@noble/hashes/hmac.js';
import {md5} from '@noble/hashes/legacy.js';
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';

export interface Signed {
  readonly method: string;
  /** Without the query, which no signature covers. */
  readonly path: string;
  /** Unix seconds, as sent. */
  readonly timestamp: string;
  readonly body: Uint8Array;
}

/** HMAC-SHA256 over method, path, time and the MD5 of the body, in lower-case hexadecimal. */
export function signatureOf({method, path, timestamp, body}: Signed, secret: string): string {
  const text = [method, path, timestamp, bytesToHex(md5(body))].join('\n');
  return bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(text)));
}
