import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {maximumQuantity} from '../../../src/contract/quote.ts';
import type {Shop as ShopInfo} from '../../../src/contract/shop.ts';
import {isChosenCard} from '../../../src/domain/chosen-card.ts';
import {multiply, subtract} from '../../../src/domain/money.ts';
import {isDead} from '../../../src/store/cart-reducer.ts';
import type {CartLine, CartState, Loaded} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {cartProblemText} from '../../shared/cart-problem-text.ts';
import {cartIcon} from '../../shared/cart-icon.ts';
import {trashIcon} from '../../shared/control-icons.ts';
import {CoverController} from '../../shared/cover/cover-controller.ts';
import {coverStyles} from '../../shared/cover/cover.styles.ts';
import {dialogStyles} from '../../shared/dialog.styles.ts';
import {closeButton, closeByBackdrop, notePress} from '../../shared/dialog.ts';
import {KsCheckoutRequestEvent} from '../../shared/events/ks-checkout-request.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {noShop} from '../../shared/failure.ts';
import {incompleteNotice} from '../../shared/incomplete-notice.ts';
import {choicesHint, choicesText, formatMoney} from '../../shared/format.ts';
import {alertIcon} from '../../shared/icons.ts';
import type {KsQuantityChangeEvent} from '../../shared/quantity-stepper/quantity-stepper.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {loadCheckout, openCheckout} from '../open-checkout.ts';
import {cartStyles} from './cart.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-cart': KsCart;
  }
}

/**
 * What the buyer put aside, in a dialog at the side of the page (at the lower edge on a phone).
 *
 * @summary The cart.
 * @tagname ks-cart
 * @attr {boolean} open - Whether it is shown.
 * @event {KsCheckoutRequestEvent} ks-checkout-request - Somebody wants to pay. Cancelable.
 * @slot payment-element - The element of a payment provider, put there while an order shown here is paid by it
 * @csspart dialog - The dialog
 * @csspart line - One line
 * @csspart dead - What is said of lines that cannot be bought any more
 * @csspart subtotal - The sum
 * @csspart checkout - The button that leads to the checkout
 * @csspart orders - The button that shows the orders of this device
 * @csspart empty - What is shown if there are no lines
 * @csspart error - What is shown if the element cannot work
 */
export class KsCart extends WordedElement<BrowseWords> {
  static override styles = [baseStyles, dialogStyles, coverStyles, cartStyles];
  static override properties = {
    open: {type: Boolean, reflect: true},
    failed: {state: true},
    announcement: {state: true},
    ordersShown: {state: true},
  };

  declare open: boolean;
  declare private failed: boolean;
  declare private announcement: string;
  /** The orders of this device take the place of the lines. */
  declare private ordersShown: boolean;

  readonly #shop = new ShopController(this, {
    entered: ({ui}) =>
      ui.provide(
        'cart',
        () => this.show(),
        () => this.close(),
      ),
  });
  readonly #cart = new ReadableController<CartState>(this);
  readonly #info = new ReadableController<Loaded<ShopInfo>>(this);
  readonly #covers = new CoverController(this);
  protected override readonly pack = browseWords;
  #lang: string | undefined;

  constructor() {
    super();
    this.open = false;
    this.failed = false;
    this.announcement = '';
    this.ordersShown = false;
  }

  /** Shows the cart. */
  show(): void {
    this.open = true;
  }

  /** Puts it away; the focus goes back to where it was. */
  close(): void {
    this.open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.open) this.requestUpdate('open', false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // No dialog outside the page is modal: where the element comes back, it is shown anew.
    this.renderRoot.querySelector('dialog')?.removeAttribute('open');
  }

  protected override follow(): void {
    const {shop} = this.#shop;
    this.#cart.follow(shop?.cart);
    this.#info.follow(this.open ? shop?.info() : undefined);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const {lang} = this.words;
    const isTranslated = this.#lang !== undefined && lang !== this.#lang;
    this.#lang = lang;
    // The titles are the shop server's words.
    if (isTranslated && this.open) void this.#shop.shop?.cart.refresh();
    if (!changed.has('open') || !this.isConnected || this.open === this.#dialog.open) return;
    if (!this.open) return this.#dialog.close();
    this.#dialog.showModal();
    // What has changed since is said here, not only at the checkout.
    void this.#shop.shop?.cart.refresh();
  }

  protected override render(): TemplateResult {
    const cart = this.#cart.value;
    const words = this.words.cart;
    return html`<dialog
      part="dialog"
      class="drawer"
      aria-labelledby="title"
      @pointerdown=${notePress}
      @click=${closeByBackdrop}
      @close=${this.#closed}
    >
      <header>
        <h2 id="title">
          ${this.ordersShown ? words.orders : words.title}
          ${cart?.count && !this.ordersShown ? html`<small class="number">${words.count(cart.count)}</small>` : nothing}
        </h2>
        ${closeButton(words.close)}
      </header>
      ${this.#shop.missing ? noShop(this.words) : this.ordersShown ? this.#orders() : cart?.lines.length ? this.#filled(cart) : this.#empty()}
      <p class="visually-hidden" role="status">${this.announcement}</p>
    </dialog>`;
  }

  #filled(cart: CartState): TemplateResult {
    const words = this.words.cart;
    const dead = cart.lines.filter(isDead).length;
    return html`<div class="body">
        ${
          dead > 0
            ? html`<div class="notice warning dead" part="dead">
                ${alertIcon}
                <span>${words.dead(dead)}</span>
                <button type="button" class="button" @click=${this.#removeDead}>${words.removeDead}</button>
              </div>`
            : nothing
        }
        <ul role="list">
          ${repeat(
            cart.lines,
            ({skuId}) => skuId,
            line => this.#line(line),
          )}
        </ul>
      </div>
      <footer>
        ${this.#failure()}
        <div class="row subtotal" part="subtotal">
          <span>${words.subtotal}</span>
          <span class="price">${cart.subtotal && formatMoney(cart.subtotal, this.words.lang)}</span>
        </div>
        ${this.#coupon(cart)}
        <p class="hint">${words.subtotalHint}</p>
        <button type="button" part="checkout" class="button primary wide" @click=${() => this.#checkOut(cart)}>
          ${words.checkout}
        </button>
        ${this.#ordersButton()}
      </footer>`;
  }

  #failure(): TemplateResult | typeof nothing {
    return this.failed ? incompleteNotice(this.words.cart.failed, this.words) : nothing;
  }

  /** A buyer who closed the checkout finds what they paid for here: some pages have no other place for it. */
  #ordersButton(): TemplateResult {
    return html`<button type="button" part="orders" class="button quiet wide orders" @click=${this.#showOrders}>
      ${this.words.cart.orders}
    </button>`;
  }

  #orders(): TemplateResult {
    return html`<div class="body">
        <ks-order-list><slot name="payment-element" slot="payment-element"></slot></ks-order-list>
      </div>
      <footer>
        <button type="button" class="button wide to-cart" @click=${this.#hideOrders}>${this.words.cart.back}</button>
      </footer>`;
  }

  /** The field for a code, where the shop takes any, and what is left to pay with it. */
  #coupon({coupon, subtotal}: CartState): TemplateResult | typeof nothing {
    if (!coupon && !dataOf(this.#info.value)?.coupons) return nothing;
    void import('./coupon-field/define.ts').catch(() => {
      // A code can still be used at the checkout.
    });
    return html`<ks-coupon-field></ks-coupon-field> ${
        coupon?.saves && subtotal
          ? html`<div class="row subtotal">
              <span>${this.words.cart.discounted}</span>
              <span class="price">${formatMoney(subtract(subtotal, coupon.saves), this.words.lang)}</span>
            </div>`
          : nothing
      }`;
  }

  #line(line: CartLine): TemplateResult {
    const words = this.words.cart;
    const {skuId, title, choices, quantity, price, pending, problem} = line;
    const chosen = choicesText(choices);
    return html`<li part="line" class="${pending ? 'pending' : ''} ${isDead(line) ? 'spent' : ''}" aria-busy=${pending}>
      <div class="cover">${this.#covers.template(line, this.#shop.shop?.address ?? '')}</div>
      <div class="about">
        <h3>${title}</h3>
        ${choicesHint(choices)}
      </div>
      <button
        type="button"
        class="button quiet icon remove"
        aria-label=${words.remove(title)}
        @click=${() => this.#remove(line)}
      >
        ${trashIcon}
      </button>
      <div class="row buy">
        <ks-quantity-stepper
          .words=${this.words['quantity-stepper']}
          .value=${quantity}
          .min=${problem?.kind === 'below_minimum' ? problem.minimum : 1}
          .max=${maximumOf(line)}
          label=${chosen ? `${title} ${chosen}` : title}
          @ks-quantity-change=${(event: KsQuantityChangeEvent) => this.#setQuantity(skuId, event.quantity)}
        ></ks-quantity-stepper>
        <p class="sum">
          <span class="price">${formatMoney(multiply(price, quantity), this.words.lang)}</span><br />
          <span class="hint number"
            >${
              pending ? words.confirming : quantity > 1 ? words.each(formatMoney(price, this.words.lang)) : nothing
            }</span
          >
        </p>
      </div>
      <p class=${problem ? 'problem with-icon warning' : 'visually-hidden'} role="status">
        ${problem ? html`${alertIcon}${cartProblemText(problem, this.words)}` : nothing}
      </p>
    </li>`;
  }

  #empty(): TemplateResult {
    const words = this.words.cart;
    return html`<div class="blank" part="empty">
      ${cartIcon}
      <strong>${words.empty}</strong>
      <p>${words.emptyHint}</p>
      <button type="button" class="button" @click=${this.close}>${words.browse}</button>
      ${this.#ordersButton()} ${this.#failure()}
    </div>`;
  }

  #setQuantity(skuId: string, quantity: number): void {
    this.#shop.shop?.cart.setQuantity(skuId, quantity).catch(() => {
      // The line says why it was taken back.
    });
  }

  #remove({skuId, title}: CartLine): void {
    const lines = this.#cart.value?.lines ?? [];
    const index = lines.findIndex(line => line.skuId === skuId);
    this.#shop.shop?.cart.remove(skuId).catch(() => {
      // The line comes back and says why.
    });
    this.announcement = this.words.cart.removed(title);
    // The pressed button is gone: the next line takes the focus, else whatever there is to do.
    void this.updateComplete.then(() => {
      const removers = this.renderRoot.querySelectorAll<HTMLElement>('.remove');
      (
        removers[Math.min(index, removers.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('.blank button')
      )?.focus();
    });
  }

  readonly #removeDead = (): void => {
    const dead = (this.#cart.value?.lines ?? []).filter(isDead);
    this.#shop.shop?.cart.removeDead();
    this.announcement = dead.map(({title}) => this.words.cart.removed(title)).join(' ');
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.remove, .blank button')?.focus());
  };

  #checkOut(cart: CartState): void {
    const {scope} = this.#shop;
    if (!scope) return;
    const opening = RequestEvent.ask(this, new KsCheckoutRequestEvent(cart), async () => {
      await loadCheckout(scope.host);
      // First this dialog, or its focus would go back from beneath the next one.
      this.#dialog.close();
      scope.shop.checkout.select();
      await openCheckout(scope);
    });
    opening?.catch(() => {
      this.failed = true;
    });
  }

  readonly #showOrders = async (): Promise<void> => {
    this.failed = false;
    try {
      await import('../order-list/define.ts');
    } catch {
      this.failed = true;
      return;
    }
    this.ordersShown = true;
    this.#focus('.to-cart');
  };

  readonly #hideOrders = (): void => {
    this.ordersShown = false;
    this.#focus('.orders');
  };

  #focus(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  #closed(): void {
    // The event comes a moment later: somebody may have opened it again.
    if (this.#dialog.open) return;
    this.open = false;
    this.failed = this.ordersShown = false;
    this.announcement = '';
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }
}

/** What is known of how many there may be of a line. */
function maximumOf({skuId, problem, quantity}: CartLine): number {
  if (isChosenCard(skuId)) return 1;
  if (problem?.kind === 'above_maximum') return problem.maximum;
  // What is there already may stay on the screen until the buyer changes it.
  if (problem?.kind === 'not_enough') return Math.max(problem.available, quantity);
  return maximumQuantity;
}
