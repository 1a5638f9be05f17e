import {html, nothing, type TemplateResult} from 'lit';
import {maximumCouponLength} from '../../../../src/contract/quote.ts';
import type {CartCoupon, CartState} from '../../../../src/store/shop.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {controlStyles} from '../../../shared/control.styles.ts';
import {closeIcon} from '../../../shared/control-icons.ts';
import {formatMoney} from '../../../shared/format.ts';
import {alertIcon} from '../../../shared/icons.ts';
import {monoStyles} from '../../../shared/mono.styles.ts';
import {ReadableController} from '../../../shared/readable-controller.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import {WordedElement} from '../../../shared/words/worded-element.ts';
import {purchaseWords, type PurchaseWords} from '../../languages/word-packs.ts';
import {couponFieldStyles} from './coupon-field.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-coupon-field': KsCouponField;
  }
}

/**
 * Takes a code for the cart, and says what it saves or why it does not.
 *
 * @summary Part of the cart and the checkout; not meant to be used alone.
 * @tagname ks-coupon-field
 */
export class KsCouponField extends WordedElement<PurchaseWords> {
  static override styles = [...baseStyles, controlStyles, monoStyles, couponFieldStyles];

  protected override readonly pack = purchaseWords;
  readonly #shop = new ShopController(this);
  readonly #cart = new ReadableController<CartState>(this);
  #news = '';
  /** The field is there to type in. */
  #isOpen = false;

  protected override follow(): void {
    this.#cart.follow(this.#shop.shop?.cart);
  }

  protected override render(): TemplateResult {
    const coupon = this.#cart.value?.coupon;
    return html`${coupon ? this.#chosen(coupon) : this.#field()}
      <p class="visually-hidden" role="status">${this.#news}</p>`;
  }

  #field(): TemplateResult {
    const words = this.#terms;
    return html`<details ?open=${this.#isOpen}>
      <summary @click=${this.#toggle}>${words.ask}</summary>
      <form novalidate @submit=${this.#submit}>
        <input
          class="input mono"
          aria-label=${words.label}
          placeholder=${words.label}
          maxlength=${maximumCouponLength}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          enterkeyhint="go"
        />
        <button type="submit" class="button">${words.apply}</button>
      </form>
    </details>`;
  }

  #chosen(coupon: CartCoupon): TemplateResult {
    const words = this.#terms;
    const {code, pending, saves} = coupon;
    const problem = this.#problem(coupon);
    const hint = this.#hint(coupon);
    return html`<div class="row" aria-busy=${pending}>
        <span>${words.label} <bdi class="mono code" translate="no">${code}</bdi></span>
        <span class="side">
          ${saves ? html`<bdi class="saves price">${`−${formatMoney(saves, this.words.lang)}`}</bdi>` : nothing}
          <button
            type="button"
            class="button quiet icon"
            aria-label=${words.remove(code)}
            @click=${() => void this.#set(undefined)}
          >
            ${closeIcon}
          </button>
        </span>
      </div>
      ${
        problem
          ? html`<p class="problem with-icon warning">${alertIcon}${problem}</p>`
          : hint
            ? html`<p class="hint">${hint}</p>`
            : nothing
      }`;
  }

  #hint({pending, saves, limited}: CartCoupon): string | undefined {
    const words = this.#terms;
    if (!saves) return pending ? words.pending : words.later;
    return limited ? words.limited(formatMoney(saves, this.words.lang)) : undefined;
  }

  #problem({problem, minimum}: CartCoupon): string | undefined {
    if (!problem) return undefined;
    const term = this.#terms[problem];
    return typeof term === 'string' ? term : term(minimum ? formatMoney(minimum, this.words.lang) : '');
  }

  get #terms(): PurchaseWords['coupon-field'] {
    return this.words['coupon-field'];
  }

  /** The `toggle` event would come a moment later: what somebody types at once would be lost. */
  readonly #toggle = (event: Event): void => {
    event.preventDefault();
    this.#isOpen = !this.#isOpen;
    this.requestUpdate();
    if (this.#isOpen) void this.#focus('input');
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const {value} = this.renderRoot.querySelector('input')!;
    if (value.trim()) void this.#set(value);
  };

  /** The control that was pressed makes way for the other, which takes the focus over. */
  async #set(code: string | undefined): Promise<void> {
    // Whoever takes back a code that was no good has another to try.
    this.#isOpen = code === undefined && this.#cart.value?.coupon?.problem !== undefined;
    const setting = this.#shop.shop?.cart.setCoupon(code);
    if (code === undefined) this.#say(this.#terms.removed);
    await this.#focus(this.#isOpen ? 'input' : '.side button, summary');
    await setting;
    const coupon = this.#cart.value?.coupon;
    if (code === undefined || !coupon || !this.isConnected) return;
    const problem = this.#problem(coupon);
    const {saves, limited} = coupon;
    const {applied, limited: applies} = this.#terms;
    const amount = saves && formatMoney(saves, this.words.lang);
    this.#say(problem ?? (amount === undefined ? '' : limited ? applies(amount) : applied(coupon.code, amount)));
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #say(news: string): void {
    this.#news = news;
    this.requestUpdate();
  }
}
