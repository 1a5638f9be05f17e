import {html, nothing, type TemplateResult} from 'lit';
import type {FormField} from '../../../src/contract/product.ts';
import type {Quote} from '../../../src/contract/quote.ts';
import type {CheckoutForm, FormProblems} from '../../../src/store/shop.ts';
import {alertIcon} from '../../shared/icons.ts';
import type {CheckoutWords} from './checkout.zh-cn.ts';
import type {FormEntries} from './form-entries.ts';

interface FormView {
  readonly quote: Quote;
  readonly entries: FormEntries;
  readonly problems: FormProblems;
  readonly words: CheckoutWords;
  /** Fills in a lookup password. */
  readonly suggest: () => void;
}

const contactInputs = {
  any: {type: 'text', inputMode: 'text', autocomplete: 'email'},
  email: {type: 'email', inputMode: 'email', autocomplete: 'email'},
  phone: {type: 'tel', inputMode: 'tel', autocomplete: 'tel'},
  qq: {type: 'text', inputMode: 'numeric', autocomplete: 'off'},
} as const;

const placeOf = (skuId: string, name: string): string => `${skuId}/${name}`;

export function readForm({lines}: Quote, entries: FormEntries, method: string): CheckoutForm {
  return {
    contact: entries.get('contact'),
    lookupPassword: entries.get('lookupPassword'),
    method,
    fields: Object.fromEntries(
      lines
        .filter(({fields}) => fields.length > 0)
        .map(({skuId, fields}) => [
          skuId,
          Object.fromEntries(fields.map(({name}) => [name, entries.get(placeOf(skuId, name))])),
        ]),
    ),
  };
}

/** The contact the goods ask for, then the fields of each good. */
export function formFields(view: FormView): TemplateResult {
  return html`${contactField(view)} ${lookupField(view)}
  ${view.quote.lines.map(({skuId, title, fields}, line) =>
    fields.length === 0
      ? nothing
      : html`<fieldset class="stack good">
          <legend class="label">${title}</legend>
          ${fields.map((field, index) => goodField(field, placeOf(skuId, field.name), `f${line}-${index}`, view))}
        </fieldset>`,
  )}`;
}

/** The words beside a place that is not filled in as it must be. */
export function problemText(
  problem: FormProblems[string] | undefined,
  id: string,
  words: CheckoutWords,
  ownWords?: string,
): TemplateResult | undefined {
  if (!problem) return undefined;
  const text = (problem === 'mismatch' && ownWords) || words[problem];
  return html`<span class="error with-icon" id="${id}-error">${alertIcon}${text}</span>`;
}

function contactField({quote, entries, problems, words}: FormView): TemplateResult {
  const asked = new Set(quote.lines.map(({contact}) => contact).filter(kind => kind !== 'any'));
  const [only = 'any'] = asked.size === 1 ? asked : [];
  const {type, inputMode, autocomplete} = contactInputs[only];
  const error = problemText(problems['contact'], 'contact', words);
  return html`<div class="field">
    <label class="label" for="contact">${words[`contact_${only}` as const]}</label>
    <input
      class="input"
      id="contact"
      name="contact"
      type=${type}
      inputmode=${inputMode}
      autocomplete=${autocomplete}
      autocapitalize="off"
      spellcheck="false"
      aria-required="true"
      aria-invalid=${error !== undefined}
      aria-describedby="contact-hint ${error ? 'contact-error' : ''}"
      .value=${entries.get('contact')}
    />
    <span class="hint" id="contact-hint">${words.contactHint}</span>
    ${error}
  </div>`;
}

function lookupField({entries, problems, words, suggest}: FormView): TemplateResult {
  const error = problemText(problems['lookupPassword'], 'lookup', words, words.lookupShort);
  return html`<div class="field">
    <label class="label" for="lookup">${words.lookup} <small class="hint">${words.optional}</small></label>
    <div class="beside">
      <input
        class="input"
        id="lookup"
        name="lookupPassword"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength="128"
        aria-invalid=${error !== undefined}
        aria-describedby="lookup-hint ${error ? 'lookup-error' : ''}"
        .value=${entries.get('lookupPassword')}
      />
      <button type="button" class="button" @click=${suggest}>${words.suggest}</button>
    </div>
    <span class="hint" id="lookup-hint">${words.lookupHint}</span>
    ${error}
  </div>`;
}

function goodField(field: FormField, place: string, id: string, view: FormView): TemplateResult {
  const {entries, problems, words} = view;
  const {label, required, options = [], type} = field;
  const error = problemText(problems[place], id, words, field.error);
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
