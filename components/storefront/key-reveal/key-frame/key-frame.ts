import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {framePath} from '../../../../src/contract/frame-path.ts';
import {appearanceAt} from '../../../shared/appearance.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {KsTicketRequestEvent} from '../../../shared/events/ks-ticket-request.ts';
import type {FromFrame} from '../../../shared/frame-messages.ts';
import {alertIcon} from '../../../shared/icons.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import {pageTheme} from '../../../shared/theme.ts';
import {languageOf} from '../../../shared/words/language-of.ts';
import type {Words} from '../../../shared/words/word-pack.ts';
import type {PurchaseWords} from '../../languages/word-packs.ts';
import {FoundInFrameEvent} from './events/found-in-frame.ts';
import {openFrameChannel, type FrameChannel} from './frame-channel.ts';
import {leaveDialogAround} from './leave-dialog.ts';
import {watchAround} from './watch-around.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-key-frame': KsKeyFrame;
  }
}

/** The highest that a frame may make itself, in pixels: what is beyond it is scrolled to within the frame. */
const highest = 16_000;

const keyFrameStyles = css`
  :host {
    display: grid;
  }
  iframe,
  .panel {
    grid-area: 1 / 1;
    min-inline-size: 0;
  }
  iframe {
    inline-size: 100%;
    border: 0;
  }
  /* Unseen, but not without a size: browsers draw nothing, and measure nothing, in a frame that has none. */
  iframe:not(.shown) {
    block-size: 100%;
    opacity: 0;
    pointer-events: none;
  }
  .waiting {
    /* As high as what comes in its place. */
    min-block-size: 252px;
  }
`;

/**
 * The keys of an order in a frame of the shop server's origin, where no script of this page can read them: all that is
 * known of them here is how high the frame is. Without an order the frame asks for its number, contact and lookup
 * password. Part of `ks-key-reveal` and `ks-order-lookup`.
 *
 * @event {KsTicketRequestEvent} ks-ticket-request - Somebody says, in the frame, that keys do not work; names them by id. Cancelable.
 * @event {FoundInFrameEvent} ks-found-in-frame - An order was looked up in the frame.
 * @csspart error - What is shown where the frame cannot be loaded
 */
export class KsKeyFrame extends LitElement {
  static override styles = [...baseStyles, keyFrameStyles];
  static override properties = {
    orderId: {attribute: false},
    orderNumber: {attribute: false},
    count: {attribute: false},
    words: {attribute: false},
  };

  declare orderId: string | undefined;
  declare orderNumber: string | undefined;
  declare count: number | undefined;
  declare words: Words<PurchaseWords>;

  readonly #shop = new ShopController(this);
  #channel: FrameChannel | undefined;
  #isReady = false;
  /** Whether something stands in the frame. */
  #isShown = false;
  #isBlocked = false;
  /** What is drawn next takes the focus over. */
  #hasFocus = false;
  #stop: readonly (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const dressAnew = (): void => this.requestUpdate();
    this.#stop = [pageTheme.subscribe(dressAnew), watchAround(this, dressAnew)];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stop) stop();
    this.#close();
  }

  protected override willUpdate(): void {
    this.#hasFocus = Boolean(this.shadowRoot?.activeElement);
  }

  protected override render(): TemplateResult {
    const words = this.words['key-reveal'];
    if (this.#isBlocked) {
      return html`<div class="panel stack" role="alert">
        <p class="error with-icon" part="error">${alertIcon}${words.frameBlocked}</p>
        <a class="button primary wide" target="_blank" rel="noopener" href=${this.#window}>${words.openWindow}</a>
        <button type="button" class="button again" @click=${this.#again}>${this.words.failure.retry}</button>
      </div>`;
    }
    return this.#isShown
      ? html`${nothing}`
      : html`<div class="panel waiting" tabindex="-1" aria-busy="true">
          <p class="hint skeleton">${words.asking}</p>
        </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#follow(changed);
    const isLost = this.#hasFocus && !this.shadowRoot!.activeElement;
    if (isLost) this.renderRoot.querySelector<HTMLElement>('.again, .waiting, iframe.shown')?.focus();
  }

  #follow(changed: PropertyValues<this>): void {
    const {shop} = this.#shop;
    if (!shop || !this.isConnected || this.#isBlocked) return;
    if (!this.#channel) return this.#open(shop.address);
    if (!this.#isReady) return;
    this.#dress(this.#channel);
    if (changed.has('orderId') || changed.has('orderNumber') || changed.has('count')) this.#show(this.#channel);
  }

  #open(address: string): void {
    this.#channel = openFrameChannel(address, this.renderRoot as ShadowRoot, {
      take: message => this.#take(message),
      fail: () => this.#block(),
    });
  }

  #block(): void {
    this.#close();
    this.#isBlocked = true;
    this.requestUpdate();
  }

  #take(message: FromFrame): void {
    const channel = this.#channel;
    if (!channel) return;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#dress(channel);
        return this.#show(channel);
      case 'size':
        return this.#fit(channel, message.height);
      case 'escape':
        return leaveDialogAround(this);
      case 'found':
        this.dispatchEvent(new FoundInFrameEvent(message.order, message.token));
        return;
      case 'ticket':
        if (message.orderId === this.orderId) {
          this.dispatchEvent(new KsTicketRequestEvent(message.orderId, message.keyIds));
        }
        return;
      default:
    }
  }

  #fit({frame, settle}: FrameChannel, height: number): void {
    if (height === 0) return;
    settle();
    frame.style.setProperty('block-size', `${Math.min(Math.ceil(height), highest)}px`);
    if (this.#isShown) return;
    this.#isShown = true;
    frame.classList.add('shown');
    this.requestUpdate();
  }

  #dress({frame, tell}: FrameChannel): void {
    const ground = this.#ground;
    const said = this.#shop.scope?.theme;
    const theme = said === 'high-contrast' ? said : ground;
    frame.title = this.orderId ? this.words['key-reveal'].title(undefined) : this.words['order-lookup'].title;
    // A frame whose colour scheme is another than the page's is not transparent.
    frame.style.setProperty('color-scheme', ground);
    const dir = getComputedStyle(this).direction === 'rtl' ? 'rtl' : 'ltr';
    tell({type: 'dress', lang: languageOf(this), dir, theme, ground, appearance: appearanceAt(this)});
  }

  get #ground(): 'light' | 'dark' {
    const said = this.#shop.scope?.theme;
    return said === 'light' || said === 'dark' ? said : pageTheme.value;
  }

  get #window(): string {
    return `${this.#shop.address}${framePath}${this.orderId ? `#${this.orderId}` : ''}`;
  }

  #show({tell}: FrameChannel): void {
    const {orderId, orderNumber = '', count} = this;
    if (orderId) tell({type: 'show', orderId, orderNumber, ...(count !== undefined && {count})});
    else tell({type: 'look_up'});
  }

  #close(): void {
    this.#channel?.close();
    this.#channel = undefined;
    this.#isReady = this.#isShown = false;
  }

  readonly #again = (): void => {
    this.#isBlocked = false;
    this.requestUpdate();
  };
}
