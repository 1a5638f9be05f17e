import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {appearanceAt} from '../../../shared/appearance.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {KsTicketRequestEvent} from '../../../shared/events/ks-ticket-request.ts';
import {framePath, type FromFrame} from '../../../shared/frame-messages.ts';
import {alertIcon} from '../../../shared/icons.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import {pageTheme} from '../../../shared/theme.ts';
import {languageOf} from '../../../shared/words/language-of.ts';
import type {Words} from '../../../shared/words/word-pack.ts';
import type {PurchaseWords} from '../../languages/word-packs.ts';
import {openFrameChannel, type FrameChannel} from './frame-channel.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-key-frame': KsKeyFrame;
  }
}

const keyFrameStyles = css`
  iframe {
    display: block;
    inline-size: 100%;
    block-size: 0;
    border: 0;
  }
  .panel {
    padding: 16px;
  }
`;

/**
 * The keys of an order in a frame of the shop server's origin, where no script of this page can read them: all that is
 * known of them here is how high the frame is. Part of `ks-key-reveal`.
 *
 * @event {KsTicketRequestEvent} ks-ticket-request - Somebody says, in the frame, that keys do not work; names them by id. Cancelable.
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

  declare orderId: string;
  declare orderNumber: string;
  declare count: number | undefined;
  declare words: Words<PurchaseWords>;

  readonly #shop = new ShopController(this);
  #channel: FrameChannel | undefined;
  #isReady = false;
  #isBlocked = false;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = pageTheme.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#close();
  }

  protected override render(): TemplateResult {
    const words = this.words['key-reveal'];
    if (this.#isBlocked) {
      return html`<div class="panel stack" role="alert">
        <p class="error with-icon" part="error">${alertIcon}${words.frameBlocked}</p>
        <a class="button primary wide" target="_blank" rel="noopener" href=${`${this.#shop.address}${framePath}`}
          >${words.openWindow}</a
        >
        <button type="button" class="button" @click=${this.#again}>${this.words.failure.retry}</button>
      </div>`;
    }
    return this.#isReady
      ? html`${nothing}`
      : html`<div class="panel" aria-busy="true"><p class="hint skeleton">${words.asking}</p></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const {shop} = this.#shop;
    if (!shop || !this.isConnected || this.#isBlocked) return;
    if (!this.#channel) return this.#open(shop.address);
    if (!this.#isReady) return;
    this.#dress(this.#channel);
    if (changed.has('orderId') || changed.has('orderNumber') || changed.has('count')) this.#show(this.#channel);
  }

  #open(address: string): void {
    const channel = openFrameChannel(address, this.renderRoot as ShadowRoot, message => this.#take(message));
    this.#channel = channel;
    channel.ready.catch(() => {
      if (this.#channel !== channel) return;
      this.#close();
      this.#isBlocked = true;
      this.requestUpdate();
    });
  }

  #take(message: FromFrame): void {
    const channel = this.#channel;
    if (!channel) return;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#dress(channel);
        this.#show(channel);
        return this.requestUpdate();
      case 'size':
        return channel.frame.style.setProperty('block-size', `${Math.ceil(message.height)}px`);
      case 'ticket':
        if (message.orderId === this.orderId) {
          this.dispatchEvent(new KsTicketRequestEvent(message.orderId, message.keyIds));
        }
        return;
      default:
    }
  }

  #dress({frame, tell}: FrameChannel): void {
    const ground = this.#ground;
    const said = this.#shop.scope?.theme;
    const theme = said === 'high-contrast' ? said : ground;
    frame.title = this.words['key-reveal'].title(undefined);
    // A frame whose colour scheme is another than the page's is not transparent.
    frame.style.setProperty('color-scheme', ground);
    const dir = getComputedStyle(this).direction === 'rtl' ? 'rtl' : 'ltr';
    tell({type: 'dress', lang: languageOf(this), dir, theme, ground, appearance: appearanceAt(this)});
  }

  get #ground(): 'light' | 'dark' {
    const said = this.#shop.scope?.theme;
    return said === 'light' || said === 'dark' ? said : pageTheme.value;
  }

  #show({tell}: FrameChannel): void {
    const {orderId, orderNumber, count} = this;
    tell({type: 'show', orderId, orderNumber, ...(count !== undefined && {count})});
  }

  #close(): void {
    this.#channel?.close();
    this.#channel = undefined;
    this.#isReady = false;
  }

  readonly #again = (): void => {
    this.#isBlocked = false;
    this.requestUpdate();
  };
}
