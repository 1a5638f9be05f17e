import {sha1} from '@noble/hashes/legacy.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {areEqualTexts} from '../equal-texts.ts';

export type Members = Readonly<Record<string, unknown>>;

/**
 * The body of a request, as it is sent and signed: names of the top level in ASCII order, those within as they are. A
 * line separator is escaped, as PHP does, should the platform sign what it reads and not what it got.
 */
export function requestBody(members: Members): string {
  return phpJson(sorted(members));
}

/** Lower-case hex SHA-1 over time (milliseconds), body and key. */
export function sign(timestamp: string, body: string, apiKey: string): string {
  return bytesToHex(sha1(utf8.encode(timestamp + body + apiKey)));
}

/**
 * Whether a callback's fields have the right signature. Of a callback, other than of a request, PHP signs with `/`
 * escaped.
 */
export function isSigned(fields: Members, signature: string, time: string, apiKey: string): boolean {
  const text = phpJson(sorted(fields)).replaceAll('/', '\\/');
  return areEqualTexts(signature, sign(time, text, apiKey));
}

function sorted(members: Members): Members {
  return Object.fromEntries(Object.entries(members).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function phpJson(value: Members): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

const utf8 = new TextEncoder();
