import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {Key, Keys} from '../../../../src/contract/keys.ts';
import {secretText} from '../../../../src/domain/card-secret.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {controlStyles} from '../../../shared/control.styles.ts';
import {KsTicketRequestEvent} from '../../../shared/events/ks-ticket-request.ts';
import {formatDate} from '../../../shared/format.ts';
import {monoStyles} from '../../../shared/mono.styles.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import type {Words} from '../../../shared/words/word-pack.ts';
import type {PurchaseWords} from '../../languages/word-packs.ts';
import {copyText} from '../copy-text.ts';
import {BlockWindow} from './block-window.ts';
import {keysTable, keysText} from './key-files.ts';
import {filterKeys} from './key-filter.ts';
import {groupKeys, numberKeys, type KeyGroup, type NumberedKey} from './key-groups.ts';
import {keyListStyles} from './key-list.styles.ts';
import {KeyPictures} from './key-pictures.ts';
import {keyRow} from './key-row.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-key-list': KsKeyList;
  }
}

/** The class of what is said: for ears alone, or for eyes as well. */
type Tone = 'visually-hidden' | 'told' | 'error';

/** How long a button says that it copied, in milliseconds. */
const copiedFor = 2_000;
/** A download reads its address a little after the click. */
const addressFor = 10_000;
/** Rows that are drawn, or not, together. */
const blockSize = 40;
/** With fewer keys there is nothing to search. */
const searchFrom = 6;

/**
 * The keys while they are uncovered. They are in this element alone, as its property, and go with it.
 *
 * @summary Part of the key reveal; not meant to be used alone.
 * @tagname ks-key-list
 * @event {KsTicketRequestEvent} ks-ticket-request - Somebody says that keys do not work. Cancelable.
 * @csspart key - One key with its buttons
 * @csspart search - The field that finds keys
 */
export class KsKeyList extends LitElement {
  static override styles = [...baseStyles, controlStyles, monoStyles, keyListStyles];
  static override properties = {
    keys: {attribute: false},
    orderId: {attribute: false},
    orderNumber: {attribute: false},
    words: {attribute: false},
  };

  declare keys: Keys | undefined;
  declare orderId: string;
  declare orderNumber: string;
  declare words: Words<PurchaseWords>;

  readonly #shop = new ShopController(this);
  readonly #window = new BlockWindow(this);
  readonly #pictures = new KeyPictures();
  #numbered: readonly NumberedKey[] = [];
  #query = '';
  #unusedOnly = false;
  #used: ReadonlySet<string> = new Set();
  /** Ids of the keys to report; undefined while nobody picks any. */
  #picked: ReadonlySet<string> | undefined;
  /** Ids of the pictures that the page's policy did not let through. */
  readonly #blocked = new Set<string>();
  #copied: string | undefined;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;
  /** Just uncovered: the keys come out like those of a scratch card, once. */
  #isFresh = true;
  #news = '';
  #tone: Tone = 'visually-hidden';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#copiedTimer);
    this.#pictures.forget();
    this.keys = undefined;
    this.#numbered = [];
    this.#query = '';
    // Secrets leave the tree now, not with the next update.
    if (this.hasUpdated) this.performUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('keys')) return;
    this.#pictures.forget();
    this.#numbered = numberKeys(this.keys?.keys ?? []);
    this.#beginAnew();
    if (this.keys) void this.#loadUsed();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.keys) return nothing;
    const words = this.#terms;
    const shown = this.#shown();
    const groups = groupKeys(shown);
    return html`${this.#numbered.length >= searchFrom ? this.#finder(shown.length) : nothing}
      ${this.#picked ? html`<p class="hint">${words.reportHow}</p>` : nothing}
      <div class=${this.#isFresh ? 'fresh' : ''} @animationend=${this.#settle}>
        ${groups.map((group, index) => this.#group(group, index, groups.length > 1))}
      </div>
      ${shown.length === 0 ? html`<p class="muted">${words.noneFound}</p>` : nothing}
      <div class="actions ${this.#picked ? 'picking' : ''}">
        ${this.#picked ? this.#reporting(this.#picked) : this.#actions(shown)}
      </div>
      <p class="hint">${words.usedHint}</p>
      <p class=${this.#tone} role="status">${this.#news}</p>`;
  }

  get #terms(): PurchaseWords['key-reveal'] {
    return this.words['key-reveal'];
  }

  #shown(): readonly NumberedKey[] {
    return filterKeys(this.#numbered, {query: this.#query, unusedOnly: this.#unusedOnly}, this.#used);
  }

  #finder(count: number): TemplateResult {
    const words = this.#terms;
    const isFiltered = count < this.#numbered.length;
    return html`<div class="finder" role="search">
      <input
        class="input"
        part="search"
        type="search"
        aria-label=${words.search}
        placeholder=${words.search}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        .value=${this.#query}
        @input=${this.#search}
      />
      <label class="tick">
        <input type="checkbox" .checked=${this.#unusedOnly} @change=${this.#filter} />
        ${words.unusedOnly}
      </label>
      <span class="hint" role="status">${isFiltered ? words.found(count, this.#numbered.length) : nothing}</span>
    </div>`;
  }

  #group({title, note, expiresAt, keys}: KeyGroup, group: number, isOneOfMany: boolean): TemplateResult {
    const words = this.#terms;
    const blocks = Array.from({length: Math.ceil(keys.length / blockSize)}, (_, block) => `${group}-${block}`);
    return html`<section>
      <div class="row head">
        <h4 id="group-${group}">${title}</h4>
        ${isOneOfMany && keys.length > 1 ? this.#copyAll(keys, words.copyGroup(keys.length), `group ${group}`) : nothing}
      </div>
      ${expiresAt ? html`<p class="hint">${words.expires(formatDate(expiresAt, this.words.lang))}</p>` : nothing}
      ${note ? html`<p class="note muted">${note}</p>` : nothing}
      <div role="list" aria-labelledby="group-${group}" class="keys">
        ${repeat(
          blocks,
          block => block,
          (block, index) => this.#block(block, keys, index * blockSize),
        )}
      </div>
    </section>`;
  }

  #block(block: string, keys: readonly NumberedKey[], start: number): TemplateResult {
    const rows = keys.slice(start, start + blockSize);
    return html`<div role="presentation" data-block=${block} data-rows=${rows.length}>
      ${
        this.#window.isDrawn(block)
          ? repeat(
              rows,
              ({key}) => key.id,
              (numbered, index) => this.#row(numbered, start + index + 1, keys.length),
            )
          : nothing
      }
    </div>`;
  }

  #row(numbered: NumberedKey, position: number, count: number): TemplateResult {
    const {id, secret} = numbered.key;
    return keyRow({
      numbered,
      position,
      count,
      isUsed: this.#used.has(id),
      isPicked: this.#picked?.has(id),
      picture: secret.kind === 'image' ? this.#pictures.address(secret) : undefined,
      isBlocked: this.#blocked.has(id),
      copied: this.#copied,
      words: this.#terms,
      copy: (text, place) => void this.#copy(text, place),
      mark: isUsed => void this.#mark(id, isUsed),
      pick: isPicked => {
        this.#picked = withOrWithout(this.#picked ?? new Set(), id, isPicked);
        this.requestUpdate();
      },
      save: (address, mediaType) => {
        save(address, `${this.orderNumber}-${numbered.number}.${mediaType.replace('image/', '')}`);
      },
      block: () => {
        this.#blocked.add(id);
        this.requestUpdate();
      },
    });
  }

  #actions(shown: readonly NumberedKey[]): TemplateResult {
    const words = this.#terms;
    const all = shown.length === this.#numbered.length ? words.copyAll : words.copyShown(shown.length);
    return html`${shown.length > 1 ? this.#copyAll(shown, all, 'all') : nothing}
      <button type="button" class="button" @click=${() => this.#download('txt')}>${words.download}</button>
      <button type="button" class="button" @click=${() => this.#download('csv')}>${words.downloadTable}</button>
      <button type="button" class="button quiet report" @click=${this.#startReport}>${words.report}</button>`;
  }

  #reporting(picked: ReadonlySet<string>): TemplateResult {
    const words = this.#terms;
    return html`<button
        type="button"
        class="button primary"
        aria-disabled=${picked.size === 0}
        @click=${() => picked.size > 0 && this.#report(picked)}
      >
        ${words.reportPicked(picked.size)}
      </button>
      <button type="button" class="button" @click=${this.#cancelReport}>${words.cancel}</button>`;
  }

  #copyAll(keys: readonly NumberedKey[], label: string, place: string): TemplateResult {
    const text = (): string => keys.map(({key}) => secretText(key.secret)).join('\n');
    return html`<button type="button" class="button" @click=${() => void this.#copy(text(), place)}>
      ${this.#copied === place ? this.#terms.copied : label}
    </button>`;
  }

  readonly #search = (event: Event): void => {
    this.#query = (event.target as HTMLInputElement).value;
    this.#beginAnew();
  };

  readonly #filter = (event: Event): void => {
    this.#unusedOnly = (event.target as HTMLInputElement).checked;
    this.#beginAnew();
  };

  readonly #settle = (): void => {
    this.#isFresh = false;
    this.requestUpdate();
  };

  /** Other keys are listed now. */
  #beginAnew(): void {
    this.#window.reset('0-0');
    this.requestUpdate();
  }

  async #copy(text: string, place: string): Promise<void> {
    const isCopied = await copyText(text, this.renderRoot as ShadowRoot);
    if (!this.isConnected) return;
    this.#copied = isCopied ? place : undefined;
    this.#say(this.#terms[isCopied ? 'copied' : 'notCopied'], isCopied ? 'visually-hidden' : 'error');
    clearTimeout(this.#copiedTimer);
    if (!isCopied) return;
    this.#copiedTimer = setTimeout(() => {
      this.#copied = undefined;
      this.#say('');
    }, copiedFor);
  }

  /** All keys, whatever is listed: a file that lacks some looks as if it had them all. */
  #download(kind: 'txt' | 'csv'): void {
    const words = this.#terms;
    const text =
      kind === 'txt'
        ? keysText(this.#numbered, `${words.order} ${this.orderNumber}`)
        : keysTable(this.#numbered, this.orderNumber, this.#used, words);
    const address = URL.createObjectURL(new Blob([text], {type: kind === 'txt' ? 'text/plain' : 'text/csv'}));
    save(address, `${this.orderNumber}.${kind}`);
    setTimeout(() => URL.revokeObjectURL(address), addressFor);
  }

  async #loadUsed(): Promise<void> {
    const ids = await this.#shop.shop?.orders.usedKeys(this.orderId);
    if (!ids || !this.isConnected) return;
    this.#used = new Set(ids);
    this.requestUpdate();
  }

  async #mark(id: string, isUsed: boolean): Promise<void> {
    this.#used = withOrWithout(this.#used, id, isUsed);
    this.requestUpdate();
    await this.#shop.shop?.orders.markKey(this.orderId, id, isUsed);
  }

  readonly #startReport = (): void => {
    const [only, ...others] = this.#numbered;
    if (only && others.length === 0) this.#report(new Set([only.key.id]));
    else {
      this.#picked = new Set();
      this.#say(this.#terms.reportHow);
      void this.#focus('[role=listitem] input');
    }
  };

  #report(picked: ReadonlySet<string>): void {
    const reported = this.#numbered.filter(({key}) => picked.has(key.id));
    this.#endReport();
    const isLeftToUs = this.dispatchEvent(
      new KsTicketRequestEvent(
        this.orderId,
        reported.map(({key}: {readonly key: Key}) => key.id),
      ),
    );
    // Whoever takes it may have put the focus where the case goes on.
    if (isLeftToUs) void this.#focus('.report');
    const numbers = reported.map(({number}) => number).join(', ');
    if (isLeftToUs) this.#say(this.#terms.tellSeller(this.orderNumber, numbers), 'told');
  }

  readonly #cancelReport = (): void => {
    this.#endReport();
    void this.#focus('.report');
  };

  #endReport(): void {
    this.#picked = undefined;
    this.#say('');
  }

  /** The pressed control makes way for another, which takes the focus over. */
  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #say(news: string, tone: Tone = 'visually-hidden'): void {
    this.#news = news;
    this.#tone = tone;
    this.requestUpdate();
  }
}

function withOrWithout(ids: ReadonlySet<string>, id: string, isWith: boolean): ReadonlySet<string> {
  const changed = new Set(ids);
  if (isWith) changed.add(id);
  else changed.delete(id);
  return changed;
}

function save(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
