import {html, nothing, type TemplateResult} from 'lit';
import type {KeyReference, TicketRequest} from '../../../src/contract/ticket.ts';
import {maximumMessageLength} from '../../../src/contract/ticket.ts';
import {ticketReasons, type TicketReason} from '../../../src/domain/ticket.ts';
import {alertIcon} from '../../shared/icons.ts';
import type {TicketWords} from './ticket.zh-cn.ts';

/** What somebody has filled in so far. */
export interface TicketDraft {
  reason: TicketReason | '';
  text: string;
  readonly keyIds: Set<string>;
}

export type DraftProblems = ReadonlySet<'reason' | 'text'>;

interface FormView {
  readonly draft: TicketDraft;
  readonly problems: DraftProblems;
  /** Undefined while they are asked for; `failed` if they cannot be had. */
  readonly keys: readonly KeyReference[] | 'failed' | undefined;
  readonly words: TicketWords;
}

/** Reasons that are not about a key that came. */
const keyless: ReadonlySet<string> = new Set<TicketReason>(['not_delivered', 'topped_up_wrongly', 'payment']);

export function checkDraft({reason, text}: TicketDraft): DraftProblems {
  return new Set([...(reason === '' ? (['reason'] as const) : []), ...(text.trim() === '' ? (['text'] as const) : [])]);
}

/** Only what the form shows is sent: keys that were marked for another reason stay out. */
export function requestOf({reason, text, keyIds}: TicketDraft): TicketRequest {
  const isAboutKeys = keyIds.size > 0 && !keyless.has(reason);
  return {reason: reason || 'other', text: text.trim(), ...(isAboutKeys && {keyIds: [...keyIds].sort()})};
}

/** What is wrong, which keys, and in the buyer's words. The surrounding listener reads `input` events by name. */
export function ticketFields({draft, problems, keys, words}: FormView): TemplateResult {
  const error = (place: 'reason' | 'text'): TemplateResult | typeof nothing =>
    problems.has(place)
      ? html`<span class="error with-icon" id="${place}-error">${alertIcon}${words.required}</span>`
      : nothing;
  return html`<div class="field">
      <label class="label" for="reason">${words.reason}</label>
      <select
        class="input"
        id="reason"
        name="reason"
        aria-required="true"
        aria-invalid=${problems.has('reason')}
        aria-describedby="reason-error"
      >
        <option value="" ?selected=${draft.reason === ''}>${words.choose}</option>
        ${ticketReasons.map(
          reason =>
            html`<option value=${reason} ?selected=${reason === draft.reason}>${words[`reason_${reason}`]}</option>`,
        )}
      </select>
      ${error('reason')}
    </div>
    ${keyless.has(draft.reason) ? nothing : keyChoice(keys, draft, words)}
    <div class="field">
      <label class="label" for="text">${words.text}</label>
      <textarea
        class="input"
        id="text"
        name="text"
        rows="4"
        maxlength=${maximumMessageLength}
        aria-required="true"
        aria-invalid=${problems.has('text')}
        aria-describedby="text-hint text-error"
        .value=${draft.text}
      ></textarea>
      <span class="hint" id="text-hint">${words.textHint}</span>
      ${error('text')}
    </div>`;
}

function keyChoice(keys: FormView['keys'], draft: TicketDraft, words: TicketWords): TemplateResult | typeof nothing {
  if (keys === 'failed') return html`<p class="hint">${words.keysFailed}</p>`;
  if (!keys || keys.length === 0) return nothing;
  return html`<fieldset class="field">
    <legend class="label">${words.keys}</legend>
    <div class="keys">
      ${keys.map(
        ({id, title, place}) =>
          html`<label class="key">
            <input type="checkbox" name="key" value=${id} .checked=${draft.keyIds.has(id)} />
            <span>${words.key(title, place)}</span>
          </label>`,
      )}
    </div>
  </fieldset>`;
}
