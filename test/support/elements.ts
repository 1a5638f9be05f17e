interface Updating extends Element {
  readonly updateComplete?: Promise<unknown>;
}

/** Waits until every element in `root` and in the shadow roots beneath it has rendered. */
export async function settled(root: Element): Promise<void> {
  await (root as Updating).updateComplete;
  for (const element of root.querySelectorAll('*')) await settledShadow(element);
  await settledShadow(root);
}

async function settledShadow(element: Element): Promise<void> {
  await (element as Updating).updateComplete;
  for (const inner of element.shadowRoot?.children ?? []) await settled(inner);
}

/** The first element within `root`, shadow roots included, that the selector fits. */
export function find<E extends Element = HTMLElement>(root: Element | ShadowRoot, selector: string): E {
  const found = findAll<E>(root, selector)[0];
  if (!found)
    throw new Error(`Nothing fits ${JSON.stringify(selector)} in <${'localName' in root ? root.localName : 'root'}>.`);
  return found;
}

export function findAll<E extends Element = HTMLElement>(root: Element | ShadowRoot, selector: string): E[] {
  return [...root.querySelectorAll('*'), ...('shadowRoot' in root && root.shadowRoot ? [root.shadowRoot] : [])].flatMap(
    element =>
      element instanceof ShadowRoot
        ? findAll<E>(element, selector)
        : [
            ...(element.matches(selector) ? [element as unknown as E] : []),
            ...(element.shadowRoot ? findAll<E>(element.shadowRoot, selector) : []),
          ],
  );
}

/** What a reader finds in an element: the words of its shadow roots and slots, white space folded. */
export function textOf(root: Element | ShadowRoot): string {
  let text = '';
  const visit = (node: Node): void => {
    if (node instanceof Text) text += ` ${node.data}`;
    if (node instanceof HTMLStyleElement) return;
    if (node instanceof Element && node.shadowRoot) visit(node.shadowRoot);
    node.childNodes.forEach(visit);
  };
  visit(root);
  return text.replace(/\s+/g, ' ').trim();
}

/** Where the focus is, through shadow roots. */
export function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

/** The next event of a name that reaches the page. */
export function next<E extends Event>(name: string, target: EventTarget = document): Promise<E> {
  return new Promise(resolve => target.addEventListener(name, event => resolve(event as E), {once: true}));
}

/**
 * Waits until a condition holds, for as long as the test may last: for what arrives by `import()`, say. Goes by tasks,
 * because a page behind another draws no frames.
 */
export async function until(condition: () => unknown): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve));
}
