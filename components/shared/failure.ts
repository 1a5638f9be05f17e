import {html, type TemplateResult} from 'lit';
import type {KeystallError} from '../../src/client/errors.ts';
import type {failureMessages} from './failure.messages.ts';
import {alertIcon} from './icons.ts';
import type {Localize} from './localize.ts';

type FailureWords = Localize<(typeof failureMessages)['zhCN']>;

/** What a failed request means to a buyer. */
export function failureText({code}: KeystallError, words: FailureWords): string {
  if (code === 'connection' || code === 'timeout') return words.term('unreachable');
  return words.term(code === 'product_not_found' ? 'gone' : 'unavailable');
}

/** In place of what could not be loaded: why, and a button that tries again. */
export function failureBlank(error: KeystallError, words: FailureWords, retry: () => void): TemplateResult {
  return html`<div class="blank" role="alert" part="error">
    <span class="danger">${alertIcon}</span>
    <p>${failureText(error, words)}</p>
    ${
      error.code === 'product_not_found'
        ? null
        : html`<button type="button" class="button" @click=${retry}>${words.term('retry')}</button>`
    }
  </div>`;
}
