/**
 * A platform's words, fit for a log and for a person: markup out, white space joined, bounded, and with the given
 * secrets blotted out should the platform repeat them.
 */
export function evidence(text: string, secrets: readonly string[]): string {
  let plain = text.slice(0, readLength).replace(/<[^<>]*>/g, ' ');
  for (const secret of secrets) if (secret !== '') plain = plain.replaceAll(secret, '•••');
  plain = plain.replace(/\s+/g, ' ').trim();
  return plain.length > shownLength ? `${plain.slice(0, shownLength)}…` : plain;
}

const readLength = 20_000;
const shownLength = 300;
