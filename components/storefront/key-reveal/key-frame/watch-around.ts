/**
 * Calls back when an attribute changes of an element or of one around it, slots and shadow roots included: by a class, a
 * style or a direction there a page changes how the element looks. Answers the way to stop.
 */
export function watchAround(element: Element, changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (let at: Node | null = element; at; at = around(at)) {
    if (at instanceof Element) observer.observe(at, {attributes: true});
  }
  return () => observer.disconnect();
}

const around = (node: Node): Node | null =>
  node instanceof ShadowRoot ? node.host : ((node as Element).assignedSlot ?? node.parentNode);
