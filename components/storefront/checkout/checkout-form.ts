import {html, nothing, type TemplateResult} from 'lit';
import type {Quote} from '../../../src/contract/quote.ts';
import {fieldPlace} from '../../../src/store/form-draft.ts';
import type {CheckoutForm, FormProblems} from '../../../src/store/shop.ts';
import type {FormEntries} from '../../shared/form-field/form-entries.ts';
import type {FormFieldWords} from '../../shared/form-field/form-field.zh-cn.ts';
import {formField, problemText} from '../../shared/form-field/form-field.ts';
import type {CheckoutWords} from './checkout.zh-cn.ts';

interface FormView {
  readonly quote: Quote;
  readonly entries: FormEntries;
  readonly problems: FormProblems;
  readonly words: CheckoutWords & FormFieldWords;
  /** Fills in a lookup password. */
  readonly suggest: () => void;
}

const contactInputs = {
  any: {type: 'text', inputMode: 'text', autocomplete: 'email'},
  email: {type: 'email', inputMode: 'email', autocomplete: 'email'},
  phone: {type: 'tel', inputMode: 'tel', autocomplete: 'tel'},
  qq: {type: 'text', inputMode: 'numeric', autocomplete: 'off'},
} as const;

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
          Object.fromEntries(fields.map(({name}) => [name, entries.get(fieldPlace(skuId, name))])),
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
          ${fields.map((field, index) => {
            const place = fieldPlace(skuId, field.name);
            return formField({field, place, id: `f${line}-${index}`, problem: view.problems[place], ...view});
          })}
        </fieldset>`,
  )}`;
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
  const error = problemText(
    problems['lookupPassword'],
    'lookup',
    {...words, required: words.lookupNeeded},
    words.lookupShort,
  );
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
