import {hmac} from '@noble/hashes/hmac.js';
import {md5} from '@noble/hashes/legacy.js';
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {areEqualTexts} from '../equal-texts.ts';

export interface SignedMessage {
  readonly method: string;
  /** Without the query string, which is not covered. */
  readonly path: string;
  /** Unix seconds. */
  readonly timestamp: string;
  /** The bytes as sent; empty where there is no body. */
  readonly body: Uint8Array;
}

/** Lower-case hex HMAC-SHA256 over method, path, time and the MD5 of the body, one to a line. */
export function sign({method, path, timestamp, body}: SignedMessage, secret: string): string {
  const text = `${method}\n${path}\n${timestamp}\n${bytesToHex(md5(body))}`;
  return bytesToHex(hmac(sha256, utf8.encode(secret), utf8.encode(text)));
}

/** Whether a signature is the right one, in a time that does not tell how much of it is. */
export function isSignature(signature: string, message: SignedMessage, secret: string): boolean {
  return areEqualTexts(signature, sign(message, secret));
}

const utf8 = new TextEncoder();
