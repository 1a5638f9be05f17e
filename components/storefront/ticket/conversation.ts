import {html, nothing, type TemplateResult} from 'lit';
import type {Evidence, Ticket, TicketMessage} from '../../../src/contract/ticket.ts';
import type {TicketOutcome} from '../../../src/domain/ticket.ts';
import {formatDate, formatMoney} from '../../shared/format.ts';
import {alertIcon, checkIcon, clockIcon} from '../../shared/icons.ts';
import {deadlineText} from './deadline-text.ts';
import {sizeText} from './evidence-field.ts';
import type {TicketWords} from './ticket.zh-cn.ts';

interface ConversationView {
  readonly ticket: Ticket;
  readonly words: TicketWords;
  readonly lang: string;
  readonly now: number;
  readonly download: (evidence: Evidence) => void;
}

export function outcomeText(outcome: TicketOutcome, words: TicketWords, lang: string): string {
  return outcome.kind === 'refund'
    ? words.outcome_refund(formatMoney(outcome.amount, lang))
    : words[`outcome_${outcome.kind}`];
}

/** Where the ticket stands: state, whose turn it is until when, and what was decided. */
export function ticketStatus({ticket, words, lang, now}: Omit<ConversationView, 'download'>): TemplateResult {
  const {state, outcome, overdue} = ticket;
  const deadline = deadlineText(ticket, now, words, lang);
  const isOver = state === 'resolved' || state === 'closed';
  const tone = overdue || state === 'waiting_for_buyer' ? 'warning' : isOver ? 'success' : 'accent';
  return html`<div class="status" part="status">
    <strong class="with-icon ${tone}">
      ${overdue ? alertIcon : isOver ? checkIcon : clockIcon}${words[`state_${state}`]}
    </strong>
    ${deadline ? html`<p class="muted"><time datetime=${ticket.deadline!}>${deadline}</time></p>` : nothing}
    ${
      outcome
        ? html`<p part="outcome"><strong>${words.outcome(outcomeText(outcome, words, lang))}</strong></p>
            ${
              outcome.kind === 'reissue' || outcome.kind === 'exchange'
                ? html`<p class="muted">${words.reissued}</p>`
                : outcome.kind === 'refund'
                  ? html`<p class="muted">${words.refunding}</p>`
                  : nothing
            }`
        : nothing
    }
  </div>`;
}

/** What was said and sent, in the order it came. */
export function conversation(view: ConversationView): TemplateResult {
  const {ticket, words, lang} = view;
  const entries = [...ticket.messages, ...ticket.evidence].sort((left, right) => (left.at < right.at ? -1 : 1));
  return html`<p class="hint">
      <strong>${words[`reason_${ticket.reason}`]}</strong> ${formatDate(ticket.createdAt, lang)}
    </p>
    ${
      ticket.keys.length > 0
        ? html`<p class="hint">
            ${words.about(ticket.keys.map(({title, place}) => words.key(title, place)).join(', '))}
          </p>`
        : nothing
    }
    <ol class="talk" aria-label=${words.conversation} part="conversation">
      ${entries.map(entry => ('from' in entry ? message(entry, view) : file(entry, view)))}
    </ol>`;
}

function message({from, text, at, outcome}: TicketMessage, {words, lang}: ConversationView): TemplateResult {
  return html`<li class=${from} part="message">
    <span class="hint">${words[from]} <time datetime=${at}>${formatDate(at, lang)}</time></span>
    <p class="bubble">${text}</p>
    ${outcome ? html`<strong class="hint">${words.outcome(outcomeText(outcome, words, lang))}</strong>` : nothing}
  </li>`;
}

function file(evidence: Evidence, {words, lang, download}: ConversationView): TemplateResult {
  const name = words[evidence.mediaType === 'application/pdf' ? 'document' : 'picture'];
  return html`<li class="buyer" part="evidence">
    <span class="hint"
      >${words.buyer}
      <time datetime=${evidence.at}>${formatDate(evidence.at, lang)}</time>
    </span>
    <button type="button" class="button" @click=${() => download(evidence)}>
      ${words.download(name)} <span class="muted number">${sizeText(evidence.size, lang)}</span>
    </button>
  </li>`;
}
