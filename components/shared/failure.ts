import {html, type TemplateResult} from 'lit';
import type {KeystallError} from '../../src/client/errors.ts';
import type {FailureWords} from './failure.zh-cn.ts';
import {alertIcon} from './icons.ts';

interface Words {
  readonly failure: FailureWords;
}

/** What a failed request means to a buyer. */
export function failureText({code}: KeystallError, {failure: words}: Words): string {
  if (code === 'connection' || code === 'timeout') return words.unreachable;
  return words[code === 'product_not_found' ? 'gone' : 'unavailable'];
}

/** In place of what could not be loaded: why, and a button that tries again. */
export function failureBlank(error: KeystallError, words: Words, retry: () => void): TemplateResult {
  return html`<div class="blank" role="alert" part="error">
    <span class="danger">${alertIcon}</span>
    <p>${failureText(error, words)}</p>
    ${
      error.code === 'product_not_found'
        ? null
        : html`<button type="button" class="button" @click=${retry}>${words.failure.retry}</button>`
    }
  </div>`;
}
