import {html, nothing, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {Card} from '../../../../src/contract/card.ts';
import {isPositive} from '../../../../src/domain/money.ts';
import type {CardList, CardListState} from '../../../../src/store/shop.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {formatMoney} from '../../../shared/format.ts';
import {alertIcon} from '../../../shared/icons.ts';
import {dataOf, ReadableController} from '../../../shared/readable-controller.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import {skuPickerStyles} from '../../../shared/sku-picker/sku-picker.styles.ts';
import {WordedElement} from '../../../shared/words/worded-element.ts';
import {productWords, type ProductPageWords} from '../../languages/word-packs.ts';
import {cardPickerStyles} from './card-picker.styles.ts';

/** A buyer settled on a card, or on any. For the element around the picker only. */
export class KsCardChosenEvent extends Event {
  readonly card: Card | undefined;

  constructor(card: Card | undefined) {
    super('ks-card-chosen');
    this.card = card;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ks-card-picker': KsCardPicker;
  }
}

/**
 * The cards of a variant that a buyer may choose from (预选卡密), page by page, with what choosing them adds.
 *
 * @summary Part of a good's page and dialog; not meant to be used alone.
 * @tagname ks-card-picker
 * @event {KsCardChosenEvent} ks-card-chosen - A buyer settled on a card, or on any.
 */
export class KsCardPicker extends WordedElement<ProductPageWords> {
  static override styles = [baseStyles, skuPickerStyles, cardPickerStyles];
  static override properties = {
    productId: {attribute: false},
    skuId: {attribute: false},
    chosen: {attribute: false},
  };

  declare productId: string;
  declare skuId: string;
  /** The chosen card, where one is. */
  declare chosen: Card | undefined;

  readonly #shop = new ShopController(this);
  readonly #state = new ReadableController<CardListState>(this);
  protected override readonly pack = productWords;
  #list: CardList | undefined;
  /** Which list is shown, or on its way. */
  #wanted: string | undefined;
  /** Its code did not come. */
  #missing = false;

  /** Asks anew: a card that was chosen is gone. */
  refresh(): void {
    void this.#list?.refresh();
  }

  protected override follow(): void {
    const {shop} = this.#shop;
    const {productId, skuId} = this;
    const {lang} = this.words;
    const wanted = shop && `${shop.address} ${productId} ${skuId} ${lang}`;
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#list = undefined;
    this.#missing = false;
    this.#state.follow(undefined);
    shop?.cards({productId, skuId, lang}).then(
      list => {
        if (wanted !== this.#wanted) return;
        this.#list = list;
        this.#state.follow(list);
      },
      () => {
        if (wanted !== this.#wanted) return;
        this.#missing = true;
        this.requestUpdate();
      },
    );
  }

  protected override render(): TemplateResult {
    const words = this.words['card-picker'];
    const state = this.#state.value;
    const data = dataOf(state);
    const failed = this.#missing || state?.status === 'failed';
    return html`<fieldset class="options" aria-busy=${!data && !failed}>
      <legend>${words.legend}</legend>
      ${data?.items.length ? html`<p class="hint">${words.hint}</p>` : nothing}
      ${data?.items.length ? this.#cards(data.items) : data || failed ? nothing : this.#skeleton()}
      ${failed ? this.#failure() : data && data.items.length === 0 ? html`<p class="hint">${words.none}</p>` : nothing}
      ${data?.hasMore ? this.#more(data.items.length, data.total, data.loadingMore) : nothing}
    </fieldset>`;
  }

  #cards(items: readonly Card[]): TemplateResult {
    const words = this.words['card-picker'];
    const {chosen} = this;
    // Sold meanwhile, or further down than what is shown now: what was chosen stays in sight until it is given up.
    const shown = chosen && items.every(({skuId}) => skuId !== chosen.skuId) ? [chosen, ...items] : items;
    return html`<div class="cards">
      <label class="value any">
        <input type="radio" name="card" .checked=${!chosen} @change=${() => this.#choose(undefined)} />
        <span>${words.any}</span>
      </label>
      ${repeat(
        shown,
        ({skuId}) => skuId,
        card =>
          html`<label class="value">
            <input
              type="radio"
              name="card"
              .checked=${card.skuId === chosen?.skuId}
              @change=${() => this.#choose(card)}
            />
            <span>
              <bdi>${card.label}</bdi>
              ${
                isPositive(card.premium)
                  ? html`<small class="number">${words.premium(formatMoney(card.premium, this.words.lang))}</small>`
                  : nothing
              }
            </span>
          </label>`,
      )}
    </div>`;
  }

  #more(shown: number, total: number, loading: boolean): TemplateResult {
    const words = this.words['card-picker'];
    return html`<div class="row foot">
      <p class="hint number" role="status">${words.count(shown, total)}</p>
      <button
        type="button"
        class="button"
        aria-disabled=${loading}
        @click=${() => !loading && void this.#list?.loadMore()}
      >
        ${words[loading ? 'loadingMore' : 'more']}
      </button>
    </div>`;
  }

  #failure(): TemplateResult {
    return html`<div class="notice row" role="status">
      <span class="with-icon warning">${alertIcon}${this.words['card-picker'].failed}</span>
      <button type="button" class="button" @click=${this.#retry}>${this.words.failure.retry}</button>
    </div>`;
  }

  #skeleton(): TemplateResult {
    return html`<p class="visually-hidden" role="status">${this.words['card-picker'].loading}</p>
      <div class="cards" aria-hidden="true">${Array.from({length: 4}, () => html`<div class="skeleton"></div>`)}</div>`;
  }

  readonly #retry = (): void => {
    const state = this.#state.value;
    if (state?.status === 'failed') state.retry();
    else {
      this.#wanted = undefined;
      this.requestUpdate();
    }
  };

  #choose(card: Card | undefined): void {
    this.dispatchEvent(new KsCardChosenEvent(card));
  }
}
