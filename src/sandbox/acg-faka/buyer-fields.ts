import type {Good} from '../platform/good.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {toJson, toText, type PhpArray} from './php-form.ts';
import {Refusal} from './refusal.ts';

/**
 * The fields a good asks its buyer for, as the order keeps them.
 * @throws {Refusal} with the field's own words when a value does not fit its pattern.
 */
export function readBuyerFields(good: Good, sent: PhpArray): PlatformOrder['fields'] {
  const fields: Record<string, {value: unknown; label: string}> = {};
  for (const field of good.fields) {
    if (field.type === 'custom') continue;
    const value = sent.get(field.name);
    if (field.pattern !== '' && !matches(field.pattern, toText(value))) throw new Refusal(field.error);
    fields[field.name] = {value: value === undefined ? null : toJson(value), label: field.label};
  }
  return fields;
}

/**
 * The shop puts the pattern between slashes and matches bytes, not characters: a Chinese character counts three, and
 * a slash of the pattern's own ends it early, after which nothing matches.
 */
function matches(pattern: string, value: string): boolean {
  if (/(?<!\\)(?:\\\\)*\//.test(pattern)) return false;
  try {
    return new RegExp(bytes(pattern)).test(bytes(value));
  } catch {
    return false;
  }
}

function bytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('');
}
