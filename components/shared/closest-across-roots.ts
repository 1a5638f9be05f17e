/** `Element.closest`, also through the hosts of the shadow roots that `element` lies in. */
export function closestAcrossRoots(element: Element, selector: string): Element | null {
  for (let start: Element | undefined = element; start;) {
    const found = start.closest(selector);
    if (found) return found;
    const root = start.getRootNode();
    start = root instanceof ShadowRoot ? root.host : undefined;
  }
  return null;
}
