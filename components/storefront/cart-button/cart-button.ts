import {html, nothing, type TemplateResult} from 'lit';
import type {CartState} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {cartIcon} from '../../shared/cart-icon.ts';
import {KsCartRequestEvent} from '../../shared/events/ks-cart-request.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {noShop} from '../../shared/failure.ts';
import {incompleteNotice} from '../../shared/incomplete-notice.ts';
import {ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import type {ShopScope} from '../../shared/shop-scope.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {loadCart, openCart} from '../open-cart.ts';
import {openCheckout} from '../open-checkout.ts';
import {cartButtonStyles} from './cart-button.styles.ts';

/** How long the button waits for what is in the cart, in milliseconds. */
const patience = 1_000;

declare global {
  interface HTMLElementTagNameMap {
    'ks-cart-button': KsCartButton;
  }
}

/**
 * How much is in the cart, and the way there. It brings `<ks-cart>` and `<ks-checkout>` along where the page has none,
 * and leads back to a purchase that a payment page or a reload interrupted.
 *
 * @summary Opens the cart.
 * @tagname ks-cart-button
 * @slot - Words instead of “Cart”.
 * @event {KsCartRequestEvent} ks-cart-request - Somebody wants to see the cart. Cancelable.
 * @csspart button - The button
 * @csspart badge - The number of pieces
 * @csspart error - What is shown if the element cannot work
 */
export class KsCartButton extends WordedElement<BrowseWords> {
  static override styles = [baseStyles, cartButtonStyles];
  static override properties = {failed: {state: true}, ownWords: {state: true}};

  declare private failed: boolean;
  /** What the page put into the slot. */
  declare private ownWords: string;

  readonly #shop = new ShopController(this, {entered: scope => this.#enter(scope)});
  readonly #cart = new ReadableController<CartState>(this);
  protected override readonly pack = browseWords;
  #lastCount: number | undefined;

  constructor() {
    super();
    this.failed = false;
    this.ownWords = '';
  }

  protected override follow(): void {
    this.#cart.follow(this.#shop.shop?.cart);
  }

  /** With the number of what is in the cart: coming later, it would push its neighbours aside. */
  protected override awaited(): Promise<unknown> | undefined {
    return this.#shop.arrival(patience);
  }

  protected override updated(): void {
    const count = this.#cart.value?.count ?? 0;
    if (this.#lastCount !== undefined && count > this.#lastCount) this.#bump();
    this.#lastCount = count;
  }

  protected override render(): TemplateResult {
    if (this.#shop.missing) return noShop(this.words);
    const count = this.#cart.value?.count ?? 0;
    const words = this.words['cart-button'];
    return html`<button
        type="button"
        part="button"
        class="button"
        aria-label=${this.ownWords ? `${this.ownWords}, ${count}` : words.count(count)}
        aria-haspopup="dialog"
        @click=${this.#press}
        @pointerenter=${this.#prepare}
        @focus=${this.#prepare}
      >
        ${cartIcon}<slot @slotchange=${this.#readSlot}>${words.cart}</slot>
        ${count > 0 ? html`<span part="badge" class="badge">${count > 999 ? '999+' : count}</span>` : nothing}
      </button>
      ${this.failed ? incompleteNotice(words.failed, this.words) : nothing}`;
  }

  #enter(scope: ShopScope): () => void {
    const {ui, shop} = scope;
    const connection = new AbortController();
    // Whoever was sent to a payment page comes back here.
    void ui.resumed.then(() => {
      if (connection.signal.aborted || !ui.claimReturn() || shop.checkout.value.step === 'idle') return;
      this.#say(openCheckout(scope));
    });
    return () => connection.abort();
  }

  #press(): void {
    if (!this.#shop.address) return;
    const opening = RequestEvent.ask(this, new KsCartRequestEvent(), () => this.#shop.with(openCart));
    if (opening) this.#say(opening);
  }

  /** Somebody is about to press: the cart's code may come already. */
  #prepare(): void {
    loadCart().catch(() => {
      // The press itself tries again, and says so if it fails.
    });
  }

  #say(opening: Promise<void>): void {
    opening.then(
      () => (this.failed = false),
      () => (this.failed = true),
    );
  }

  #readSlot({target}: Event): void {
    const texts = (target as HTMLSlotElement).assignedNodes().map(({textContent}) => textContent);
    this.ownWords = texts.join('').replace(/\s+/g, ' ').trim();
  }

  #bump(): void {
    const badge = this.renderRoot.querySelector('.badge');
    badge?.classList.add('bump');
    badge?.addEventListener('animationend', () => badge.classList.remove('bump'), {once: true});
  }
}
