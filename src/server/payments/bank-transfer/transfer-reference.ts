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

/**
 * The references that a line of a bank statement can name, however they were typed: none where there is a mistake in each.
 * Of other words beside it, one in 31 of the right length passes for one, too.
 */
export function readTransferReferences(line: string): readonly string[] {
  return [...line.normalize('NFKC').toUpperCase().matchAll(shape)].flatMap(([, match]) => {
    const text = match!.replace(/[- ]/, '');
    const digits = [...text].map(character => alphabet.indexOf(character));
    const sum = weighted(digits.slice(0, -1)) - digits.at(-1)!;
    return sum % alphabet.length === 0 ? [`${text.slice(0, half)}-${text.slice(half)}`] : [];
  });
}

function weighted(digits: readonly number[]): number {
  return digits.reduce((sum, digit, place) => sum + (place + 1) * digit, 0);
}
