/** By tag name, what loads and registers an element. */
export type Elements = Readonly<Record<string, (element: Element) => Promise<unknown>>>;

/** Makes what loads these elements' code when their tags appear in a document or shadow root, now or later. */
export function loadOnNeed(elements: Elements): (root: Document | ShadowRoot) => void {
  const selector = Object.keys(elements).join();
  const requested = new Set<string>();

  return root => {
    new MutationObserver(changes => {
      for (const {addedNodes} of changes) {
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue;
          load(node);
          loadAllIn(node);
        }
      }
    }).observe(root, {childList: true, subtree: true});
    loadAllIn(root);
  };

  function load(element: Element): void {
    const {localName} = element;
    const importElement = elements[localName];
    if (importElement === undefined || requested.has(localName)) return;
    requested.add(localName);
    importElement(element).catch((cause: unknown) => {
      // The next element of this name tries again.
      requested.delete(localName);
      reportError(
        new Error(`Keystall could not load <${localName}>. Check the connection to ${import.meta.url}.`, {cause}),
      );
    });
  }

  function loadAllIn(root: ParentNode): void {
    root.querySelectorAll(selector).forEach(load);
  }
}
