import {isServer} from 'lit';

/**
 * The address of a good's own page, by a pattern a merchant wrote: `/goods?product={id}`. Undefined for a pattern that
 * is none or leads to no web page, `javascript:` included.
 * @param base address of the page; a server does not know it, and leaves the address as it was written
 */
export function productAddress(
  pattern: string | undefined,
  productId: string,
  base: string | undefined,
): string | undefined {
  if (!pattern?.includes('{id}')) return undefined;
  try {
    const address = pattern.replaceAll('{id}', encodeURIComponent(productId));
    const {protocol, href} = new URL(address, isServer ? 'https://page.example' : base);
    return /^https?:$/.test(protocol) ? (isServer ? address : href) : undefined;
  } catch {
    return undefined;
  }
}
