/**
 * Puts a text on the clipboard. Pages without a secure context and many in-app browsers have no asynchronous clipboard;
 * there a text area does, which lives inside `root` for one task: nothing of it is ever in the page's own tree.
 *
 * @returns whether the browser says that the text was copied
 */
export async function copyText(text: string, root: ShadowRoot): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, root);
  }
}

function copyBySelection(text: string, root: ShadowRoot): boolean {
  const focused = root.activeElement;
  const area = document.createElement('textarea');
  area.className = 'visually-hidden';
  // An on-screen keyboard would jump up otherwise.
  area.readOnly = true;
  root.append(area);
  area.value = text;
  area.select();
  try {
    // Deprecated and without a successor where the asynchronous clipboard is missing.
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.value = '';
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({preventScroll: true});
  }
}
