import {html, type TemplateResult} from 'lit';
import {closeIcon} from './control-icons.ts';

/** The dialog beside which the pointer went down last. */
let pressedBeside: EventTarget | null = null;

/** For a modal dialog's `pointerdown`: whether what follows may close it. */
export function notePress(event: MouseEvent): void {
  pressedBeside = isBeside(event) ? event.currentTarget : null;
}

/** For its `click`: one beside it closes it, unless it ends a selection that began within. */
export function closeByBackdrop(event: MouseEvent): void {
  const dialog = event.currentTarget as HTMLDialogElement;
  if (isBeside(event) && pressedBeside === dialog) dialog.close();
}

/** What is pressed beside a modal dialog has it as its target, as have its edges. */
function isBeside({currentTarget, target, clientX, clientY}: MouseEvent): boolean {
  const {left, right, top, bottom} = (currentTarget as Element).getBoundingClientRect();
  const isInside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  return target === currentTarget && !isInside;
}

/** The cross in the corner of a dialog. */
export function closeButton(label: string): TemplateResult {
  return html`<button type="button" class="button quiet icon" aria-label=${label} @click=${closeDialog}>
    ${closeIcon}
  </button>`;
}

const closeDialog = ({currentTarget}: Event): void => (currentTarget as Element).closest('dialog')?.close();
