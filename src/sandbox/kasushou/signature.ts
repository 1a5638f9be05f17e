import {sha1} from '@noble/hashes/legacy.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import {phpJson, sorted} from './php-json.ts';

/** What a request has to be signed with; `body` is its members, however they were sent. */
export function requestSignature(timestamp: string, body: Readonly<Record<string, unknown>>, key: string): string {
  const members = Object.keys(body).length === 0 ? '{}' : phpJson(sorted(body), 'plain');
  return hex(`${timestamp}${members}${key}`);
}

/** Members of a callback that its signature does not cover. */
const uncovered: ReadonlySet<string> = new Set(['sign', 'card_list', 'express_list']);

/** What an order callback is signed with. */
export function callbackSignature(fields: Readonly<Record<string, string>>, key: string): string {
  const covered = Object.fromEntries(Object.entries(fields).filter(([name]) => !uncovered.has(name)));
  return hex(`${fields['time'] ?? ''}${phpJson(sorted(covered), 'escaped')}${key}`);
}

function hex(text: string): string {
  return bytesToHex(sha1(utf8ToBytes(text)));
}
