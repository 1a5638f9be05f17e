import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {encodeText, randomToken} from './encoding.ts';

/** A random id with a prefix that tells what it names: 128 bits, base64url. */
export function newId(
  prefix:
    | 'ord'
    | 'pay'
    | 'prc'
    | 'att'
    | 'crd'
    | 'int'
    | 'tkt'
    | 'msg'
    | 'evd'
    | 'syn'
    | 'own'
    | 'imp'
    | 'dlv'
    | 'rfd'
    | 'rec'
    | 'tok'
    | 'aud',
): string {
  return `${prefix}_${randomToken(128)}`;
}

/** An id that follows from what it names, so that every sync gives the same good the same id. 80 bits. */
export function stableId(prefix: 'prd' | 'sku' | 'cat', ...parts: readonly string[]): string {
  return `${prefix}_${hashText(JSON.stringify(parts)).slice(0, 20)}`;
}

/** Whether a text could be one of our ids at all. What could not need not be looked up, nor shown to a database. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/** Where the server runs in Node: its own hash takes a third of the time. Pages and workers have none that answers at once. */
const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');

/** SHA-256 of a text as hex. */
export function hashText(text: string): string {
  return nodeCrypto ? nodeCrypto.hash('sha256', text, 'hex') : bytesToHex(sha256(encodeText(text)));
}

/**
 * An order number for people: date and time in UTC and six random digits. It opens nothing.
 * @param at epoch milliseconds
 */
export function newOrderNumber(at: number): string {
  const stamp = new Date(at).toISOString().replace(/\D/g, '').slice(2, 14);
  const random = crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000;
  return `${stamp}${random.toString().padStart(6, '0')}`;
}
