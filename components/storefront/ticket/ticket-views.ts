import {html, nothing, type TemplateResult} from 'lit';
import type {KeystallError} from '../../../src/client/errors.ts';
import {maximumMessageLength, type Ticket} from '../../../src/contract/ticket.ts';
import {failureText} from '../../shared/failure.ts';
import {formatDate} from '../../shared/format.ts';
import {alertIcon} from '../../shared/icons.ts';
import {minutesUntilRetry} from '../../shared/minutes-until-retry.ts';
import type {Words} from '../../shared/words/word-pack.ts';
import type {PurchaseWords} from '../languages/word-packs.ts';

type AllWords = Words<PurchaseWords>;

export function ticketSkeleton({ticket: words}: AllWords): TemplateResult {
  return html`<div class="stack" aria-busy="true">
    <span class="visually-hidden">${words.loading}</span>
    <div class="skeleton"></div>
    <div class="skeleton tall"></div>
  </div>`;
}

/** The reports about an order, and another one. */
export function ticketChoice(
  tickets: readonly Ticket[],
  {ticket: words, lang}: AllWords,
  presses: {readonly choose: (id: string) => void; readonly another: () => void},
): TemplateResult {
  return html`<div class="stack">
    <ul class="panel tickets">
      ${tickets.map(
        ticket =>
          html`<li>
            <button type="button" @click=${() => presses.choose(ticket.id)}>
              <span>${words[`reason_${ticket.reason}`]}</span>
              <span class="hint">${words[`state_${ticket.state}`]} · ${formatDate(ticket.createdAt, lang)}</span>
            </button>
          </li>`,
      )}
    </ul>
    ${anotherButton(words, presses.another)}
  </div>`;
}

export const anotherButton = (words: AllWords['ticket'], press: () => void): TemplateResult =>
  html`<button type="button" class="button wide another" @click=${press}>${words.another}</button>`;

/** Where a buyer says more: an answer while the report is open, an objection once it was decided. */
export function replyField(
  {state}: Ticket,
  {ticket: words}: AllWords,
  {text, isLacking}: {readonly text: string; readonly isLacking: boolean},
): TemplateResult {
  return html`<div class="field">
    <label class="label" for="reply">${words[state === 'resolved' ? 'object' : 'reply']}</label>
    <textarea
      class="input"
      id="reply"
      name="reply"
      rows="3"
      maxlength=${maximumMessageLength}
      aria-invalid=${isLacking}
      aria-describedby="reply-error"
      .value=${text}
    ></textarea>
    ${isLacking ? html`<span class="error with-icon" id="reply-error">${alertIcon}${words.required}</span>` : nothing}
  </div>`;
}

/** Why something was not done. */
export function ticketNotice(error: KeystallError | undefined, words: AllWords): TemplateResult | typeof nothing {
  if (!error) return nothing;
  const {ticket} = words;
  const said: Readonly<Record<string, string>> = {
    ticket_limit_reached: ticket.limit,
    too_many_attempts: ticket.tooMany(minutesUntilRetry(error)),
    ticket_closed: ticket.closedNow,
    evidence_type_unsupported: ticket.file_wrong_type,
    evidence_limit_reached: ticket.file_too_many,
    payload_too_large: ticket.file_too_large,
    evidence_not_found: ticket.downloadFailed,
  };
  const text = said[error.code] ?? failureText(error, words);
  return html`<p class="notice warning" part="error" role="alert">${alertIcon}${text}</p>`;
}
