import {hashText} from '../../security/ids.ts';

/** Nothing that is taken for something else when it is read from one screen and typed into another; a prime of them. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const half = 5;
const length = 2 * half;
/** Looked for at every place: what stands before it in the line may look like the beginning of one. */
const shape = new RegExp(`(?<![0-9A-Z])(?=([${alphabet}]{${half}}[- ]?[${alphabet}]{${half}})(?![0-9A-Z]))`, 'g');

/**
 * What a buyer writes beside a transfer: `4KQ7M-X2ZTB`. It follows from the payment's id, 44 bits of it; the last
 * character is such that no one wrong character, and no two that changed places, make another reference of it.
 */
export function transferReference(paymentId: string): string {
  let rest = BigInt(`0x${hashText(`transfer ${paymentId}`).slice(0, 24)}`);
  const digits: number[] = [];
  while (digits.length < length - 1) {
    digits.push(Number(rest % BigInt(alphabet.length)));
    rest /= BigInt(alphabet.length);
  }
  // The last character is the sum itself, as if its weight were -1: no other place has that one.
  const sum = weighted(digits) % alphabet.length;
  const text = [...digits, sum].map(digit => alphabet[digit]).join('');
  return `${text.slice(0, half)}-${text.slice(half)}`;
}

/** The reference in a line of a bank statement, however it was typed; none where every candidate has a mistake. */
export function readTransferReference(line: string): string | undefined {
  for (const [, match] of line.normalize('NFKC').toUpperCase().matchAll(shape)) {
    const text = match!.replace(/[- ]/, '');
    const digits = [...text].map(character => alphabet.indexOf(character));
    const sum = weighted(digits.slice(0, -1)) - digits.at(-1)!;
    if (sum % alphabet.length === 0) return `${text.slice(0, half)}-${text.slice(half)}`;
  }
  return undefined;
}

function weighted(digits: readonly number[]): number {
  return digits.reduce((sum, digit, place) => sum + (place + 1) * digit, 0);
}
