import {html, type TemplateResult} from 'lit';
import {closeIcon} from './icons.ts';

/** For a modal dialog's `click`: one beside it closes it. Such clicks have the dialog as their target, as do its edges. */
export function closeByBackdrop({currentTarget, target, clientX, clientY}: MouseEvent): void {
  const dialog = currentTarget as HTMLDialogElement;
  const {left, right, top, bottom} = dialog.getBoundingClientRect();
  const isInside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  if (target === dialog && !isInside) dialog.close();
}

/** The cross in the corner of a dialog. */
export function closeButton(label: string): TemplateResult {
  return html`<button type="button" class="button quiet icon" aria-label=${label} @click=${closeDialog}>
    ${closeIcon}
  </button>`;
}

const closeDialog = ({currentTarget}: Event): void => (currentTarget as Element).closest('dialog')?.close();
