import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import type {PhpArray, PhpValue} from './php-form.ts';

/** The text a request is signed over, without the trailing key: sorted at the top level, raw values, empty ones left out. */
export function signingText(fields: PhpArray): string {
  return [...fields]
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([left], [right]) => compareNames(left, right))
    .flatMap(([name, value]) => flatten(name, value))
    .join('&');
}

/** Lower-case hexadecimal MD5 over the signing text and the merchant's key. */
export function signatureOf(fields: PhpArray, key: string): string {
  return bytesToHex(md5(utf8ToBytes(`${signingText(fields)}&key=${key}`)));
}

/** Nested values keep the order they were sent in, and empty ones among them stay. */
function flatten(name: string, value: PhpValue): string[] {
  if (!(value instanceof Map)) return [`${name}=${value}`];
  return [...value].flatMap(([key, entry]) => flatten(`${name}[${key}]`, entry));
}

/** PHP's `ksort`: decimal names are integers and come first, by size; all others by their bytes. */
function compareNames(left: string, right: string): number {
  const leftNumber = decimalName(left);
  const rightNumber = decimalName(right);
  if (leftNumber !== undefined && rightNumber !== undefined) {
    return leftNumber < rightNumber ? -1 : leftNumber > rightNumber ? 1 : 0;
  }
  if (leftNumber !== undefined) return -1;
  if (rightNumber !== undefined) return 1;
  return compareBytes(utf8ToBytes(left), utf8ToBytes(right));
}

function decimalName(name: string): bigint | undefined {
  return /^(?:0|-?[1-9]\d{0,17})$/.test(name) ? BigInt(name) : undefined;
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    if (left[index] !== right[index]) return left[index]! - right[index]!;
  }
  return left.length - right.length;
}
