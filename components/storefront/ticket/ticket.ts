import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {KeystallError} from '../../../src/client/errors.ts';
import type {Evidence, KeyReference, Ticket} from '../../../src/contract/ticket.ts';
import {asKeystallError} from '../../../src/store/as-keystall-error.ts';
import type {Loaded, TicketCallOptions, Tickets} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {controlStyles} from '../../shared/control.styles.ts';
import {dialogStyles} from '../../shared/dialog.styles.ts';
import {closeButton, closeByBackdrop} from '../../shared/dialog.ts';
import {failureBlank, noShop} from '../../shared/failure.ts';
import {emptyIcon} from '../../shared/icons.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {purchaseWords, type PurchaseWords} from '../languages/word-packs.ts';
import {conversation, ticketStatus} from './conversation.ts';
import {Deeds} from './deeds.ts';
import {KsTicketOpenedEvent} from './events/ks-ticket-opened.ts';
import {evidenceField} from './evidence-field.ts';
import {EvidenceUploads} from './evidence-uploads.ts';
import {checkDraft, requestOf, ticketFields, type DraftProblems, type TicketDraft} from './ticket-form.ts';
import {saveFile} from './save-file.ts';
import {anotherButton, replyField, ticketChoice, ticketNotice, ticketSkeleton} from './ticket-views.ts';
import {ticketStyles} from './ticket.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-ticket': KsTicket;
  }
}

/** How often deadlines are told anew, in milliseconds. */
const tellEvery = 30_000;

interface View {
  readonly title: string;
  readonly body: TemplateResult;
}

/**
 * What is wrong with an order: a report with the keys it is about, screenshots and papers, the conversation with the
 * shop, until when somebody should act, and what came of it.
 *
 * @summary After-sales for one order.
 * @tagname ks-ticket
 * @attr {string} order-id - Which order.
 * @attr {string} ticket-id - Which of its tickets; without, they are listed, or a new one is begun if there is none.
 * @attr {'inline' | 'dialog'} presentation - In the page, or as a dialog that shows itself.
 * @event {KsTicketOpenedEvent} ks-ticket-opened - The shop server has taken in a report.
 * @event {Event} close - The dialog was closed. Does not bubble.
 * @csspart dialog - The dialog, with `presentation="dialog"`
 * @csspart ticket - The frame, without it
 * @csspart form - A new report
 * @csspart upload - One file that is to be sent
 * @csspart status - State, deadline and outcome
 * @csspart outcome - What the shop decided
 * @csspart conversation - All that was said
 * @csspart message - One message
 * @csspart evidence - One file that was sent
 * @csspart error - What went wrong
 */
export class KsTicket extends WordedElement<PurchaseWords> {
  static override styles = [...baseStyles, controlStyles, dialogStyles, ticketStyles];
  static override properties = {
    orderId: {attribute: 'order-id'},
    ticketId: {attribute: 'ticket-id'},
    presentation: {reflect: true},
    keyIds: {attribute: false},
    token: {attribute: false},
  };

  declare orderId: string | undefined;
  declare ticketId: string | undefined;
  declare presentation: 'inline' | 'dialog';
  /** Keys that a new report is about: it is begun at once. */
  declare keyIds: readonly string[] | undefined;
  /** Opens an order that this device does not know. */
  declare token: string | undefined;

  protected override readonly pack = purchaseWords;
  readonly #shop = new ShopController(this, {
    entered: scope => {
      void this.#load(scope.shop.tickets());
      return () => this.#leave();
    },
  });
  readonly #list = new ReadableController<Loaded<readonly Ticket[]>>(this);
  readonly #uploads = new EvidenceUploads(() => this.requestUpdate());
  #tickets: Tickets | undefined;
  #loadError: KeystallError | undefined;
  #keys: readonly KeyReference[] | 'failed' | undefined;
  /** Begun although there are tickets. */
  #isNew = false;
  /** Chosen here; `ticketId` is the page's. */
  #chosen: string | undefined;
  #draft: TicketDraft = {reason: '', text: '', keyIds: new Set()};
  #problems: DraftProblems = new Set();
  #reply = '';
  readonly #deeds = new Deeds(() => this.requestUpdate());
  #run = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;
  /** How many messages of the shop were seen, by ticket. */
  readonly #seen = new Map<string, number>();
  #news = '';

  constructor() {
    super();
    this.presentation = 'inline';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.isServed) return;
    this.#timer = setInterval(() => this.requestUpdate(), tellEvery);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override follow(): void {
    const id = this.orderId;
    this.#list.follow(id ? this.#tickets?.of(id, this.token) : undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('orderId') && this.hasUpdated) this.#begin();
    if (changed.has('orderId')) this.#loadKeys();
    if (changed.has('keyIds') && this.keyIds && this.keyIds.length > 0) {
      this.#isNew = true;
      this.#draft = {...this.#draft, reason: this.#draft.reason || 'key_invalid', keyIds: new Set(this.keyIds)};
    }
    this.#findNews();
  }

  protected override updated(): void {
    const dialog = this.shadowRoot?.querySelector('dialog');
    if (dialog && !dialog.open && this.isConnected) dialog.showModal();
  }

  protected override render(): TemplateResult {
    const {title, body} = this.#view();
    const isDialog = this.presentation === 'dialog';
    const content = html`<header>
        <h2 id="title" tabindex="-1">${title}</h2>
        ${isDialog ? closeButton(this.words.ticket.close) : nothing}
      </header>
      <div class="body">${body}</div>
      <p class="visually-hidden" role="status">${this.#news}</p>`;
    return isDialog
      ? html`<dialog part="dialog" aria-labelledby="title" @click=${closeByBackdrop} @close=${this.#closed}>
          ${content}
        </dialog>`
      : html`<section part="ticket" class="panel" aria-labelledby="title">${content}</section>`;
  }

  #view(): View {
    const words = this.words.ticket;
    const list = this.#list.value;
    const tickets = dataOf(list);
    if (this.#loadError || (list?.status === 'failed' && !tickets)) {
      const error = this.#loadError ?? (list as Extract<typeof list, {status: 'failed'}>).error;
      return {title: words.title, body: this.#failure(error)};
    }
    if (!tickets)
      return {title: words.title, body: this.#shop.missing ? noShop(this.words) : ticketSkeleton(this.words)};
    const wanted = this.#chosen ?? this.ticketId;
    const ticket = this.#isNew ? undefined : tickets.find(({id}) => id === wanted);
    if (ticket) return {title: words.title, body: this.#talk(ticket, tickets.length > 1)};
    return tickets.length === 0 || this.#isNew
      ? {title: words.report, body: this.#form(tickets.length > 0)}
      : {
          title: words.reports,
          body: ticketChoice(tickets, this.words, {choose: id => this.#choose(id), another: this.#another}),
        };
  }

  #failure(error: KeystallError): TemplateResult {
    if (error.code.startsWith('order_token_')) {
      return html`<div class="blank">
        ${emptyIcon}
        <p>${this.words.ticket.locked}</p>
      </div>`;
    }
    return failureBlank(error, this.words, () => {
      const list = this.#list.value;
      if (list?.status === 'failed') list.retry();
      else if (this.#shop.shop) void this.#load(this.#shop.shop.tickets());
    });
  }

  #form(hasOthers: boolean): TemplateResult {
    const words = this.words.ticket;
    return html`<form class="stack" part="form" novalidate @submit=${this.#submit} @input=${this.#input}>
      ${ticketFields({draft: this.#draft, problems: this.#problems, keys: this.#keys, words})} ${this.#files(0)}
      ${ticketNotice(this.#deeds.error, this.words)}
      <button type="submit" class="button primary wide" aria-disabled=${this.#deeds.busy}>
        ${words[this.#deeds.busy ? 'sending' : 'submit']}
      </button>
      ${hasOthers ? html`<button type="button" class="button wide" @click=${this.#back}>${words.back}</button>` : nothing}
    </form>`;
  }

  #talk(ticket: Ticket, hasOthers: boolean): TemplateResult {
    const words = this.words.ticket;
    const view = {ticket, words, lang: this.words.lang, now: Date.now()};
    return html`<div class="stack">
      ${ticketStatus(view)} ${conversation({...view, download: evidence => void this.#download(ticket, evidence)})}
      ${
        ticket.state === 'closed'
          ? html`${ticketNotice(this.#deeds.error, this.words)} ${anotherButton(words, this.#another)}`
          : html`<form
              class="stack"
              novalidate
              @submit=${(event: Event) => this.#say(event, ticket)}
              @input=${this.#input}
            >
              ${replyField(ticket, this.words, {text: this.#reply, isLacking: this.#problems.has('text')})}
              ${this.#files(ticket.evidence.length, ticket)} ${ticketNotice(this.#deeds.error, this.words)}
              <button type="submit" class="button primary wide" aria-disabled=${this.#deeds.busy}>
                ${words[this.#deeds.busy ? 'sending' : 'send']}
              </button>
            </form>`
      }
      ${hasOthers ? html`<button type="button" class="button wide" @click=${this.#back}>${words.back}</button>` : nothing}
    </div>`;
  }

  #files(attached: number, ticket?: Ticket): TemplateResult {
    return evidenceField({
      uploads: this.#uploads,
      words: this.words.ticket,
      lang: this.words.lang,
      add: files => {
        if (this.#tickets) void this.#uploads.add(files, attached, this.#tickets.newKey);
      },
      retry: ticket && (() => void this.#work(tickets => this.#sendFiles(tickets, ticket))),
    });
  }

  get #options(): TicketCallOptions {
    return {token: this.token, signal: this.#run.signal};
  }

  async #load(loading: Promise<Tickets>): Promise<void> {
    const {signal} = this.#run;
    this.#loadError = undefined;
    try {
      const tickets = await loading;
      if (signal.aborted) return;
      this.#tickets = tickets;
      this.#loadKeys();
    } catch (error) {
      if (!signal.aborted) this.#loadError = asKeystallError(error);
    }
    this.requestUpdate();
  }

  #leave(): void {
    this.#run.abort();
    this.#run = new AbortController();
    this.#tickets = undefined;
    this.#list.follow(undefined);
  }

  #loadKeys(): void {
    const id = this.orderId;
    this.#keys = undefined;
    if (!this.#tickets || !id) return;
    const settle = (keys: readonly KeyReference[] | 'failed'): void => {
      if (this.orderId !== id) return;
      this.#keys = keys;
      this.requestUpdate();
    };
    this.#tickets.keys(id, this.#options).then(settle, () => settle('failed'));
  }

  /** Another order: nothing of the one before is left. */
  #begin(): void {
    this.#isNew = false;
    this.#chosen = undefined;
    this.#deeds.forget();
    this.#draft = {reason: '', text: '', keyIds: new Set()};
    this.#problems = new Set();
    this.#reply = '';
    this.#uploads.clear();
  }

  #choose(id: string): void {
    this.#isNew = false;
    this.#chosen = id;
    this.#focusTitle();
  }

  readonly #another = (): void => {
    this.#begin();
    this.#isNew = true;
    this.#focusTitle();
  };

  readonly #back = (): void => {
    this.#begin();
    // The page's own choice is left, too: somebody wants to see the others.
    this.#chosen = '';
    this.#focusTitle();
  };

  readonly #input = ({target}: Event): void => {
    if (!(target instanceof HTMLElement && 'name' in target && 'value' in target)) return;
    const value = String(target.value);
    if (target.name === 'reason') this.#draft.reason = value as TicketDraft['reason'];
    if (target.name === 'text') this.#draft.text = value;
    if (target.name === 'reply') this.#reply = value;
    if (target instanceof HTMLInputElement && target.name === 'key') {
      if (target.checked) this.#draft.keyIds.add(value);
      else this.#draft.keyIds.delete(value);
    }
    if (target.name !== 'key') this.#problems = new Set();
    this.requestUpdate();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const {orderId} = this;
    if (!orderId || this.#deeds.busy) return;
    this.#problems = checkDraft(this.#draft);
    if (this.#problems.size > 0) return this.#focus('[aria-invalid="true"]');
    const request = requestOf(this.#draft);
    void this.#work(async tickets => {
      const ticket = await tickets.open(
        orderId,
        request,
        this.#deeds.keyFor(JSON.stringify(request), tickets.newKey),
        this.#options,
      );
      this.dispatchEvent(new KsTicketOpenedEvent(ticket.id, orderId));
      this.#isNew = false;
      this.#chosen = ticket.id;
      this.#draft = {reason: '', text: '', keyIds: new Set()};
      this.#news = this.words.ticket.opened;
      this.#focusTitle();
      await this.#sendFiles(tickets, ticket);
    });
  };

  #say(event: Event, ticket: Ticket): void {
    event.preventDefault();
    if (this.#deeds.busy) return;
    const text = this.#reply.trim();
    const hasFiles = this.#uploads.waiting.length > 0;
    if (text === '' && !hasFiles) {
      this.#problems = new Set(['text']);
      return this.#focus('[aria-invalid="true"]');
    }
    void this.#work(async tickets => {
      await this.#sendFiles(tickets, ticket);
      if (text === '') return;
      await tickets.write(ticket, text, this.#deeds.keyFor(text, tickets.newKey), this.#options);
      this.#reply = '';
      this.#news = this.words.ticket.sent;
    });
  }

  async #sendFiles(tickets: Tickets, ticket: Ticket): Promise<void> {
    if (this.#uploads.waiting.length === 0) return;
    const error = await this.#uploads.send(tickets, ticket, this.#options);
    if (error) this.#deeds.error = error;
    else this.#news = this.words.ticket.file_done;
  }

  /** What went wrong is shown, and what was typed in stays. */
  async #work(work: (tickets: Tickets) => Promise<void>): Promise<void> {
    const tickets = this.#tickets;
    if (tickets) await this.#deeds.run(() => work(tickets), this.#run.signal);
  }

  async #download(ticket: Ticket, evidence: Evidence): Promise<void> {
    this.#deeds.error = undefined;
    try {
      const file = await this.#tickets?.file(ticket, evidence.id, this.#options);
      if (file) saveFile(file, `${evidence.id}.${evidence.mediaType.split('/')[1]!}`);
    } catch (error) {
      this.#deeds.error = asKeystallError(error);
    }
    this.requestUpdate();
  }

  /** A live region that speaks of what the shop has said since. */
  #findNews(): void {
    for (const {id, messages} of dataOf(this.#list.value) ?? []) {
      const count = messages.filter(({from}) => from === 'shop').length;
      const before = this.#seen.get(id);
      if (before !== undefined && count > before) this.#news = this.words.ticket.answered;
      this.#seen.set(id, count);
    }
  }

  readonly #closed = (): void => {
    this.dispatchEvent(new Event('close'));
  };

  #focusTitle(): void {
    this.#focus('#title');
  }

  #focus(selector: string): void {
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }
}
