import {ContextProvider} from '@lit/context';
import {css, html, isServer, LitElement, type PropertyValues, type TemplateResult} from 'lit';
import type {Shop} from '../../../src/store/shop.ts';
import {setAppearance, type Appearance} from '../../shared/appearance.ts';
import {defaultShopAddress, onDefaultShopAddress} from '../../shared/default-shop-address.ts';
import {placeOnServer} from '../../shared/on-server.ts';
import {shopContext} from '../../shared/shop-context.ts';
import {borrowShop, scopeOf} from '../../shared/shop-registry.ts';
import {themes, type Theme} from '../../shared/theme.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-shop': KsShop;
  }
}

/**
 * Gives the elements within it a shop and settings of their own. Elements outside any share the page's default shop.
 * Two of them with one address share one shop, and so one cart.
 *
 * @summary The shop, language and theme of the elements within it.
 * @tagname ks-shop
 * @slot - Anything; the elements of the storefront among it belong to this shop.
 * @attr {string} api - Any URL on the shop server; the page's default shop if absent.
 * @attr {string} lang - Language of the elements within, such as `zh-CN` or `en`; the page's if absent.
 * @attr {'light' | 'dark' | 'auto' | 'high-contrast'} theme - Look of the elements within; `auto`, as the page looks, if
 *   absent.
 */
export class KsShop extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;
  static override properties = {
    api: {reflect: true},
    lang: {reflect: true},
    theme: {reflect: true},
    appearance: {attribute: false},
    shop: {attribute: false},
  };

  declare api: string | undefined;
  declare lang: string;
  declare theme: Theme | undefined;
  /** Values for the `--ks-*` tokens of the elements within: `{accent: '#0b6e4f', radius: '4px'}`. */
  declare appearance: Appearance | undefined;
  /** A shop made by `createShop`, instead of `api`. It stays its maker's to dispose of. */
  declare shop: Shop | undefined;

  readonly #context = new ContextProvider(this, {context: shopContext, initialValue: undefined});
  #borrowed: ReturnType<typeof borrowShop> | undefined;
  #borrowedFrom: string | undefined;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    // Whoever renders on a server may call it: there a shop is no more than its address.
    if (isServer) return;
    super.connectedCallback();
    this.#stop = onDefaultShopAddress(() => this.#provide());
    this.#provide();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#return();
  }

  protected override willUpdate(): void {
    if (isServer) placeOnServer(this);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('appearance')) setAppearance(this, this.appearance);
    if (this.isConnected) this.#provide(changed.has('lang'));
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  /** @param anew even if the scope is the same: the elements within are to look around again. */
  #provide(anew = false): void {
    const shop = this.shop ?? this.#borrow();
    // Attributes are written by hand.
    const theme = themes.find(known => known === this.theme);
    const provided = this.#context.value;
    if (!anew && provided?.shop === shop && provided?.theme === theme) return;
    this.#context.setValue(shop && scopeOf(shop, this, theme));
  }

  #borrow(): Shop | undefined {
    const url = this.api || defaultShopAddress();
    if (url !== this.#borrowedFrom) {
      const before = this.#borrowed;
      const address = url && originOf(url);
      this.#borrowed = address ? borrowShop(address, this) : undefined;
      this.#borrowedFrom = url;
      before?.giveBack();
    }
    return this.#borrowed?.shop;
  }

  #return(): void {
    this.#borrowed?.giveBack();
    this.#borrowed = undefined;
    this.#borrowedFrom = undefined;
  }
}

function originOf(url: string): string | undefined {
  try {
    return new URL(url, location.href).origin;
  } catch {
    reportError(new TypeError(`<ks-shop api="${url}"> is no URL. Give it the address of a shop server.`));
    return undefined;
  }
}
