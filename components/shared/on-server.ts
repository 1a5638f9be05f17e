/** Where a server renders there is no tree to look through, but events find their way: what is known goes by them. */
import {defaultShopAddress} from './default-shop-address.ts';
import {restAt, type Rest} from './rest.ts';

/** Lets elements within `element` find it; on a server nobody else makes its shadow root. */
export function placeOnServer(element: Element): void {
  if (!element.shadowRoot) element.attachShadow({mode: 'open'});
}

/** What the nearest of our elements says by an attribute, `element` included. Plain HTML around them is not seen. */
export function saidOnServer(element: Element, attribute: string): string | undefined {
  let path: readonly EventTarget[] = [];
  element.addEventListener('ks-path', event => (path = event.composedPath()), {once: true});
  element.dispatchEvent(new Event('ks-path', {bubbles: true, composed: true}));
  for (const place of path) {
    const said = 'getAttribute' in place && (place as Element).getAttribute(attribute);
    if (said) return said;
  }
  return undefined;
}

/** What an element knows on a server; the nearest `<ks-shop api>`, else the default, says where the shop server is. */
export function restOnServer(element: Element): Rest {
  placeOnServer(element);
  const api = saidOnServer(element, 'api');
  return restAt((api ? originOf(api) : defaultShopAddress()) ?? '');
}

function originOf(url: string): string | undefined {
  try {
    return new URL(url).origin;
  } catch {
    return undefined;
  }
}
