import * as v from 'valibot';

/* What single values of a configuration are, whatever they stand for. */

export const text = (most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(most));
export const decimal = v.pipe(v.string(), v.regex(/^\d{1,9}(\.\d{1,4})?$/, 'must be a decimal text such as "12.5"'));
export const seconds = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));
export const origin = v.pipe(
  v.string(),
  v.check(isOrigin, 'must be an origin such as "https://www.example.com", without a path'),
);
export const httpUrl = v.pipe(v.string(), v.check(isHttpUrl, 'must be an http or https address'));
export const language = v.pipe(v.string(), v.check(isLanguage, 'must be a language tag such as "zh-CN"'));
export const secret = v.strictObject({
  env: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]*$/, 'must name an environment variable')),
});
export const identifier = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and "-"'),
);

export function areDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** On this machine a connection needs no secrecy of its own. */
export function isSafeForSecrets(value: string): boolean {
  if (!isHttpUrl(value)) return false;
  const {protocol, hostname} = new URL(value);
  return protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

function isOrigin(value: string): boolean {
  return isHttpUrl(value) && new URL(value).origin === value;
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
