/** Letters and digits that nobody mistakes for each other when they are read aloud or copied by hand. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const length = 8;

/** A lookup password to write down: about 40 bits, where ten tries in a quarter of an hour are allowed. */
export function suggestLookupPassword(): string {
  let text = '';
  while (text.length < length) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // Beyond the last whole round of the letters, some would come up more often than others.
    if (byte < 256 - (256 % letters.length)) text += letters[byte % letters.length]!;
  }
  return text;
}
