/** Elements by tag name, each with what loads and registers it. */
export type ElementLoaders = Readonly<Record<string, (element: Element) => Promise<unknown>>>;

/**
 * Loads an element's code when its tag appears in a root, wherever and whenever that is. Where the code does not come, a
 * button takes the element's place that loads the page anew: Chromium does not ask again for a module that did not come.
 * @param reloadText what that button says
 * @returns watches a root from now on
 */
export function elementLoader(
  loaders: ElementLoaders,
  reloadText: (element: Element) => string,
): (root: Document | ShadowRoot) => void {
  const selector = Object.keys(loaders).join();
  const requested = new Set<string>();

  function load(element: Element): void {
    const {localName} = element;
    const importElement = loaders[localName];
    if (importElement === undefined || requested.has(localName)) return;
    requested.add(localName);
    importElement(element).catch((cause: unknown) => {
      // The next element of this name tries again, and so does the network's return.
      requested.delete(localName);
      const button = document.createElement('button');
      button.type = 'button';
      button.style.minHeight = '44px';
      button.textContent = reloadText(element);
      button.onclick = () => location.reload();
      element.append(button);
      addEventListener(
        'online',
        () => {
          button.remove();
          load(element);
        },
        {once: true},
      );
      // The cause names the address.
      reportError(new Error(`Keystall could not load what "${localName}" needs.`, {cause}));
    });
  }

  const loadAllIn = (root: ParentNode): void => root.querySelectorAll(selector).forEach(load);

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
}
