import {html, type TemplateResult} from 'lit';
import type {KeystallError} from '../../src/client/errors.ts';
import {codeMissing} from '../../src/store/code-missing.ts';
import type {FailureWords} from './failure.zh-cn.ts';
import {alertIcon} from './icons.ts';

export interface FailureTerms {
  readonly failure: FailureWords;
}

/** What a failed request means to a buyer. */
export function failureText({code}: KeystallError, {failure: words}: FailureTerms): string {
  if (code === codeMissing) return words.incomplete;
  if (code === 'connection' || code === 'timeout') return words.unreachable;
  return words[code === 'product_not_found' ? 'gone' : 'unavailable'];
}

/** In place of what could not be loaded: why, and a button that tries again. */
export function failureBlank(error: KeystallError, words: FailureTerms, retry: () => void): TemplateResult {
  // Nothing went wrong, and nothing is to be done.
  const isGone = error.code === 'product_not_found';
  return html`<div class="blank" role=${isGone ? 'status' : 'alert'} part="error">
    <span class=${isGone ? '' : 'danger'}>${alertIcon}</span>
    <p>${failureText(error, words)}</p>
    ${
      isGone
        ? null
        : error.code === codeMissing
          ? reloadButton(words)
          : html`<button type="button" class="button" @click=${retry}>${words.failure.retry}</button>`
    }
  </div>`;
}

/** Chromium does not ask again for a module that did not come, as long as the page lives: a page loaded anew does. */
export const reloadButton = ({failure: words}: FailureTerms): TemplateResult =>
  html`<button type="button" class="button" @click=${() => location.reload()}>${words.reload}</button>`;

/** Told to whoever builds the page: nothing says which shop the element belongs to. */
export function noShop({failure: words}: FailureTerms): TemplateResult {
  return html`<div class="blank" part="error" role="alert">
    <span class="danger">${alertIcon}</span>
    <strong>${words.noShop}</strong>
    <p>${words.noShopHint}</p>
  </div>`;
}
