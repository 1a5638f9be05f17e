import {md5} from '@noble/hashes/legacy.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {areEqualTexts} from '../equal-texts.ts';

/** What is signed of each member, as a text: numbers as written, lists and objects as compact JSON. */
export type SignedMembers = Readonly<Record<string, string>>;

/** Lower-case hex MD5 over the members by name, `k=v` joined by `&`, and the key right behind. Empty ones are left out. */
export function sign(members: SignedMembers, key: string): string {
  const text = Object.entries(members)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return bytesToHex(md5(new TextEncoder().encode(text + key)));
}

/** Whether members have the right signature in `sign`. */
export function isSigned(members: SignedMembers, key: string): boolean {
  return areEqualTexts(members['sign'] ?? '', sign(members, key));
}

/**
 * The members of a JSON object as they are signed. Taken from the text itself: once it is read, a number may be written
 * otherwise, and a signature covers how it was written. `undefined` where the text is no JSON object.
 */
export function signedMembers(text: string): SignedMembers | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  } catch {
    return undefined;
  }
  const members: Record<string, string> = {};
  const tokens = [...text.matchAll(token)].map(([found]) => found);
  let at = 1;
  while (tokens[at] !== '}') {
    const name = JSON.parse(tokens[at]!) as string;
    const start = at + 2;
    at = endOfValue(tokens, start);
    Object.defineProperty(members, name, {
      value: signedText(tokens.slice(start, at)),
      enumerable: true,
      configurable: true,
    });
    if (tokens[at] === ',') at += 1;
  }
  return members;
}

/** Everything of a valid JSON text but the space between. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

function endOfValue(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const found = tokens[at]!;
    if (found === '{' || found === '[') depth += 1;
    else if (found === '}' || found === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}

function signedText(tokens: readonly string[]): string {
  const [only, ...rest] = tokens;
  if (rest.length > 0) return tokens.map(compact).join('');
  if (only!.startsWith('"')) return JSON.parse(only!) as string;
  return only === 'null' ? '' : only!;
}

/** A text within a list as PHP writes it, Unicode and slashes unescaped, but for the two line separators. */
function compact(found: string): string {
  return found.startsWith('"') ? phpJson(JSON.parse(found) as string) : found;
}

/** Compact JSON as PHP writes it without escaping Unicode and slashes. */
export function phpJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
