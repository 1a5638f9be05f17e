/*
 * A platform may send texts that no database column takes: PostgreSQL refuses NUL and half a surrogate pair. Cards are kept
 * as they came, inside what is encrypted; of a good, such characters go where they are only read.
 */

/** The text without NUL, and with U+FFFD for half a surrogate pair. */
export function legible(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/** Whether every text within can be kept. */
export function isLegible(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isLegible);
  return Object.keys(value).every(
    key => isLegible(key) && isLegible((value as Readonly<Record<string, unknown>>)[key]),
  );
}
