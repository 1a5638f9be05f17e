import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex} from '@noble/hashes/utils.js';

/**
 * The fields of one call in the order they are sent. A list nests under its field's name (`sku` with `区服` becomes
 * `sku[区服]`). Booleans are sent as `1` and `0`; `null` is left out. Each top-level name occurs once.
 */
export type FormFields = readonly (readonly [name: string, value: FormValue])[];
export type FormValue = string | number | boolean | null | FormFields;

/**
 * Signs the fields of one call: lowercase hex MD5 over {@link signingText} and the merchant's key.
 * The platform's PHP sorts with `ksort`, reads numbers among the names as numbers, and signs raw values.
 */
export function sign(fields: FormFields, appKey: string): string {
  return bytesToHex(md5(utf8.encode(`${signingText(fields)}&key=${appKey}`)));
}

/** What is signed, without the key: top-level names sorted, nested ones in the order sent, empty top-level values out. */
export function signingText(fields: FormFields): string {
  return fields
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([left], [right]) => compareNames(left, right))
    .flatMap(([name, value]) => flatten(name, value))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The `application/x-www-form-urlencoded` body of the fields, in the order given. */
export function encodeForm(fields: FormFields): string {
  return new URLSearchParams(fields.flatMap(([name, value]) => flatten(name, value))).toString();
}

/**
 * Whether PHP takes a top-level field name as it is. Others are changed on arrival (`.` and space become `_`, `[` nests),
 * so that field and signature would not be what was meant.
 */
export function isPlainFieldName(name: string): boolean {
  return plainFieldName.test(name);
}

/** Whether PHP takes a nested name (the part between brackets) as it is. */
export function isPlainNestedName(name: string): boolean {
  return plainNestedName.test(name);
}

const utf8 = new TextEncoder();
const decimalName = /^(?:0|[1-9]\d{0,17})$/;
const plainFieldName = /^(?:[\p{L}_][\p{L}\p{N}_-]{0,63}|0|[1-9]\d{0,17})$/u;
const plainNestedName = /^(?!\s)[^\]\p{Cc}]{1,128}$/u;

function flatten(name: string, value: FormValue): [name: string, value: string][] {
  if (value === null) return [];
  if (typeof value === 'boolean') return [[name, value ? '1' : '0']];
  if (typeof value === 'string' || typeof value === 'number') return [[name, String(value)]];
  return value.flatMap(([key, nested]) => flatten(`${name}[${key}]`, nested));
}

function compareNames(left: string, right: string): number {
  const leftIsDecimal = decimalName.test(left);
  const rightIsDecimal = decimalName.test(right);
  if (leftIsDecimal && rightIsDecimal) return BigInt(left) < BigInt(right) ? -1 : 1;
  if (leftIsDecimal !== rightIsDecimal) return leftIsDecimal ? -1 : 1;
  return compareBytes(utf8.encode(left), utf8.encode(right));
}

/** PHP compares bytes; JavaScript's own order differs beyond the basic plane. */
function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    if (left[index] !== right[index]) return left[index]! - right[index]!;
  }
  return left.length - right.length;
}
