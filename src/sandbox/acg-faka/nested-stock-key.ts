import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import type {Choice, Good} from '../platform/good.ts';

/** Name under which the shop remembers what the next shop has of a choice: MD5 over id, race and options. */
export function nestedStockKey(good: Good, choice: Choice): string {
  const options = Object.entries(choice.options ?? {});
  const json = options.length === 0 ? '[]' : asciiJson(Object.fromEntries(options));
  return bytesToHex(md5(utf8ToBytes(`${good.id}${choice.race ?? ''}${json}`)));
}

/** PHP's default `json_encode`: ASCII only, slashes escaped. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
