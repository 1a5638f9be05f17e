import {html, type TemplateResult} from 'lit';
import {reloadButton, type FailureTerms} from './failure.ts';
import {alertIcon} from './icons.ts';

/** After a press that led nowhere, because its code did not come: what that means, and a button that mends it. */
export function incompleteNotice(text: string, words: FailureTerms): TemplateResult {
  return html`<div class="notice danger row" role="alert" part="error">
    <span class="with-icon">${alertIcon}${text}</span>${reloadButton(words)}
  </div>`;
}
