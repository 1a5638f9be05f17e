import {html, nothing, type TemplateResult} from 'lit';
import type {PaymentMethod} from '../../../src/contract/shop.ts';
import type {CheckoutWords} from './checkout.zh-cn.ts';

/** The ways to pay as radio cards; `error` has the id `method-error`. The surrounding listener reads `input` events of the name `method`. */
export function paymentChoice(
  methods: readonly PaymentMethod[],
  chosen: string,
  words: CheckoutWords,
  error?: TemplateResult,
): TemplateResult {
  return html`<fieldset
    class="field"
    role="radiogroup"
    aria-invalid=${error !== undefined}
    aria-describedby=${error ? 'method-error' : nothing}
  >
    <legend class="label">${words.method}</legend>
    ${methods.map(
      ({id, label}) =>
        html`<label class="choice ${id === chosen ? 'chosen' : ''}" part="method">
          <input type="radio" name="method" value=${id} .checked=${id === chosen} />
          ${label}
        </label>`,
    )}
    ${error}
  </fieldset>`;
}
