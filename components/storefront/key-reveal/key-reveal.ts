import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {KeystallError} from '../../../src/client/errors.ts';
import type {Keys} from '../../../src/contract/keys.ts';
import type {KnownOrder, Loaded} from '../../../src/store/shop.ts';
import {codeMissingError} from '../../../src/store/code-missing.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {failureText, noShop} from '../../shared/failure.ts';
import {alertIcon} from '../../shared/icons.ts';
import {minutesUntilRetry} from '../../shared/minutes-until-retry.ts';
import {monoStyles} from '../../shared/mono.styles.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {purchaseWords, type PurchaseWords} from '../languages/word-packs.ts';
import {loadKeyFrame} from './key-frame/load-key-frame.ts';
import {keyRevealStyles} from './key-reveal.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-key-reveal': KsKeyReveal;
  }
}

/** How long keys stay uncovered while nobody touches them, in milliseconds. */
const shownFor = 60_000;
/**
 * The keys of an order, covered until somebody asks for them. They are fetched at that moment, held by this element
 * alone, and dropped when they are hidden again: by the button, after a minute without a touch, when the page is left
 * or put in the background, and when the element goes.
 *
 * @summary The keys that were bought: uncover, find, copy, download, mark, report, hide.
 * @tagname ks-key-reveal
 * @attr {string} order-id - Which order.
 * @attr {string} order-number - The number people know the order by, for files and the seller; found by itself if this
 *   device placed the order.
 * @attr {boolean} sealed - The keys come sealed to the key of the shop server's frame, which alone can show them.
 * @attr {number} count - How many keys are ready, to say so before they are uncovered.
 * @event {KsTicketRequestEvent} ks-ticket-request - Somebody says that keys do not work; names them by id. Cancelable.
 * @csspart panel - The frame around everything
 * @csspart show - The button that uncovers
 * @csspart key - One key with its buttons
 * @csspart search - The field that finds keys
 * @csspart error - Why the keys could not be shown
 */
export class KsKeyReveal extends WordedElement<PurchaseWords> {
  static override styles = [...baseStyles, monoStyles, keyRevealStyles];
  static override properties = {
    orderId: {attribute: 'order-id'},
    orderNumber: {attribute: 'order-number'},
    count: {type: Number},
    sealed: {type: Boolean},
    token: {attribute: false},
  };

  declare orderId: string | undefined;
  declare orderNumber: string | undefined;
  declare count: number | undefined;
  declare sealed: boolean;
  /** Opens an order that this device does not know. */
  declare token: string | undefined;

  protected override readonly pack = purchaseWords;
  readonly #known = new ReadableController<Loaded<readonly KnownOrder[]>>(this);
  /** From the question to the hiding: its request, timers and listeners end with it. */
  #session: AbortController | undefined;
  #keys: Keys | undefined;
  #error: KeystallError | undefined;
  #lacksFrame: KeystallError | undefined;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;
  /** For ears alone. */
  #news = '';
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
    if (this.#shop.missing) return noShop(this.words);
    if (this.sealed) return this.#framed();
    return html`<section part="panel" class="panel stack" aria-labelledby="title">
        ${this.#keys ? this.#uncovered(this.#keys) : this.#covered()}
      </section>
      <p class="visually-hidden" role="status">${this.#news}</p>`;
  }

  /** Out of reach of this page's scripts. */
  #framed(): TemplateResult {
    if (this.#lacksFrame)
      return html`<p class="error with-icon" part="error" role="alert">
        ${alertIcon}${failureText(this.#lacksFrame, this.words)}
      </p>`;
    void loadKeyFrame().catch((error: KeystallError) => {
      this.#lacksFrame = error;
      this.requestUpdate();
    });
    return html`<ks-key-frame
      exportparts="error"
      .orderId=${this.orderId ?? ''}
      .orderNumber=${this.#number}
      .count=${this.count}
      .words=${this.words}
    ></ks-key-frame>`;
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

  #uncovered(keys: Keys): TemplateResult {
    const words = this.words['key-reveal'];
    return html`<header class="row">
        <h3 id="title" tabindex="-1">${words.title(keys.keys.length)}</h3>
        <button type="button" class="button" @click=${() => this.hide()}>${words.hide}</button>
      </header>
      <ks-key-list
        exportparts="key, search"
        .keys=${keys}
        .orderId=${this.orderId ?? ''}
        .orderNumber=${this.#number}
        .words=${this.words}
        @pointermove=${this.#stay}
        @pointerdown=${this.#stay}
        @wheel=${this.#stay}
        @keydown=${this.#stay}
        @focusin=${this.#stay}
      ></ks-key-list>
      <p class="hint">${words.hint} ${keys.revealCount > 1 ? words.viewed(keys.revealCount) : nothing}</p>`;
  }

  #explain(error: KeystallError): string {
    const words = this.words['key-reveal'];
    if (error.code === 'keys_not_ready') return words.notReady;
    if (error.code === 'too_many_attempts') return words.tooMany(minutesUntilRetry(error));
    return error.code?.startsWith('order_token_') ? words.locked : failureText(error, this.words);
  }

  async #uncover(): Promise<void> {
    const {shop} = this.#shop;
    if (!shop || !this.orderId || this.#session) return;
    const {signal} = (this.#session = new AbortController());
    document.addEventListener('visibilitychange', () => document.hidden && this.hide(), {signal});
    this.#error = undefined;
    this.#say('');
    try {
      const [keys] = await Promise.all([
        shop.orders.keys(this.orderId, {signal, ...(this.token && {token: this.token})}),
        loadKeyList(),
      ]);
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
    this.#session = this.#keys = undefined;
    clearTimeout(this.#hideTimer);
  }

  /** Somebody is there: the minute begins anew. */
  readonly #stay = (): void => {
    clearTimeout(this.#hideTimer);
    this.#hideTimer = setTimeout(() => this.hide(), shownFor);
  };

  get #number(): string {
    const known = dataOf(this.#known.value)?.find(({id}) => id === this.orderId);
    return this.orderNumber ?? known?.number ?? this.orderId ?? '';
  }

  #say(news: string): void {
    this.#news = news;
    this.requestUpdate();
  }

  async #focus(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** Most who look at an order look at their keys once: what lists them waits until then. */
async function loadKeyList(): Promise<void> {
  try {
    await import('./key-list/define.ts');
  } catch (cause) {
    throw codeMissingError(cause);
  }
}
