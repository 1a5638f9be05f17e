import {html, type TemplateResult} from 'lit';
import type {FormField} from '../../../src/contract/product.ts';
import {fieldPlace} from '../../../src/store/form-draft.ts';
import type {FormProblems} from '../../../src/store/shop.ts';
import type {FormEntries} from '../../shared/form-field/form-entries.ts';
import {formField} from '../../shared/form-field/form-field.ts';
import type {ProductPageWords} from '../languages/word-packs.ts';

interface Form {
  readonly fields: readonly FormField[];
  readonly skuId: string;
  readonly entries: FormEntries;
  readonly problems: FormProblems;
  readonly words: ProductPageWords;
  readonly changed: (event: Event) => void;
}

/** The fields of a top-up beside the good: the checkout finds in them what was filled in here. */
export function productForm({fields, skuId, entries, problems, words, changed}: Form): TemplateResult {
  return html`<fieldset class="stack form" @input=${changed}>
    <legend>${words.product.form}</legend>
    <p class="hint">${words.product.formHint}</p>
    ${fields.map((field, index) => {
      const place = fieldPlace(skuId, field.name);
      return formField({
        field,
        place,
        id: `f${index}`,
        entries,
        problem: problems[place],
        words: words['form-field'],
      });
    })}
  </fieldset>`;
}
