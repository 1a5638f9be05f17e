const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const longestReference = 19;
const passwordLength = 26;

/**
 * A new client reference: random, 95 bits at 19 characters, letters and digits without regard to case, so that it stays
 * unique among all merchants of a platform that compares without case.
 */
export function newReference(maximumLength: number): string {
  return randomLetters(Math.min(maximumLength, longestReference));
}

/** A new password, 130 bits, that closes an order on the platform's own look-up page. */
export function newPlatformPassword(): string {
  return randomLetters(passwordLength);
}

function randomLetters(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), byte => alphabet[byte & 31]).join('');
}
