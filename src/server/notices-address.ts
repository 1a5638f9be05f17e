import {parseUrl} from '../upstreams/parse-url.ts';
import type {CheckedConfig} from './config/config.ts';

/**
 * Where a connection's platform reports what became of an order; nothing while the shop runs where no platform could
 * reach it: platforms refuse purchases that name such an address.
 */
export function noticesAddress({address}: Pick<CheckedConfig, 'address'>, connectionId: string): string | undefined {
  const host = parseUrl(address)?.hostname ?? '';
  return isOwnNetwork(host) ? undefined : `${address}/v1/connections/${connectionId}/notices`;
}

/** Names and addresses that mean another machine to everybody. Source: RFC 1918, RFC 6761, RFC 6762, RFC 4193 */
export function isOwnNetwork(host: string): boolean {
  return (
    /(?:^|\.)(?:localhost|local|internal|test)$/.test(host) ||
    /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host) ||
    /^\[(?:::1?|f[cd].*|fe[89ab].*)\]$/.test(host)
  );
}
