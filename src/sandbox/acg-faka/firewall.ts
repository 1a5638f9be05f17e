import type {PhpValue} from './php-form.ts';

/** The shop's own words when its firewall dislikes a value. */
export const firewallText = 'The current session is not secure. Please refresh the web page and try again.';

const disliked = [/\bselect\b[\s\S]+\bfrom\b\s+\S+\s/i, /\buser\s*\(/i, /\bunion\b\s+\bselect\b/i, /<script\b/i];

/** Whether a value looks like an attack to the shop. Looked at before the sign is. */
export function isDisliked(value: PhpValue): boolean {
  if (value instanceof Map) return [...value.values()].some(isDisliked);
  return disliked.some(pattern => pattern.test(value));
}
