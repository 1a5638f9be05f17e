/** Names of what nobody but its owner may see. What the gallery's log shows could end in a screenshot. */
const secret = /token|secret|password|^keys?$|code$|contact/i;
const deepest = 4;

/**
 * The fields that an event brings along, as text. What might be a secret is covered, and an address is cut where its
 * query begins.
 */
export function eventDetails(event: Event): string {
  return JSON.stringify(plain(event, 0), null, 2);
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return /^https?:/.test(value) ? value.replace(/[?#].*$/, '…') : value;
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Promise) return '(Promise)';
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.map(item => plain(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      // Chromium's events have an own `isTrusted`.
      .filter(([name]) => name !== 'isTrusted')
      .map(([name, field]) => [name, secret.test(name) ? '•••' : plain(field, depth + 1)]),
  );
}
