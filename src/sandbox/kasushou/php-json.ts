/**
 * JSON as PHP's `json_encode` writes it with `JSON_UNESCAPED_UNICODE`: `/` escaped unless told otherwise, and the two
 * line separators, which are no line breaks to JSON but were to JavaScript.
 * Source: https://www.php.net/manual/en/json.constants.php
 */
export function phpJson(value: unknown, slashes: 'escaped' | 'plain'): string {
  const text = JSON.stringify(value).replace(/[\u2028\u2029]/g, mark => (mark === '\u2028' ? '\\u2028' : '\\u2029'));
  return slashes === 'escaped' ? text.replaceAll('/', '\\/') : text;
}

/** The same members, by name. */
export function sorted(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).sort(([left], [right]) => (left < right ? -1 : 1)));
}
