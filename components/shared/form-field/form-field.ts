import {html, nothing, type TemplateResult} from 'lit';
import type {FormField} from '../../../src/contract/product.ts';
import {alertIcon} from '../icons.ts';
import type {FormEntries} from './form-entries.ts';
import type {FormFieldWords} from './form-field.zh-cn.ts';

export interface FieldView {
  readonly field: FormField;
  /** Where its value is kept; the control's name. */
  readonly place: string;
  readonly id: string;
  readonly entries: FormEntries;
  readonly problem: 'required' | 'mismatch' | undefined;
  readonly words: FormFieldWords;
}

/** One field of a good, with its name and what is wrong with it. */
export function formField({field, place, id, entries, problem, words}: FieldView): TemplateResult {
  const {label, required, options = [], type} = field;
  const error = problemText(problem, id, words, field.error);
  const value = entries.get(place);
  const optional = required ? nothing : html` <small class="hint">${words.optional}</small>`;
  const invalid = error !== undefined;
  const describedBy = error ? `${id}-error` : nothing;

  if (type === 'radio') {
    return html`<fieldset
      class="field"
      role="radiogroup"
      aria-required=${required}
      aria-invalid=${invalid}
      aria-describedby=${describedBy}
    >
      <legend class="label">${label}${optional}</legend>
      ${options.map(
        option =>
          html`<label class="choice ${option.value === value ? 'chosen' : ''}">
            <input type="radio" name=${place} value=${option.value} .checked=${option.value === value} />${option.label}
          </label>`,
      )}
      ${error}
    </fieldset>`;
  }
  if (type === 'checkbox' && options.length < 2) {
    const [{label: text, value: checked} = {label, value: '1'}] = options;
    return html`<div class="field">
      <label class="choice ${value ? 'chosen' : ''}">
        <input
          type="checkbox"
          name=${place}
          value=${checked}
          aria-required=${required}
          aria-invalid=${invalid}
          aria-describedby=${describedBy}
          .checked=${value !== ''}
        /><span>${text}${optional}</span>
      </label>
      ${error}
    </div>`;
  }
  return html`<div class="field">
    <label class="label" for=${id}>${label}${optional}</label>
    ${
      options.length > 0
        ? html`<select
            class="input"
            id=${id}
            name=${place}
            aria-required=${required}
            aria-invalid=${invalid}
            aria-describedby=${describedBy}
          >
            <option value="" ?selected=${value === ''}>${words.choose}</option>
            ${options.map(
              option =>
                html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`,
            )}
          </select>`
        : type === 'textarea'
          ? html`<textarea
              class="input"
              id=${id}
              name=${place}
              rows="3"
              placeholder=${field.placeholder ?? nothing}
              aria-required=${required}
              aria-invalid=${invalid}
              aria-describedby=${describedBy}
              .value=${value}
            ></textarea>`
          : html`<input
              class="input"
              id=${id}
              name=${place}
              type=${type === 'password' ? type : 'text'}
              inputmode=${type === 'number' ? 'decimal' : nothing}
              autocomplete=${type === 'password' ? 'new-password' : 'off'}
              autocapitalize="off"
              spellcheck="false"
              placeholder=${field.placeholder ?? nothing}
              aria-required=${required}
              aria-invalid=${invalid}
              aria-describedby=${describedBy}
              .value=${value}
            />`
    }
    ${error}
  </div>`;
}

/** The words beside a place that is not filled in as it must be. */
export function problemText(
  problem: 'required' | 'mismatch' | undefined,
  id: string,
  words: FormFieldWords,
  ownWords?: string,
): TemplateResult | undefined {
  if (!problem) return undefined;
  const text = (problem === 'mismatch' && ownWords) || words[problem];
  return html`<span class="error with-icon" id="${id}-error">${alertIcon}${text}</span>`;
}
