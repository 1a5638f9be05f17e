/**
 * Which shop server the elements of a page belong to when no `<ks-shop api>` around them says otherwise. The script-tag
 * entry sets it to its own origin; a page that bundles the elements sets it itself.
 *
 * Kept on `globalThis`, so that two bundles in one page agree.
 */
interface DefaultShopAddress {
  address?: string;
  readonly listeners: Set<() => void>;
}

const key = Symbol.for('keystall.default-shop-address');

/** Names the page's default shop server by any URL on it, such as `import.meta.url`. */
export function setDefaultShopAddress(url: string | URL): void {
  const state = current();
  state.address = new URL(url, globalThis.location?.href).origin;
  for (const listener of [...state.listeners]) listener();
}

/** Origin of the page's default shop server, once it is known. */
export function defaultShopAddress(): string | undefined {
  return current().address;
}

/** Calls `listener` whenever the address is set; answers the way to stop. */
export function onDefaultShopAddress(listener: () => void): () => void {
  const {listeners} = current();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): DefaultShopAddress {
  const page = globalThis as {[key]?: DefaultShopAddress};
  return (page[key] ??= {listeners: new Set()});
}
