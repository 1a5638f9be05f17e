/** Every element within `root`, open shadow roots included, in the order of the page. */
export function elementsWithin(root: Element | ShadowRoot): readonly HTMLElement[] {
  const inner = [...root.querySelectorAll<HTMLElement>('*')].flatMap(element => [
    element,
    ...(element.shadowRoot ? elementsWithin(element.shadowRoot) : []),
  ]);
  return root instanceof Element && root.shadowRoot ? [...elementsWithin(root.shadowRoot), ...inner] : inner;
}

/** The first of them that the selector fits. */
export const findWithin = (root: Element, selector: string): HTMLElement | undefined =>
  elementsWithin(root).find(element => element.matches(selector));

/** How long a state may take to come about, in milliseconds. */
const patience = 20_000;

/** Waits until `look` answers something. @throws {Error} with what was waited for, where it does not in time. */
export async function waitFor<T>(look: () => T | undefined | false, what: string): Promise<T> {
  const until = performance.now() + patience;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > until) throw new Error(`The stage waited in vain for ${what}.`);
    // By tasks: a frame that nobody sees draws none.
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
