import {parseUrl} from './parse-url.ts';

/**
 * The origin a platform's protocol lives at.
 * @throws {RangeError} when the address is no plain http or https origin
 */
export function checkShopAddress(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) {
    throw new RangeError(`The shop's address must be an absolute http or https URL, got ${JSON.stringify(url)}.`);
  }
  if (parsed.pathname !== '/' || parsed.search || parsed.hash) {
    throw new RangeError(`The shop's address must be an origin without a path, got ${JSON.stringify(url)}.`);
  }
  return parsed.origin;
}
