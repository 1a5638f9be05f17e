/** Closes the dialog that an element stands in, as Escape does where the browser hears of the key. */
export function leaveDialogAround(element: Element): void {
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : (at as Element).parentNode) {
    if (!(at instanceof HTMLDialogElement) || !at.open) continue;
    if (at.dispatchEvent(new Event('cancel', {cancelable: true}))) at.close();
    return;
  }
}
