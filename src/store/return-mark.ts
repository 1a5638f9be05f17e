/** The way back from a payment, as the address of the page carries it: a code, and the shop server it is for. */
const mark = /[#&]ks-return=([\w.-]+)@([^&]+)/;

/** Kept on `globalThis`, so that two bundles in one page agree: the first of them takes it out of the address. */
const key = Symbol.for('keystall.return');
const page = globalThis as {[key]?: {readonly code: string; readonly host: string} | undefined};

/**
 * Takes the way back out of the page's address, where there is one, and remembers it for the shop that asks. Early: what
 * stands in an address is logged, shared and stored. The page's own hash stays, and is told to whoever has read it before.
 */
export function noteReturn(): void {
  const found = mark.exec(globalThis.location?.hash);
  if (!found) return;
  page[key] = {code: found[1]!, host: found[2]!};
  history.replaceState(history.state, '', location.href.replace(mark, ''));
  dispatchEvent(new HashChangeEvent('hashchange', {newURL: location.href}));
}

/** The code for a shop server, once. */
export function takeReturn(address: string): string | undefined {
  noteReturn();
  const noted = page[key];
  if (!noted || new URL(address).host !== noted.host) return undefined;
  page[key] = undefined;
  return noted.code;
}
