import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';

export const version = '3.0';

/** What a request, or a callback of the platform, is signed with: MD5 over its very text. */
export function signatureOf(
  {timestamp, body}: {readonly timestamp: string; readonly body: string},
  {appId, secret}: {readonly appId: string; readonly secret: string},
): string {
  return bytesToHex(md5(utf8ToBytes(`${appId}${secret}${version}${timestamp}${body}`)));
}
