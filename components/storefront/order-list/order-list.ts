import {html, nothing, type TemplateResult} from 'lit';
import type {KnownOrder, Loaded, OrderView} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {trashIcon} from '../../shared/control-icons.ts';
import {failureBlank, noShop} from '../../shared/failure.ts';
import {formatDate, formatMoney} from '../../shared/format.ts';
import {alertIcon, boxIcon, clockIcon} from '../../shared/icons.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {purchaseWords, type PurchaseWords} from '../languages/word-packs.ts';
import {headlineLooks, headlineOf} from '../order/order-status.ts';
import {KsForgetRequestEvent} from './events/ks-forget-request.ts';
import {KsOrderRequestEvent} from './events/ks-order-request.ts';
import {orderListStyles} from './order-list.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-order-list': KsOrderList;
  }
}

/** How many orders are shown, and asked about, at once. */
const portion = 10;

/**
 * The orders this device knows, newest first, each with what is known of it now. Pressed, one takes the place of the
 * list.
 *
 * @summary The orders of this device.
 * @tagname ks-order-list
 * @event {KsOrderRequestEvent} ks-order-request - Somebody wants to see an order. Cancelable.
 * @event {KsForgetRequestEvent} ks-forget-request - Somebody confirmed that this device shall forget an order. Cancelable.
 * @slot payment-element - The element of a payment provider, put there while an order shown here is paid by it
 * @csspart list - The list
 * @csspart order - One order in the list
 * @csspart more - The button that shows more
 * @csspart detail - The `ks-order` that was opened
 * @csspart error - What is shown if the orders cannot be read
 */
export class KsOrderList extends WordedElement<PurchaseWords> {
  static override styles = [...baseStyles, orderListStyles];

  protected override readonly pack = purchaseWords;
  readonly #shop = new ShopController(this);
  readonly #known = new ReadableController<Loaded<readonly KnownOrder[]>>(this);
  readonly #views = new Map<string, ReadableController<OrderView>>();
  #shown = portion;
  #opened: string | undefined;
  /** The order that somebody is asked about before it is forgotten. */
  #doubted: string | undefined;
  #news = '';

  protected override follow(): void {
    const orders = this.#shop.shop?.orders;
    this.#known.follow(orders?.known);
    const ids = new Set(this.#opened ? [] : this.#portion.map(({id}) => id));
    for (const [id, view] of this.#views) {
      if (ids.has(id)) continue;
      view.follow(undefined);
      this.removeController(view);
      this.#views.delete(id);
    }
    for (const id of ids) {
      let view = this.#views.get(id);
      if (!view) this.#views.set(id, (view = new ReadableController<OrderView>(this)));
      view.follow(orders?.glance(id));
    }
  }

  protected override render(): TemplateResult {
    if (this.#shop.missing) return noShop(this.words);
    return html`${this.#opened ? this.#detail(this.#opened) : this.#list()}
      <p class="visually-hidden" role="status">${this.#news}</p>`;
  }

  get #orders(): readonly KnownOrder[] {
    return dataOf(this.#known.value) ?? [];
  }

  get #portion(): readonly KnownOrder[] {
    return this.#orders.slice(0, this.#shown);
  }

  #detail(orderId: string): TemplateResult {
    return html`<div class="stack" part="detail">
      <div>
        <button type="button" class="button back" @click=${this.#back}>${this.words['order-list'].back}</button>
      </div>
      <ks-order order-id=${orderId}><slot name="payment-element" slot="payment-element"></slot></ks-order>
    </div>`;
  }

  #list(): TemplateResult {
    const words = this.words['order-list'];
    const all = this.#orders;
    const known = this.#known.value;
    if (known?.status === 'failed' && !known.data) return failureBlank(known.error, this.words, () => known.retry());
    if (!known || known.status === 'loading') {
      return html`<div class="stack" aria-busy="true">
        <span class="visually-hidden">${words.reading}</span>
        <div class="skeleton"></div>
        <div class="skeleton"></div>
      </div>`;
    }
    if (all.length === 0) {
      return html`<div class="blank">
        ${boxIcon}<strong tabindex="-1">${words.none}</strong>
        <p>${words.noneHint}</p>
      </div>`;
    }
    const left = all.length - this.#shown;
    return html`<div class="stack">
      <h2 id="title" tabindex="-1">${words.title}</h2>
      <ul class="panel" part="list" aria-labelledby="title">
        ${this.#portion.map(order => this.#row(order))}
      </ul>
      ${
        left > 0
          ? html`<button type="button" class="button wide" part="more" @click=${this.#more}>
              ${words.more(Math.min(left, portion))}
            </button>`
          : nothing
      }
    </div>`;
  }

  #row({id, number, createdAt}: KnownOrder): TemplateResult {
    const words = this.words['order-list'];
    const view = this.#views.get(id)?.value;
    const order = view?.status === 'ready' ? view.order : undefined;
    const [first] = order?.lines ?? [];
    const goods = first && `${first.title} ×\u00a0${first.quantity}${order!.lines.length > 1 ? '\u00a0…' : ''}`;
    return html`<li part="order">
      <div class="line">
        <button type="button" class="open" data-order=${id} @click=${() => this.#open(id)}>
          <span class="goods">${goods ?? html`<bdi class="number" translate="no">${number}</bdi>`}</span>
          <span class="price">${order ? formatMoney(order.total, this.words.lang) : nothing}</span>
          <span class="hint"
            >${words.placed(formatDate(createdAt, this.words.lang))}
            ${goods ? html`<bdi class="number" translate="no">${number}</bdi>` : nothing}</span
          >
          <span class="state">${this.#state(view)}</span>
        </button>
        <button
          type="button"
          class="button quiet icon"
          aria-label=${words.forgetOne(number)}
          aria-expanded=${this.#doubted === id}
          @click=${() => this.#doubt(id)}
        >
          ${trashIcon}
        </button>
      </div>
      ${
        this.#doubted === id
          ? html`<div class="sure" role="group" aria-label=${words.forgetOne(number)}>
              <p>${words.forgetSure}</p>
              <div class="row">
                <button type="button" class="button keep" @click=${() => this.#doubt(id)}>${words.forgetNo}</button>
                <button type="button" class="button remove" @click=${() => void this.#forget(id)}>
                  ${words.forgetYes}
                </button>
              </div>
            </div>`
          : nothing
      }
    </li>`;
  }

  #state(view: OrderView | undefined): TemplateResult {
    if (view?.status === 'ready') {
      const headline = headlineOf(view.order);
      const [tone, icon] = headlineLooks[headline];
      return html`<span class="with-icon ${tone}">${icon}${this.words.order[headline]}</span>`;
    }
    const words = this.words['order-list'];
    return view === undefined || view.status === 'loading'
      ? html`<span class="with-icon muted">${clockIcon}${words.reading}</span>`
      : html`<span class="with-icon warning">${alertIcon}${words.unreadable}</span>`;
  }

  #open(orderId: string): void {
    if (!this.dispatchEvent(new KsOrderRequestEvent(orderId))) return;
    this.#opened = orderId;
    this.#doubted = undefined;
    this.#focus('.back');
  }

  readonly #back = (): void => {
    const orderId = this.#opened;
    this.#opened = undefined;
    this.#focus(`[data-order="${CSS.escape(orderId ?? '')}"]`);
  };

  readonly #more = (): void => {
    const first = this.#orders[this.#shown];
    this.#shown += portion;
    this.#focus(`[data-order="${CSS.escape(first?.id ?? '')}"]`);
  };

  /** Asks, or asks no more. */
  #doubt(orderId: string): void {
    const isAsked = this.#doubted === orderId;
    this.#doubted = isAsked ? undefined : orderId;
    this.#focus(isAsked ? `[data-order="${CSS.escape(orderId)}"]` : '.keep');
  }

  async #forget(orderId: string): Promise<void> {
    const {shop} = this.#shop;
    const forgetting =
      shop && RequestEvent.ask(this, new KsForgetRequestEvent(orderId), () => shop.orders.forget(orderId));
    if (!forgetting) return;
    await forgetting;
    this.#doubted = undefined;
    this.#news = this.words['order-list'].forgotten;
    this.#focus('[tabindex="-1"]');
  }

  #focus(selector: string): void {
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }
}
