import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {KeystallError} from '../../../src/client/errors.ts';
import type {Key, Keys} from '../../../src/contract/keys.ts';
import {secretText, type CardSecret} from '../../../src/domain/card-secret.ts';
import type {KnownOrder, Loaded} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {failureText} from '../../shared/failure.ts';
import {alertIcon} from '../../shared/icons.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {purchaseWords, type PurchaseWords} from '../languages/word-packs.ts';
import {copyText} from './copy-text.ts';
import {groupKeys, keysFile, type KeyGroup} from './key-groups.ts';
import {keyRevealStyles} from './key-reveal.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-key-reveal': KsKeyReveal;
  }
}

/** How long keys stay uncovered while nobody touches them, in milliseconds. */
const shownFor = 60_000;
/** How long a button says that it copied, in milliseconds. */
const copiedFor = 2_000;
/** A download reads its address a little after the click. */
const addressFor = 10_000;

const safePictures = /^image\/(png|jpeg|webp|gif)$/;
const safeLink = /^https?:\/\//i;

/**
 * The keys of an order, covered until somebody asks for them. They are fetched at that moment, held by this element
 * alone, and dropped when they are hidden again: by the button, after a minute without a touch, when the page is left
 * or put in the background, and when the element goes.
 *
 * @summary The keys that were bought: uncover, copy, download, hide.
 * @tagname ks-key-reveal
 * @attr {string} order-id - Which order.
 * @attr {number} count - How many keys are ready, to say so before they are uncovered.
 * @csspart panel - The frame around everything
 * @csspart show - The button that uncovers
 * @csspart key - One key with its copy buttons
 * @csspart error - Why the keys could not be shown
 */
export class KsKeyReveal extends WordedElement<PurchaseWords> {
  static override styles = [...baseStyles, keyRevealStyles];
  static override properties = {
    orderId: {attribute: 'order-id'},
    count: {type: Number},
    token: {attribute: false},
  };

  declare orderId: string | undefined;
  declare count: number | undefined;
  /** Opens an order that this device does not know. */
  declare token: string | undefined;

  protected override readonly pack = purchaseWords;
  readonly #known = new ReadableController<Loaded<readonly KnownOrder[]>>(this);
  /** From the question to the hiding: its request, timers and listeners end with it. */
  #session: AbortController | undefined;
  #keys: Keys | undefined;
  #error: KeystallError | undefined;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;
  #copied: string | undefined;
  /** For ears, and if `#warns` for eyes as well. */
  #news = '';
  #warns = false;
  readonly #shop = new ShopController(this, {entered: () => () => this.hide()});

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.hide();
    // Secrets leave the tree now, not with the next update.
    if (this.hasUpdated) this.performUpdate();
  }

  /** Covers the keys and forgets them. */
  hide(): void {
    if (!this.#session) return;
    this.#say(this.#keys ? this.words['key-reveal'].hidden : '');
    this.#end();
    const focused = this.shadowRoot?.activeElement;
    if (focused) void this.#focus('.show');
  }

  protected override follow(): void {
    this.#known.follow(this.#shop.shop?.orders.known);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.hasUpdated && (changed.has('orderId') || changed.has('token'))) this.hide();
  }

  protected override render(): TemplateResult {
    return html`<section part="panel" class="panel stack" aria-labelledby="title">
        ${this.#keys ? this.#uncovered(this.#keys) : this.#covered()}
      </section>
      <p class=${this.#warns ? 'error' : 'visually-hidden'} role="status">${this.#news}</p>`;
  }

  #covered(): TemplateResult {
    const words = this.words['key-reveal'];
    const asking = this.#session !== undefined;
    return html`<header class="row"><h3 id="title">${words.title(this.count)}</h3></header>
      <div class="stack mask" aria-busy=${asking}>
        <div class="foil mono ${asking ? 'skeleton' : ''}" aria-hidden="true">•••• •••• •••• ••••</div>
        <p class="hint">${words.masked}</p>
        ${
          this.#error
            ? html`<p class="error with-icon" part="error" role="alert">${alertIcon}${this.#explain(this.#error)}</p>`
            : nothing
        }
        <button
          type="button"
          class="button primary show"
          part="show"
          aria-disabled=${asking}
          @click=${() => void this.#uncover()}
        >
          ${words[asking ? 'asking' : 'show']}
        </button>
      </div>`;
  }

  #uncovered({keys, revealCount}: Keys): TemplateResult {
    const words = this.words['key-reveal'];
    return html`<header class="row">
        <h3 id="title" tabindex="-1">${words.title(keys.length)}</h3>
        <button type="button" class="button" @click=${() => this.hide()}>${words.hide}</button>
      </header>
      <div
        class="keys"
        @pointermove=${this.#stay}
        @pointerdown=${this.#stay}
        @wheel=${this.#stay}
        @keydown=${this.#stay}
        @focusin=${this.#stay}
      >
        ${groupKeys(keys).map(group => this.#group(group))}
      </div>
      <div class="actions">
        ${keys.length > 1 ? this.#copyButton(keys.map(key => secretText(key.secret)).join('\n'), 'all', 'copyAll') : nothing}
        <button type="button" class="button" @click=${this.#download}>${words.download}</button>
      </div>
      <p class="hint">${words.hint} ${revealCount > 1 ? words.viewed(revealCount) : nothing}</p>`;
  }

  #group({title, note, keys}: KeyGroup): TemplateResult {
    return html`<h4>${title}</h4>
      ${note ? html`<p class="note muted">${note}</p>` : nothing}
      <ol>
        ${keys.map((key, index) => html`<li part="key">${this.#key(key, index + 1)}</li>`)}
      </ol>`;
  }

  #key({id, secret}: Key, index: number): TemplateResult | TemplateResult[] {
    if (secret.kind === 'image') return this.#picture(secret, index);
    const words = this.words['key-reveal'];
    const texts: readonly [label: string, text: string][] =
      secret.kind === 'number_and_password'
        ? [
            [words.number, secret.number],
            [words.password, secret.password],
          ]
        : [['', secretText(secret)]];
    return texts.map(
      ([label, text]) =>
        html`<div class="part">
          ${label ? html`<span class="hint">${label}</span>` : nothing}
          <code class="secret mono" dir="auto" translate="no"
            >${
              secret.kind === 'link' && safeLink.test(text)
                ? html`<a href=${text} target="_blank" rel="noopener noreferrer">${text}</a>`
                : text
            }</code
          >
          ${this.#copyButton(text, id + label, 'copy', ...(label ? [label, index] : [index]))}
        </div>`,
    );
  }

  #picture({mediaType, base64}: Extract<CardSecret, {kind: 'image'}>, index: number): TemplateResult {
    if (!safePictures.test(mediaType)) return html`<p class="error">${this.words['key-reveal'].unsafe}</p>`;
    return html`<div class="secret">
      <img alt=${this.words['key-reveal'].image(index)} src="data:${mediaType};base64,${base64}" />
    </div>`;
  }

  #copyButton(
    text: string,
    place: string,
    term: 'copy' | 'copyAll',
    ...what: readonly (string | number)[]
  ): TemplateResult {
    const said = this.words['key-reveal'][this.#copied === place ? 'copied' : term];
    return html`<button
      type="button"
      class="button"
      aria-label=${[said, ...what].join(' ')}
      @click=${() => void this.#copy(text, place)}
    >
      ${said}
    </button>`;
  }

  #explain(error: KeystallError): string {
    if (error.code === 'keys_not_ready') return this.words['key-reveal'].notReady;
    return error.code?.startsWith('order_token_') ? this.words['key-reveal'].locked : failureText(error, this.words);
  }

  async #uncover(): Promise<void> {
    const {shop} = this.#shop;
    if (!shop || !this.orderId || this.#session) return;
    const {signal} = (this.#session = new AbortController());
    document.addEventListener('visibilitychange', () => document.hidden && this.hide(), {signal});
    this.#error = undefined;
    this.#say('');
    try {
      const keys = await shop.orders.keys(this.orderId, {signal, ...(this.token && {token: this.token})});
      if (signal.aborted) return;
      this.#keys = keys;
      this.#stay();
      await this.#focus('#title');
    } catch (error) {
      if (signal.aborted) return;
      this.#end();
      this.#error = error as KeystallError;
      this.requestUpdate();
    }
  }

  #end(): void {
    this.#session?.abort();
    this.#session = this.#keys = this.#copied = undefined;
    clearTimeout(this.#hideTimer);
  }

  /** Somebody is there: the minute begins anew. */
  readonly #stay = (): void => {
    clearTimeout(this.#hideTimer);
    this.#hideTimer = setTimeout(() => this.hide(), shownFor);
  };

  async #copy(text: string, place: string): Promise<void> {
    const signal = this.#session?.signal;
    this.#stay();
    const isCopied = await copyText(text, this.renderRoot as ShadowRoot);
    if (!signal || signal.aborted) return;
    this.#copied = isCopied ? place : undefined;
    this.#say(this.words['key-reveal'][isCopied ? 'copied' : 'notCopied'], !isCopied);
    if (!isCopied) return;
    const timer = setTimeout(() => {
      if (this.#copied !== place) return;
      this.#copied = undefined;
      this.#say('');
    }, copiedFor);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }

  readonly #download = (): void => {
    if (!this.#keys || !this.orderId) return;
    const number = dataOf(this.#known.value)?.find(({id}) => id === this.orderId)?.number ?? this.orderId;
    const text = keysFile(this.#keys.keys, `${this.words['key-reveal'].order} ${number}`);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], {type: 'text/plain'}));
    link.download = `${number}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), addressFor);
  };

  #say(news: string, warns = false): void {
    this.#news = news;
    this.#warns = warns;
    this.requestUpdate();
  }

  async #focus(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
