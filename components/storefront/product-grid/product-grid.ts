import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {productSorts, type ProductQuery} from '../../../src/contract/product.ts';
import type {ProductList, ProductListState} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {failureBlank} from '../../shared/failure.ts';
import {alertIcon, boxIcon} from '../../shared/icons.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {ApproachController} from './approach-controller.ts';
import {productGridStyles} from './product-grid.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-product-grid': KsProductGrid;
  }
}

type Page = Extract<ProductListState, {status: 'ready'}>['data'];

/** Pages that come by themselves before the reader is asked, so that the end of the page stays within reach. */
const pagesUnasked = 3;
/** From this many cards on the browser skips those far away. */
const longList = 48;

/**
 * The goods of the shop as cards, page by page: more come as the reader approaches the end, then by a button.
 *
 * @summary The goods of the shop.
 * @tagname ks-product-grid
 * @attr {string} category - Id of a category; its subcategories are included.
 * @attr {string} q - Part of a title.
 * @attr {'featured' | 'price_ascending' | 'price_descending' | 'title'} sort - Order; the shop's own if absent.
 * @attr {number} limit - Goods per page, 1 to 100. With it, further pages come by the button alone.
 * @attr {string} product-href - Address of the goods' own pages, `{id}` in the place of the id: `/goods?product={id}`.
 *   Without it a card shows the details in a dialog.
 * @event {KsAddRequestEvent} ks-add-request - Somebody wants to add a good. Cancelable.
 * @event {KsAddedEvent} ks-added - The shop server confirmed it.
 * @event {KsProductRequestEvent} ks-product-request - Somebody wants to see a good's own page. Cancelable.
 * @csspart list - The list of cards
 * @csspart more - The button that loads the next page
 * @csspart empty - What is shown if there are no goods
 * @csspart error - What is shown if the goods cannot be loaded
 * @cssproperty --ks-card-width - Least width of a card on screens that are no phones, 208px
 */
export class KsProductGrid extends WordedElement<BrowseWords> {
  static override styles = [baseStyles, productGridStyles];
  static override properties = {
    category: {},
    q: {},
    sort: {},
    limit: {type: Number},
    productHref: {attribute: 'product-href'},
  };

  declare category: string | undefined;
  declare q: string | undefined;
  declare sort: ProductQuery['sort'] | undefined;
  declare limit: number | undefined;
  declare productHref: string | undefined;

  readonly #shop = new ShopController(this);
  readonly #list = new ReadableController<ProductListState>(this);
  protected override readonly pack = browseWords;
  readonly #approach = new ApproachController(this, () => this.#loadUnasked());
  #products: ProductList | undefined;
  #unasked = pagesUnasked;
  /** A further page was asked for and has not come. */
  #isMoreDue = false;

  protected override follow(): void {
    const products = this.#shop.shop?.products(this.#query());
    if (products === this.#products) return;
    this.#products = products;
    this.#unasked = this.limit ? 0 : pagesUnasked;
    this.#isMoreDue = false;
    this.#list.follow(products);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.#approach.watch(this.renderRoot.querySelector('.more'));
  }

  protected override render(): TemplateResult {
    const list = this.#list.value;
    if (!list) return this.#shop.missing ? this.#noShop() : this.#skeletons();
    const page = dataOf(list);
    if (page) return this.#page(page, list);
    return list.status === 'failed' ? failureBlank(list.error, this.words, () => list.retry()) : this.#skeletons();
  }

  #page(page: Page, list: ProductListState): TemplateResult {
    const {items, total, hasMore, loadingMore} = page;
    if (items.length === 0) return this.#empty();
    const words = this.words['product-grid'];
    const count = words.count(items.length, total);
    const refreshing = list.status === 'ready' && list.refreshing;
    const lacksMore = list.status === 'failed' && this.#isMoreDue;
    return html`${list.status === 'failed' && !lacksMore ? this.#stale(() => list.retry()) : nothing}
      <ul
        part="list"
        class="grid ${items.length > longList ? 'long' : ''}"
        role="list"
        aria-label=${words.label}
        aria-busy=${refreshing || loadingMore}
      >
        ${items.map(product => html`<li><ks-product-card .product=${product} .productHref=${this.productHref}></ks-product-card></li>`)}
        ${loadingMore ? skeletonCards(this.limit ?? 4) : nothing}
      </ul>
      <div class="end">
        ${hasMore ? html`<p class="muted number">${count}</p>` : nothing}
        ${lacksMore && !loadingMore ? html`<p class="with-icon warning">${alertIcon}${words.moreFailed}</p>` : nothing}
        ${
          hasMore
            ? html`<button
                type="button"
                part="more"
                class="button more"
                aria-disabled=${loadingMore}
                @click=${() => !loadingMore && this.#loadMore()}
              >
                ${words[loadingMore ? 'loadingMore' : 'more']}
              </button>`
            : nothing
        }
      </div>
      <p class="visually-hidden" role="status">${loadingMore ? nothing : lacksMore ? words.moreFailed : count}</p>`;
  }

  #stale(retry: () => void): TemplateResult {
    return html`<div class="notice row" role="status">
      <span class="with-icon warning">${alertIcon}${this.words['product-grid'].stale}</span>
      <button type="button" class="button" @click=${retry}>${this.words.failure.retry}</button>
    </div>`;
  }

  #empty(): TemplateResult {
    const {q} = this;
    const words = this.words['product-grid'];
    return html`<div class="blank" part="empty" role="status">
      ${boxIcon}
      <strong>${q ? words.nothingFound(q) : words.empty}</strong>
      <p>${words[q ? 'nothingFoundHint' : 'emptyHint']}</p>
    </div>`;
  }

  #noShop(): TemplateResult {
    return html`<div class="blank" part="error" role="alert">
      <span class="danger">${alertIcon}</span>
      <strong>${this.words['product-grid'].noShop}</strong>
      <p>${this.words['product-grid'].noShopHint}</p>
    </div>`;
  }

  #skeletons(): TemplateResult {
    return html`<p class="visually-hidden" role="status">${this.words['product-grid'].loading}</p>
      <ul class="grid" aria-hidden="true">
        ${skeletonCards(Math.min(this.limit ?? 8, 12))}
      </ul>`;
  }

  #query(): Omit<ProductQuery, 'cursor'> {
    const {category, q, sort, limit} = this;
    return {
      lang: this.words.lang,
      ...(category && {category}),
      ...(q && {q}),
      // Attributes are written by hand: what the server would refuse is left out.
      ...(sort && productSorts.includes(sort) && {sort}),
      ...(limit && {limit: Math.min(100, Math.max(1, Math.round(limit)))}),
    };
  }

  #loadUnasked(): void {
    const list = this.#list.value;
    if (this.#unasked === 0 || list?.status !== 'ready' || !list.data.hasMore || list.data.loadingMore) return;
    this.#unasked--;
    this.#loadMore();
  }

  #loadMore(): void {
    const products = this.#products;
    this.#isMoreDue = true;
    void products?.loadMore().then(() => {
      if (products === this.#products && products.value.status === 'ready') this.#isMoreDue = false;
    });
  }
}

const skeletonCards = (count: number): TemplateResult[] =>
  Array.from({length: count}, () => html`<li><ks-product-card></ks-product-card></li>`);
