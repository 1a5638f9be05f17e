import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';

/**
 * MD5 over the parameters by name, each as PHP prints it, and the key at the end. `sign`, empty texts and nulls are left
 * out; lists and objects are JSON without escaped Unicode and slashes.
 */
export function signatureOf(parameters: Readonly<Record<string, unknown>>, key: string): string {
  const text = Object.keys(parameters)
    .filter(name => name !== 'sign' && parameters[name] !== '' && parameters[name] !== null)
    .toSorted()
    .map(name => `${name}=${printed(parameters[name])}`)
    .join('&');
  return bytesToHex(md5(utf8ToBytes(`${text}${key}`)));
}

function printed(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
