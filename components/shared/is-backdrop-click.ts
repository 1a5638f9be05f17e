/** Whether a click on a modal dialog fell beside it. Such clicks have the dialog as their target, and so do its edges. */
export function isBackdropClick(event: MouseEvent): boolean {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLDialogElement) || event.target !== dialog) return false;
  const {left, right, top, bottom} = dialog.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}
