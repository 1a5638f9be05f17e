import {html, isServer, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {productSorts} from '../../../src/contract/product-sorts.ts';
import type {ProductQuery} from '../../../src/contract/product.ts';
import {hasFilters, type BrowseState} from '../../../src/store/browse.ts';
import type {GivenPage, ProductList, ProductListState, Shop} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {failureBlank, noShop} from '../../shared/failure.ts';
import {alertIcon, boxIcon} from '../../shared/icons.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {ApproachController} from './approach-controller.ts';
import type {CardTemplate} from './card-template.ts';
import {FirstGoodsController} from './first-goods-controller.ts';
import type * as OnNeed from './on-need.ts';
import {productGridStyles} from './product-grid.styles.ts';
import type {WindowController} from './window-controller.ts';
import {writeGoods} from './write-goods.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-product-grid': KsProductGrid;
  }
}

type Page = Extract<ProductListState, {status: 'ready'}>['data'];

/** Pages that come by themselves before the reader is asked, so that the end of the page stays within reach. */
const pagesUnasked = 3;
/** Cards that are drawn in one go: the rest of them waits for the next frames. */
const atOnce = 6;
/** From this many cards on the browser skips those far away. */
const longList = 48;
/** Of more cards than these, those far away are not even there. */
const windowedList = 200;

/**
 * The goods of the shop as cards, page by page: more come as the reader approaches the end, then by a button. It shows
 * what `<ks-search>`, `<ks-category-nav>` and `<ks-filters>` of its shop say; with a category or a search of its own it
 * is a shelf of its own.
 *
 * Up to 200 cards are all in the page, and the browser's find-in-page finds each of them. Of a longer list, the cards in
 * sight and one screen around them are there, so that 100,000 goods scroll like 100: find-in-page finds those only,
 * because it looks at what is there. `<ks-search>` finds all of them. Screen readers are told the place of each card and
 * how many there are; a card that holds the focus stays.
 *
 * @summary The goods of the shop.
 * @tagname ks-product-grid
 * @attr {string} category - Id of a category; its subcategories are included.
 * @attr {string} q - Words of a title, or how it is spelled.
 * @attr {'featured' | 'relevance' | 'price_ascending' | 'price_descending' | 'title'} sort - Order; the shop's own if absent.
 * @attr {number} limit - Goods per page, 1 to 100. With it, further pages come by the button alone.
 * @attr {string} product-href - Address of the goods' own pages, `{id}` in the place of the id: `/goods?product={id}`.
 *   Without it a card shows the details in a dialog.
 * @attr {GivenPage} goods - The first page, where a server knows it: what `GET /v1/products` answered to what the other
 *   attributes ask for, as JSON. Shown at once, and asked for when it is older than five minutes by its `asOf`, in epoch
 *   milliseconds.
 * @attr {boolean} endless - Pages come by themselves as long as the reader goes on, however many there are.
 * @event {KsAddRequestEvent} ks-add-request - Somebody wants to add a good. Cancelable.
 * @event {KsAddedEvent} ks-added - The shop server confirmed it.
 * @event {KsProductRequestEvent} ks-product-request - Somebody wants to see a good's own page. Cancelable.
 * @slot card - A `<template>`: the inside of a card, in the merchant's own words and styles. See docs/theming.md.
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
    endless: {type: Boolean},
    productHref: {attribute: 'product-href'},
    goods: {type: Object},
  };

  declare category: string | undefined;
  declare q: string | undefined;
  declare sort: ProductQuery['sort'] | undefined;
  declare limit: number | undefined;
  declare endless: boolean;
  declare productHref: string | undefined;
  declare goods: GivenPage | undefined;

  readonly #shop = new ShopController(this);
  readonly #list = new ReadableController<ProductListState>(this);
  protected override readonly pack = browseWords;
  readonly #approach = new ApproachController(this, () => this.#loadUnasked());
  readonly #browse = new ReadableController<BrowseState>(this);
  readonly #firstGoods = new FirstGoodsController(this);
  #products: ProductList | undefined;
  #unasked = pagesUnasked;
  /** A further page was asked for and has not come. */
  #isMoreDue = false;
  /** What was drawn last, and of which shop. */
  #shown: Page | undefined;
  #shownOf: Shop | undefined;
  /** Cards up to this place are drawn; those after it keep their places until then. */
  #ready = 0;
  #drawing: Promise<void> | undefined;
  #window: WindowController | undefined;
  #windowing: Promise<unknown> | undefined;
  /** What draws the merchant's own cards; `null` while its code is on the way. */
  #template: CardTemplate | null | undefined;

  protected override follow(): void {
    if (isServer) writeGoods(this, this.goods);
    const {shop} = this.#shop;
    if (this.#shownOf && shop !== this.#shownOf) this.#shown = undefined;
    this.#browse.follow(this.category || this.q ? undefined : shop?.browse);
    // What came with the page is what the attributes ask for, as they were at first, and nothing else.
    const isFirst = !this.#shownOf && Object.keys(this.#browse.value ?? {}).length === 0;
    const query = this.#query();
    const given = isFirst ? (this.goods ?? this.#firstGoods.page(this.#shop.address, query)) : undefined;
    const products = shop ? shop.products(query, given) : this.#beforeShop(given);
    const wasMoreAsked = this.#isMoreDue && !this.#shownOf;
    this.#shownOf = shop;
    if (products === this.#products) return;
    this.#products = products;
    this.#unasked = this.limit ? 0 : pagesUnasked;
    this.#isMoreDue = false;
    this.#list.follow(products);
    if (shop && wasMoreAsked) this.#loadMore();
  }

  protected override awaited(): Promise<unknown> | undefined {
    return this.#firstGoods.arrival;
  }

  /** Whether the cards are drawn in part: there are too many, or they will come by themselves. */
  get #isLong(): boolean {
    const page = this.#shown;
    return ((this.endless ? page?.total : page?.items.length) ?? 0) > windowedList;
  }

  /** The code that draws comes before that of the shop. */
  #beforeShop(given: GivenPage | undefined): ProductList | undefined {
    if (this.rest) return this.rest.products(this.goods);
    return this.#shop.address ? this.#firstGoods.list(given) : undefined;
  }

  protected override firstUpdated(_changed: PropertyValues<this>): void {
    const template = this.querySelector<HTMLTemplateElement>('template[slot=card]');
    if (template) this.#drawFrom(template);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.#approach.watch(this.renderRoot.querySelector('.more'));
    if (this.#isLong) this.#drawInPart();
  }

  /** With all cards that are due. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (!this.#drawing) return isComplete;
    await this.#drawing;
    return this.updateComplete;
  }

  protected override render(): TemplateResult {
    const list = this.#list.value;
    if (!list) return this.#shop.missing ? noShop(this.words) : this.#skeletons();
    const page = dataOf(list);
    if (page) return this.#page(page, list);
    if (list.status === 'failed') return failureBlank(list.error, this.words, () => list.retry());
    // What was there before stays until what was asked for now is there: nothing jumps.
    return this.#shown?.items.length ? this.#page(this.#shown, list) : this.#skeletons();
  }

  #page(page: Page, list: ProductListState): TemplateResult {
    if (page.items[0]?.id !== this.#shown?.items[0]?.id) this.#ready = 0;
    this.#shown = page;
    const {items, total, hasMore, loadingMore} = page;
    if (items.length === 0) return this.#empty();
    const words = this.words['product-grid'];
    const count = words.count(items.length, total);
    const refreshing = list.status === 'ready' && list.refreshing;
    const replacing = list.status === 'loading';
    const lacksMore = list.status === 'failed' && this.#isMoreDue;
    const hold = this.#window?.hold ?? nothing;
    return html`${list.status === 'failed' && !lacksMore ? this.#stale(() => list.retry()) : nothing}
      <ul
        part="list"
        class="grid ${replacing ? 'replacing' : ''} ${this.#window ? 'windowed' : items.length > longList ? 'long' : ''}"
        role="list"
        aria-label=${words.label}
        aria-busy=${refreshing || replacing || loadingMore}
        @focusin=${hold}
        @focusout=${hold}
      >
        ${this.#cards(page)} ${loadingMore ? skeletonCards(this.limit ?? 4) : nothing}
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
                @click=${() => !loadingMore && this.#loadAsked()}
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

  #cards({items, total}: Page): unknown {
    const {first, end, held, leapt} = this.#window?.drawn(items.length) ?? {first: 0, end: items.length};
    const places = Array.from({length: end - first}, (_, index) => first + index);
    if (held !== undefined) places.splice(held < first ? 0 : places.length, 0, held);
    this.#template?.begin(this.words, this.#shop.shop?.address);
    if (leapt) this.#ready = 0;
    this.#prepare(first, end);
    const isDue = (place: number) => place < this.#ready || place === held;
    return repeat(
      places,
      place => items[place]!.id,
      place =>
        html`<li
          class=${place === held ? 'held' : isDue(place) ? '' : 'later panel'}
          aria-posinset=${place + 1}
          aria-setsize=${total}
        >
          ${
            isDue(place)
              ? (this.#template?.place(items[place]!) ??
                html`<ks-product-card
                  .product=${this.#template === null ? undefined : items[place]}
                  .productHref=${this.productHref}
                ></ks-product-card>`)
              : nothing
          }
        </li>`,
    );
  }

  /** A page of cards in one task would hold up what the reader does meanwhile. */
  #prepare(first: number, end: number): void {
    const next = this.#drawing ? this.#ready : this.#ready + atOnce;
    this.#ready = this.isServed ? end : Math.min(end, Math.max(next, first + atOnce));
    if (this.#ready === end || this.#drawing) return;
    this.#drawing = nextFrameDrawn().then(() => {
      this.#drawing = undefined;
      this.requestUpdate();
    });
  }

  #empty(): TemplateResult {
    const browse = this.#browse.value;
    const q = this.q || browse?.q;
    const words = this.words['product-grid'];
    const isFiltered = hasFilters(browse ?? {});
    return html`<div class="blank" part="empty" role="status">
      ${boxIcon}
      <strong>${q ? words.nothingFound(q) : isFiltered ? words.nothingFits : words.empty}</strong>
      <p>${isFiltered ? words.nothingFitsHint : words[q ? 'nothingFoundHint' : 'emptyHint']}</p>
      ${
        isFiltered
          ? html`<button
              type="button"
              class="button"
              @click=${() => this.#shop.shop?.browse.change({type: 'filters_cleared'})}
            >
              ${words.clearFilters}
            </button>`
          : nothing
      }
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
      // Attributes are written by hand: what the server would refuse is left out.
      ...(sort && productSorts.includes(sort) && {sort}),
      ...this.#browse.value,
      ...(category && {category}),
      ...(q && {q}),
      ...(limit && {limit: Math.min(100, Math.max(1, Math.round(limit)))}),
    };
  }

  #loadUnasked(): void {
    const list = this.#list.value;
    if (
      (this.#unasked <= 0 && !this.endless) ||
      list?.status !== 'ready' ||
      !list.data.hasMore ||
      list.data.loadingMore
    )
      return;
    this.#unasked--;
    this.#loadMore();
  }

  /** Who wants to go on gets some more pages unasked. */
  #loadAsked(): void {
    if (!this.limit) this.#unasked = pagesUnasked;
    this.#loadMore();
  }

  #loadMore(): void {
    const products = this.#products;
    this.#isMoreDue = true;
    if (!this.#shop.shop) return;
    void products?.loadMore().then(() => {
      if (products === this.#products && products.value.status === 'ready') this.#isMoreDue = false;
    });
  }

  #drawFrom(template: HTMLTemplateElement): void {
    this.#template = null;
    this.#load(({CardTemplate}) => (this.#template = new CardTemplate(this, template))).catch(() => {
      // The goods are there all the same, on the shop's own cards.
      this.#template = undefined;
      this.requestUpdate();
    });
  }

  #drawInPart(): void {
    if (this.#windowing) return;
    this.#windowing = this.#load(({WindowController}) => {
      this.#window = new WindowController(this, {
        isWhole: () => !this.#isLong,
        more: () => this.endless && this.#loadUnasked(),
      });
    }).catch(() => (this.#windowing = undefined));
  }

  /** Few lists grow long, and few merchants draw their own cards: the code for either waits until one does. */
  async #load(use: (parts: typeof OnNeed) => void): Promise<void> {
    use(await import('./on-need.ts'));
    this.requestUpdate();
  }
}

/** Settles when a frame was drawn; soon in pages that are not in front, where none is. */
const nextFrameDrawn = (): Promise<void> =>
  new Promise(resolve => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });

const skeletonCards = (count: number): TemplateResult[] =>
  Array.from({length: count}, () => html`<li><ks-product-card></ks-product-card></li>`);
