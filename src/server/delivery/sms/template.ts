/*
 * A gateway's request is described by its owner: texts with placeholders. What is put in is escaped for the place it is
 * put in, so that no number, title or key can say anything but itself.
 */

/** What every message can put in: `number` as it is written at home, `international` with its country's code. */
export const smsPlaceholders = ['number', 'international', 'text', 'id', 'order', 'shop', 'link'] as const;

export type SmsValues = Readonly<Record<string, string>>;
export type Escaping = 'application/json' | 'application/x-www-form-urlencoded' | 'text/xml' | 'text/plain' | 'url';

const placeholder = /\{([a-z][a-z0-9-]*)\}/g;

export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map(([, name]) => name!);
}

/** The template with its values; what is no placeholder, and what there is no value for, stays as it is. */
export function filled(template: string, values: SmsValues, escaping: Escaping): string {
  // One pass: what a value holds is never looked at again.
  return template.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? escapes[escaping](values[name]!) : whole,
  );
}

const escapes: Readonly<Record<Escaping, (value: string) => string>> = {
  'application/json': value => JSON.stringify(value).slice(1, -1),
  'application/x-www-form-urlencoded': percentEncoded,
  url: percentEncoded,
  'text/xml': value =>
    value
      // What XML 1.0 has no way to write.
      .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
      .replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`),
  'text/plain': value => value,
};

function percentEncoded(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
