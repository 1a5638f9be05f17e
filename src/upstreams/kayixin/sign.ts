import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, concatBytes} from '@noble/hashes/utils.js';
import {areEqualTexts} from '../equal-texts.ts';

export const version = '3.0';

export interface SignedMessage {
  readonly timestamp: string;
  /** The bytes as sent; empty where there is no body. */
  readonly body: Uint8Array;
}

export interface Signer {
  readonly appId: string;
  readonly appSecret: string;
}

/** Lower-case hex MD5 over app id, secret, version, time and body. The platform signs its callbacks the same way. */
export function sign({timestamp, body}: SignedMessage, {appId, appSecret}: Signer): string {
  return bytesToHex(md5(concatBytes(utf8.encode(`${appId}${appSecret}${version}${timestamp}`), body)));
}

/** Whether a signature is the right one, in a time that does not tell how much of it is. */
export function isSignature(signature: string, message: SignedMessage, signer: Signer): boolean {
  return areEqualTexts(signature, sign(message, signer));
}

const utf8 = new TextEncoder();
