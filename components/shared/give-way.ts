/**
 * Has the page lie open beneath an open dialog for a while: a modal one would cover, and make dead, whatever somebody else
 * draws over the page, such as a bank's question.
 * @param focused what has the focus within it, which it is to keep
 */
export function giveWay(dialog: HTMLDialogElement, isAside: boolean, focused: Element | null | undefined): void {
  // Its `close` event finds it open again.
  dialog.close();
  // Where it is not modal, and others are: they come above it.
  dialog.style.setProperty('z-index', isAside ? '2147483646' : '');
  if (isAside) dialog.show();
  else dialog.showModal();
  (focused as HTMLElement | null | undefined)?.focus();
}
