import {html, nothing, type TemplateResult} from 'lit';
import type {Product} from '../../../src/contract/product-details.ts';
import {availability, choose, type Choices} from '../../../src/store/sku-choice.ts';

interface Picker {
  readonly product: Product;
  readonly choices: Choices;
  readonly words: {readonly soldOut: string; readonly impossible: string};
  readonly choose: (choices: Choices) => void;
}

/**
 * The variants of a good, a group of radio buttons per dimension. What can be had, what is sold out and what nobody
 * sells look different and are said in different words; all of them can be chosen, because the rest gives way.
 */
export function skuPicker({product, choices, words, choose: settle}: Picker): readonly TemplateResult[] {
  return product.options.map(
    ({name, values}) =>
      html`<fieldset class="options">
        <legend>${name}</legend>
        <div class="values">
          ${values.map(value => {
            const state = availability(product, choices, name, value);
            return html`<label class="value ${state}">
              <input
                type="radio"
                name=${name}
                .checked=${choices[name] === value}
                @change=${() => settle(choose(product, choices, name, value))}
              />
              <span>
                ${value}
                ${
                  state === 'available'
                    ? nothing
                    : html`<small>${words[state === 'sold_out' ? 'soldOut' : 'impossible']}</small>`
                }
              </span>
            </label>`;
          })}
        </div>
      </fieldset>`,
  );
}
