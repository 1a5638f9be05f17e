/**
 * The address of a good's own page, by a pattern a merchant wrote: `/goods?product={id}`. Undefined for a pattern that
 * is none or leads to no web page, `javascript:` included.
 */
export function productAddress(pattern: string | undefined, productId: string, base: string): string | undefined {
  if (!pattern?.includes('{id}')) return undefined;
  try {
    const url = new URL(pattern.replaceAll('{id}', encodeURIComponent(productId)), base);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
