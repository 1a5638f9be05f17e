/** On which sales channels (销售渠道) a platform lets a good be resold, in its own words: 拼多多, 抖音 … */
export interface ResaleChannels {
  /** On these and no others; absent: wherever one likes. */
  readonly only?: readonly string[];
  readonly never?: readonly string[];
}

/**
 * Whether a shop may sell it, if these are what the platform calls the channels it sells on. A shop of one's own that has
 * no such name is on none of them: what may be sold on some only is not for it.
 */
export function mayBeSoldOn(channels: readonly string[], {only, never = []}: ResaleChannels): boolean {
  const own = channels.map(nameOf);
  const isForbidden = never.map(nameOf).some(name => own.includes(name));
  if (isForbidden || !only) return !isForbidden;
  const allowed = only.map(nameOf);
  return own.length > 0 && own.every(name => allowed.includes(name));
}

function nameOf(channel: string): string {
  return channel.normalize('NFKC').trim().toLowerCase();
}
