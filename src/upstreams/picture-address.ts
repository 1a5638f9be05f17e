import {parseUrl} from './parse-url.ts';

/**
 * Resolves a picture's address: absolute, protocol-relative, or a path of the shop. `undefined` for anything that must
 * not be fetched by a server: other schemes, and other origins named by an IP address or a local name, behind which a
 * hostile platform could have us read our own network.
 */
export function resolvePicture(address: string, origin: string): string | undefined {
  const trimmed = address.trim();
  const url = trimmed === '' ? undefined : parseUrl(trimmed, origin);
  if (!url) return undefined;
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  const isOwn = url.origin === origin;
  return isWeb && !url.username && !url.password && (isOwn || isPublicName(url.hostname)) ? url.href : undefined;
}

/** Numeric hosts need no check of their own form: the URL parser brings every spelling of an IPv4 address to digits and dots. */
function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return /\.[a-z][a-z0-9-]*$/i.test(name) && !/\.(?:local|localhost|internal|lan|home|arpa)$/i.test(name);
}
