import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {Card} from '../../../../src/contract/card.ts';
import type {ProductSummary} from '../../../../src/contract/product.ts';
import type {Product} from '../../../../src/contract/product-details.ts';
import {offerFor, type Offer} from '../../../../src/store/offer.ts';
import type {Loaded, NewCartLine} from '../../../../src/store/shop.ts';
import {firstChoices, type Choices} from '../../../../src/store/sku-choice.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {CoverController} from '../../../shared/cover/cover-controller.ts';
import {coverStyles} from '../../../shared/cover/cover.styles.ts';
import {dialogStyles} from '../../../shared/dialog.styles.ts';
import {closeButton, closeByBackdrop, notePress} from '../../../shared/dialog.ts';
import {failureBlank} from '../../../shared/failure.ts';
import {formatMoney} from '../../../shared/format.ts';
import type {KsQuantityChangeEvent} from '../../../shared/quantity-stepper/quantity-stepper.ts';
import {richTextStyles} from '../../../shared/rich-text/rich-text.styles.ts';
import {richText} from '../../../shared/rich-text/rich-text.ts';
import {dataOf, ReadableController} from '../../../shared/readable-controller.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import {skuPickerStyles} from '../../../shared/sku-picker/sku-picker.styles.ts';
import {skuPicker} from '../../../shared/sku-picker/sku-picker.ts';
import {WordedElement} from '../../../shared/words/worded-element.ts';
import type {KsCardChosenEvent} from '../../product/card-picker/card-picker.ts';
import {loadCardPicker} from '../../product/load-card-picker.ts';
import {goodFactsStyles} from '../good-facts.styles.ts';
import {goodFacts} from '../good-facts.ts';
import {productChoiceStyles} from './product-choice.styles.ts';

/** A buyer settled on a variant and a number of pieces. For the card around the choice only. */
export class KsProductChosenEvent extends Event {
  readonly line: NewCartLine;

  constructor(line: NewCartLine) {
    super('ks-product-chosen');
    this.line = line;
  }
}
import {productWords, type ProductPageWords} from '../../languages/word-packs.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-product-choice': KsProductChoice;
  }
}

/**
 * The details of one good in a dialog that is open for as long as the element is connected: description, variants,
 * prices by quantity, number of pieces.
 *
 * @summary Part of the card; not meant to be used alone.
 * @tagname ks-product-choice
 * @event {KsProductChosenEvent} ks-product-chosen - A buyer settled on a variant and a number of pieces.
 * @event close - The dialog was closed.
 */
export class KsProductChoice extends WordedElement<ProductPageWords> {
  static override styles = [
    baseStyles,
    dialogStyles,
    coverStyles,
    goodFactsStyles,
    richTextStyles,
    skuPickerStyles,
    productChoiceStyles,
  ];
  static override properties = {
    product: {attribute: false},
    choices: {state: true},
    quantity: {state: true},
    card: {state: true},
  };

  declare product: ProductSummary;
  declare private choices: Choices | undefined;
  declare private quantity: number | undefined;
  /** The card that was chosen (预选卡密), where one was. */
  declare private card: Card | undefined;

  readonly #shop = new ShopController(this);
  readonly #loaded = new ReadableController<Loaded<Product>>(this);
  readonly #covers = new CoverController(this);
  protected override readonly pack = productWords;

  protected override follow(): void {
    this.#loaded.follow(this.#shop.shop?.product(this.product.id, this.words.lang));
  }

  protected override firstUpdated(_changed: PropertyValues<this>): void {
    this.#dialog.showModal();
  }

  protected override render(): TemplateResult {
    const loaded = this.#loaded.value;
    const product = dataOf(loaded);
    return html`<dialog
      aria-labelledby="title"
      @pointerdown=${notePress}
      @click=${closeByBackdrop}
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <header>
        <h2 id="title">${product?.title ?? this.product.title}</h2>
        ${closeButton(this.words['product-choice'].close)}
      </header>
      ${
        product
          ? this.#product(product)
          : loaded?.status === 'failed'
            ? failureBlank(loaded.error, this.words, () => loaded.retry())
            : this.#skeleton()
      }
    </dialog>`;
  }

  #product(product: Product): TemplateResult {
    const {'product-choice': words, lang} = this.words;
    const choices = this.choices ?? firstChoices(product);
    const offer = offerFor(product, choices, this.quantity, this.card);
    if (product.cards) loadCardPicker();
    const {sku, stock, minimum, maximum, quantity, unitPrice, total, line} = offer;
    return html`<div class="body" tabindex="-1">
        <div class="top">
          <div class="cover">${this.#covers.template(product, this.#shop.shop?.address ?? '')}</div>
          <div class="field">
            <p class="price">${unitPrice && formatMoney(unitPrice, lang)}</p>
            ${goodFacts(product.delivery, stock, this.words['product-card'])}
            <p class="hint">
              ${minimum > 1 ? words.minimum(minimum) : nothing}
              ${product.maximum === undefined ? nothing : words.maximum(product.maximum)}
            </p>
          </div>
        </div>
        ${skuPicker({product, choices, words, choose: next => this.#choose(next)})}
        ${
          product.cards && sku
            ? html`<ks-card-picker
                .productId=${product.id}
                .skuId=${sku.id}
                .chosen=${this.card}
                @ks-card-chosen=${({card}: KsCardChosenEvent) => (this.card = card)}
              ></ks-card-picker>`
            : nothing
        }
        ${offer.steps.length > 1 ? this.#tiers(offer) : nothing}
        ${
          product.description.length > 0 || product.notice
            ? html`<section class="description">
                <h3>${words.details}</h3>
                ${richText([...(product.notice ?? []), ...product.description])}
              </section>`
            : nothing
        }
      </div>
      <footer>
        <div class="row buy">
          <ks-quantity-stepper
            .words=${this.words['quantity-stepper']}
            .value=${quantity}
            .min=${minimum}
            .max=${maximum}
            label=${product.title}
            @ks-quantity-change=${(event: KsQuantityChangeEvent) => (this.quantity = event.quantity)}
          ></ks-quantity-stepper>
          <p role="status">
            <span class="muted">${words.total}</span>
            <span class="price">${total && formatMoney(total, lang)}</span>
          </p>
        </div>
        <button type="button" class="button primary wide" ?disabled=${!line} @click=${() => line && this.#settle(line)}>
          ${words[line ? 'add' : 'unavailable']}
        </button>
      </footer>`;
  }

  #choose(choices: Choices): void {
    this.choices = choices;
    this.card = undefined;
  }

  #tiers({steps}: Offer): TemplateResult {
    const {'product-choice': words, lang} = this.words;
    return html`<section>
      <h3>${words.tiers}</h3>
      <ul class="tiers" role="list">
        ${steps.map(
          ({from, price, applies}) =>
            html`<li class=${applies ? 'current' : ''}>
              <span class="muted">${words.tier(from)}</span>
              <span class="number">${words.each(formatMoney(price, lang))}</span>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #skeleton(): TemplateResult {
    return html`<div class="body" aria-busy="true">
      <span class="visually-hidden">${this.words['product-choice'].loading}</span>
      <div class="top">
        <div class="cover skeleton"></div>
        <div><div class="skeleton text"></div></div>
      </div>
      <div class="skeleton tall"></div>
      <div class="skeleton tall"></div>
    </div>`;
  }

  #settle(line: NewCartLine): void {
    this.#dialog.close();
    this.dispatchEvent(new KsProductChosenEvent(line));
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }
}
