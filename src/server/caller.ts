/** Who sent a request, as far as the runtime knows. */
export interface Caller {
  /** The address the connection came from; absent where a runtime does not tell. */
  readonly address?: string;
  /** Under which the log speaks of the request; absent where nobody gave it one. */
  readonly requestId?: string;
}

/**
 * The caller's own address behind so many reverse proxies, each of which adds the address it was called from to
 * `X-Forwarded-For`. What stands before those entries was written by the caller and means nothing.
 */
export function addressBehind(proxies: number, forwardedFor: string | null, direct: string | undefined) {
  if (proxies === 0) return direct;
  const hops = (forwardedFor ?? '').split(',').map(hop => hop.trim());
  return hops.at(-proxies) || direct;
}

/** What one caller has at their disposal: an IPv4 address, or the /64 of an IPv6 address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({length: Math.max(0, 8 - groups.length - rest.length)}, () => '0');
  const network = [...groups, ...zeros, ...rest].slice(0, 4).map(group => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
