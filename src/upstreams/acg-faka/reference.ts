/**
 * Makes a `request_no`: 19 characters, about 95 random bits, from an alphabet of one letter case, because the platform
 * compares references case-insensitively and across all merchants of a shop. It starts with a letter, so that no
 * platform takes it for a number.
 * @param random gives that many random bytes of cryptographic quality.
 */
export function newReference(random: (length: number) => Uint8Array = randomBytes): string {
  const bytes = random(maximumReferenceLength);
  if (bytes.length < maximumReferenceLength) {
    throw new RangeError(`${maximumReferenceLength} random bytes are needed, got ${bytes.length}.`);
  }
  let reference = alphabet[10 + (bytes[0]! % 16)]!;
  for (const byte of bytes.subarray(1, maximumReferenceLength)) reference += alphabet[byte % alphabet.length]!;
  return reference;
}

/** The platform's column holds 19 characters; one more is answered with an HTML page. */
export const maximumReferenceLength = 19;

/** Whether the platform will keep a text as reference. `0` alone is stored as "none", which would unprotect the purchase. */
export function isReference(text: string): boolean {
  return /^[A-Za-z0-9]{1,19}$/.test(text) && text !== '0';
}

/** 32 characters, so that a byte picks one without bias; no I, L, O, U, so that people can read them to each other. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
