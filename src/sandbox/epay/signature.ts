import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';

/** Field names to values, in the order they came. */
export type EpayFields = ReadonlyMap<string, string>;

/** The gateway's own `getSign`: `ksort`, without `sign`, `sign_type` and empty values, the key at the end. */
export function md5Sign(fields: EpayFields, key: string): string {
  return bytesToHex(md5(utf8ToBytes(signed(fields) + key)));
}

/** The text of version 2, which is signed by RSA without a key at its end. */
export function signed(fields: EpayFields): string {
  const names = [...fields.keys()].filter(name => name !== 'sign' && name !== 'sign_type' && fields.get(name) !== '');
  return names
    .sort()
    .map(name => `${name}=${fields.get(name)}`)
    .join('&');
}
