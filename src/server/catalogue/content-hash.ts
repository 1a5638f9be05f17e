import type {Good} from '../../upstreams/port.ts';

/**
 * Stands for everything a listing is made of but the moments at which its stock was seen. Told apart are the states of
 * one good one after the other; whoever makes two of them collide hides a change of their own good.
 * @param rule stands for whatever else the listing depends on
 */
export function contentHash(good: Good, rule: string): string {
  const {offers, ...rest} = good;
  const parts = offers.map(({stock, ...offer}) => [offer, stock.kind === 'counted' ? stock.count : stock.kind]);
  return hash(`${rule} ${JSON.stringify([rest, parts])}`);
}

/** 64 bits. Source: the mixing steps of MurmurHash3's finaliser (Austin Appleby, public domain), over UTF-16. */
export function hash(text: string): string {
  let [high, low] = [0x9e3779b9, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (high >>> 0).toString(36) + (low >>> 0).toString(36).padStart(7, '0');
}
