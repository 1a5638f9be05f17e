/** Registers an element. A name that is taken stays as it is, so that two scripts in one page do not fight. */
export function defineElement(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
