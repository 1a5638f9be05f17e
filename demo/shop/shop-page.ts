import {html, nothing, render, type TemplateResult} from 'lit';
import type {Payment} from '../../src/contract/payment.ts';
import type {Category} from '../../src/contract/product.ts';
import {scenarioNames} from '../../src/mocks/scenario.ts';
import type {MockShop, WaitingTicket} from '../../src/mocks/index.ts';
import {productSorts} from '../../src/contract/product-sorts.ts';
import type {Loaded, Shop} from '../../src/store/shop.ts';
import type {Readable} from '../../src/store/readable.ts';
import type {Cashier} from '../cashier/cashier.ts';
import {segments} from '../segments.ts';
import {platformDrawer} from './platform/platform-drawer.ts';
import {accents, corners, languages, themes, writeSettings, type DemoSettings} from './settings.ts';
import {demoWords, type DemoWords} from './words.ts';

export interface ShopPageOptions {
  readonly settings: () => DemoSettings;
  readonly change: (changes: Partial<DemoSettings>) => void;
}

export interface OpenShop {
  readonly mocks: MockShop;
  readonly shop: Shop;
  readonly cashier: Cashier;
}

/** How often the platform's drawer looks again while it is open, in milliseconds: the sandbox tells nobody of changes. */
const lookEvery = 500;

/** Everything around the elements: bar, categories, drawer, dialogs. Drawn anew whenever something changed. */
export class ShopPage {
  readonly #host: HTMLElement;
  readonly #options: ShopPageOptions;
  #open: OpenShop | undefined;
  #failed = false;
  #categories: Readable<Loaded<readonly Category[]>> | undefined;
  #stopCategories: (() => void) | undefined;
  #looking: ReturnType<typeof setInterval> | undefined;
  #ordersShown = false;
  #orderId: string | undefined;
  /** Newest first. */
  #orders: readonly {readonly id: string; readonly number: string}[] = [];
  #reports: readonly WaitingTicket[] = [];
  /** By their payments' ids. */
  readonly #transfers = new Map<string, Payment>();
  /** QR payments the phone was held before. */
  #scanned = new Set<string>();

  constructor(host: HTMLElement, options: ShopPageOptions) {
    this.#host = host;
    this.#options = options;
    host.addEventListener('ks-order-placed', ({orderId, number}) => {
      this.#orders = [{id: orderId, number}, ...this.#orders];
      this.draw();
    });
    document.addEventListener('pointerdown', ({target}) => {
      const look = host.querySelector('details');
      if (look?.open && target instanceof Node && !look.contains(target)) look.open = false;
    });
  }

  get cashierDialog(): HTMLDialogElement {
    return this.#host.querySelector('#cashier')!;
  }

  /** The shop is there. */
  open(shop: OpenShop): void {
    this.#open = shop;
    shop.shop.checkout.subscribe(() => this.#checkoutChanged(shop));
    shop.shop.cart.subscribe(() => this.draw());
    this.draw();
  }

  /** There will be no shop. */
  fail(): void {
    this.#failed = true;
    this.draw();
  }

  draw(): void {
    const settings = this.#options.settings();
    const words = demoWords[settings.lang];
    document.title = words.title;
    this.#follow(settings.lang);
    this.#look(settings.platform === 'open');
    render(this.#page(settings, words), this.#host);
    this.#open?.cashier.draw();
  }

  #page(settings: DemoSettings, words: DemoWords): TemplateResult {
    const [, whatToSee] = words.scenarios[settings.scenario];
    return html`<header class="bar">
        <h1><img src="../mark.svg" alt="" /><span>${words.title}</span></h1>
        ${this.#controls(settings, words)}
        <div class="ways">
          <button
            type="button"
            class="button"
            aria-pressed=${settings.platform === 'open'}
            @click=${() => this.#options.change({platform: settings.platform === 'open' ? 'closed' : 'open'})}
          >
            ${words.platform.short}
          </button>
          <button type="button" class="button" ?hidden=${this.#orders.length === 0} @click=${() => this.#showOrders()}>
            ${words.orders}
          </button>
          <ks-cart-button></ks-cart-button>
        </div>
      </header>
      ${this.#failed ? html`<p class="failed" role="alert">${words.cannotStart}</p>` : nothing}
      <div class="room">
        ${this.#drawer(settings, words)}
        <main>
          <p class="scenario"><strong>${whatToSee}</strong> ${words.about}</p>
          <div class="shelf">
            ${this.#categoryChoice(settings, words)}
            <section>
              ${this.#search(settings, words)}
              <ks-product-grid
                category=${settings.category || nothing}
                q=${settings.q || nothing}
                sort=${settings.sort}
              ></ks-product-grid>
            </section>
          </div>
        </main>
      </div>
      <dialog
        id="orders"
        aria-label=${words.orders}
        @close=${() => {
          this.#ordersShown = false;
          this.draw();
        }}
      >
        ${this.#ordersShown ? this.#orderDialog(words) : nothing}
      </dialog>
      <dialog id="cashier"></dialog>`;
  }

  #controls(settings: DemoSettings, words: DemoWords): TemplateResult {
    const {change} = this.#options;
    return html`<div class="controls">
      <select
        name="scenario"
        aria-label=${words.scenario}
        @change=${(event: Event) => change({scenario: chosen(event) as DemoSettings['scenario']})}
      >
        ${scenarioNames.map(
          name =>
            html`<option value=${name} ?selected=${name === settings.scenario}>${words.scenarios[name][0]}</option>`,
        )}
      </select>
      ${segments(
        words.language,
        languages.map(value => [value, value === 'en' ? 'English' : '中文']),
        settings.lang,
        lang => change({lang}),
      )}
      ${segments(
        words.theme,
        themes.map(value => [value, words.themes[value]]),
        settings.theme,
        theme => change({theme}),
      )}
      <details>
        <summary class="button">${words.look}</summary>
        <div class="popup">
          ${segments(
            words.accent,
            accents.map(value => [value, words.accents[value]]),
            settings.accent,
            accent => change({accent}),
          )}
          ${segments(
            words.corner,
            corners.map(value => [value, words.corners[value]]),
            settings.corner,
            corner => change({corner}),
          )}
        </div>
      </details>
    </div>`;
  }

  #categoryChoice(settings: DemoSettings, words: DemoWords): TemplateResult {
    const loaded = this.#categories?.value;
    const categories = loaded && 'data' in loaded && loaded.data ? loaded.data : [];
    const link = (id: string, name: string, count?: number): TemplateResult =>
      html`<li>
        <a
          href=${writeSettings({...settings, category: id}) || '?'}
          aria-current=${id === settings.category ? 'true' : nothing}
          @click=${(event: MouseEvent) => {
            // A press that opens another tab is the browser's.
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            this.#options.change({category: id});
          }}
          >${name}${count === undefined ? nothing : html` <small>${count}</small>`}</a
        >
      </li>`;
    return html`<nav class="categories" aria-label=${words.categories}>
      <ul>
        ${link('', words.all)} ${categories.map(({id, name, productCount}) => link(id, name, productCount))}
      </ul>
    </nav>`;
  }

  #search(settings: DemoSettings, words: DemoWords): TemplateResult {
    const {change} = this.#options;
    return html`<form class="search" role="search" @submit=${(event: Event) => event.preventDefault()}>
      <input
        type="search"
        name="q"
        aria-label=${words.search}
        placeholder=${words.search}
        autocomplete="off"
        .value=${settings.q}
        @input=${(event: InputEvent) => {
          // Half a syllable of an input method is no word yet.
          if (!event.isComposing) change({q: chosen(event)});
        }}
        @compositionend=${(event: Event) => change({q: chosen(event)})}
      />
      <select
        name="sort"
        aria-label=${words.sort}
        @change=${(event: Event) => change({sort: chosen(event) as DemoSettings['sort']})}
      >
        ${productSorts.map(
          sort => html`<option value=${sort} ?selected=${sort === settings.sort}>${words.sorts[sort]}</option>`,
        )}
      </select>
    </form>`;
  }

  #drawer(settings: DemoSettings, words: DemoWords): TemplateResult | typeof nothing {
    if (settings.platform === 'closed') return nothing;
    const open = this.#open;
    return html`<aside class="platform" aria-label=${words.platform.name}>
      ${
        open
          ? platformDrawer({
              sandbox: open.mocks.sandbox,
              assistant: open.mocks.assistant,
              reports: this.#reports,
              transfers: [...this.#transfers.values()],
              transferCame: payment => void this.#confirm(payment, open),
              cart: open.shop.cart.value,
              words,
              lang: settings.lang,
              close: () => this.#options.change({platform: 'closed'}),
              openCashier: id => open.cashier.open(id),
              changed: () => this.draw(),
            })
          : html`<p class="quiet">${words.starting}</p>`
      }
    </aside>`;
  }

  #orderDialog(words: DemoWords): TemplateResult {
    const shown = this.#orderId ?? this.#orders[0]?.id;
    return html`<header>
        <h2>${words.orders}</h2>
        <button type="button" class="button quiet" @click=${() => this.#ordersDialog.close()}>${words.close}</button>
      </header>
      ${
        this.#orders.length > 1
          ? html`<nav class="numbers">
              ${this.#orders.map(
                ({id, number}) =>
                  html`<button
                    type="button"
                    class="button"
                    aria-pressed=${id === shown}
                    @click=${() => {
                      this.#orderId = id;
                      this.draw();
                    }}
                  >
                    ${number}
                  </button>`,
              )}
            </nav>`
          : nothing
      }
      <ks-order order-id=${shown ?? nothing}></ks-order>`;
  }

  get #ordersDialog(): HTMLDialogElement {
    return this.#host.querySelector('#orders')!;
  }

  #showOrders(): void {
    this.#ordersShown = true;
    this.#orderId = undefined;
    this.draw();
    this.#ordersDialog.showModal();
  }

  /** A QR code is there to be scanned: the phone comes by itself, once for each payment. */
  #checkoutChanged({shop, mocks, cashier}: OpenShop): void {
    const state = shop.checkout.value;
    if (state.step === 'paying' && state.payment.instructions?.kind === 'qr') {
      if (this.#scanned.has(state.payment.id)) return;
      this.#scanned.add(state.payment.id);
      cashier.open(state.payment.instructions.text);
      return;
    }
    if (state.step === 'paying' && state.payment.instructions?.kind === 'transfer') {
      this.#transfers.set(state.payment.id, state.payment);
      this.draw();
      return;
    }
    const shown = cashier.paymentId && mocks.sandbox.payments.get(cashier.paymentId);
    // The provider itself may have said no.
    if (shown && (shown.status === 'paid' || shown.status === 'declined')) cashier.close();
  }

  async #confirm({id, instructions}: Payment, {mocks}: OpenShop): Promise<void> {
    if (instructions?.kind !== 'transfer') return;
    await mocks.assistant.confirmTransfer(instructions.reference);
    this.#transfers.delete(id);
    this.draw();
  }

  async #lookAtReports(): Promise<void> {
    this.#reports = (await this.#open?.mocks.assistant.waiting()) ?? [];
    this.draw();
  }

  #follow(lang: string): void {
    const categories = this.#open?.shop.categories(lang);
    if (categories === this.#categories) return;
    this.#stopCategories?.();
    this.#categories = categories;
    this.#stopCategories = categories?.subscribe(() => this.draw());
  }

  #look(open: boolean): void {
    if (open) this.#looking ??= setInterval(() => void this.#lookAtReports(), lookEvery);
    else {
      clearInterval(this.#looking);
      this.#looking = undefined;
    }
  }
}

const chosen = ({target}: Event): string => (target as HTMLInputElement | HTMLSelectElement).value;
