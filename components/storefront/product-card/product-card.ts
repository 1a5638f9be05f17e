import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {ProductSummary} from '../../../src/contract/product.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import type {Loaded, NewCartLine} from '../../../src/store/shop.ts';
import {AddController} from '../../shared/add-controller.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {CoverController} from '../../shared/cover/cover-controller.ts';
import {coverStyles} from '../../shared/cover/cover.styles.ts';
import {KsProductRequestEvent} from '../../shared/events/ks-product-request.ts';
import {failureBlank, noShop} from '../../shared/failure.ts';
import {formatMoney} from '../../shared/format.ts';
import {checkIcon, plusIcon} from '../../shared/icons.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {loadProductChoice} from '../load-product-choice.ts';
import {goodFactsStyles} from './good-facts.styles.ts';
import {goodFacts} from './good-facts.ts';
import {productAddress} from './product-address.ts';
import {productCardStyles} from './product-card.styles.ts';
import type {KsProductChosenEvent} from './product-choice/product-choice.ts';
import {summarize} from './summarize.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-product-card': KsProductCard;
  }
}

/**
 * One good: cover, title, price, delivery, stock, and a button that puts it into the cart. Pressed elsewhere it shows
 * its details, where variants and the number of pieces are chosen, or leads to the good's own page if there is one.
 *
 * @summary One good of the shop.
 * @tagname ks-product-card
 * @attr {string} product-id - Which good; not needed where `product` is set.
 * @attr {string} product-href - Address of the goods' own pages, `{id}` in the place of the id: `/goods?product={id}`.
 * @event {KsAddRequestEvent} ks-add-request - Somebody wants to add the good. Cancelable.
 * @event {KsAddedEvent} ks-added - The shop server confirmed it.
 * @event {KsProductRequestEvent} ks-product-request - Somebody wants to see the good's own page. Cancelable.
 * @csspart card - The whole card
 * @csspart cover - The picture
 * @csspart title - The title
 * @csspart facts - Delivery and stock
 * @csspart price - The price
 * @csspart add - The button
 * @csspart error - What is shown if the good cannot be loaded
 */
export class KsProductCard extends WordedElement<BrowseWords> {
  static override styles = [baseStyles, coverStyles, goodFactsStyles, productCardStyles];
  static override properties = {
    product: {attribute: false},
    productId: {attribute: 'product-id'},
    productHref: {attribute: 'product-href'},
    choosing: {state: true},
  };

  /** The good as a list knows it. */
  declare product: ProductSummary | undefined;
  declare productId: string | undefined;
  declare productHref: string | undefined;
  declare private choosing: boolean;

  readonly #shop = new ShopController(this);
  readonly #loaded = new ReadableController<Loaded<Product>>(this);
  readonly #covers = new CoverController(this);
  readonly #adding = new AddController(this);
  protected override readonly pack = browseWords;

  constructor() {
    super();
    this.choosing = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.choosing = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A list shows its goods through the same cards when it changes: what was pressed belonged to another one.
    if (changed.has('product') && changed.get('product')?.id !== this.product?.id) {
      this.#adding.forget();
      this.choosing = false;
    }
    super.willUpdate(changed);
  }

  protected override follow(): void {
    const id = this.product ? undefined : this.productId;
    this.#loaded.follow(id ? this.#shop.shop?.product(id, this.words.lang) : undefined);
  }

  protected override render(): TemplateResult {
    const loaded = this.#loaded.value;
    const data = dataOf(loaded);
    const product = this.product ?? (data && summarize(data));
    if (this.#shop.missing) return noShop(this.words);
    if (product) return this.#card(product);
    if (loaded?.status === 'failed') return failureBlank(loaded.error, this.words, () => loaded.retry());
    return this.#skeleton();
  }

  #card(product: ProductSummary): TemplateResult {
    const {title, stock} = product;
    const refusal = this.#adding.refusal(this.words);
    return html`<article
        part="card"
        class="panel ${stock === 'sold_out' ? 'sold-out' : ''}"
        aria-labelledby="title"
        aria-busy=${this.#adding.state === 'pending'}
      >
        <div class="cover" part="cover">
          ${this.#covers.template(product, this.rest?.address ?? this.#shop.address)}
        </div>
        <div class="body">
          ${this.#title(product)} ${goodFacts(product.delivery, stock, this.words['product-card'])}
          <div class="row foot">
            <span class="price" part="price">${this.#price(product)}</span>
            ${this.#button(product)}
          </div>
          ${refusal ? html`<p class="error">${refusal}</p>` : nothing}
        </div>
        <span class="visually-hidden" role="status"
          >${this.#adding.state === 'added' ? this.words['product-card'].addedTitle(title) : refusal}</span
        >
      </article>
      ${
        this.choosing
          ? html`<ks-product-choice
              .product=${product}
              @close=${() => (this.choosing = false)}
              @ks-product-chosen=${({line}: KsProductChosenEvent) => this.#adding.add(this.#shop, line)}
            ></ks-product-choice>`
          : nothing
      }`;
  }

  /** Leads to the good's own page if there is one, else shows its details. */
  #title(product: ProductSummary): TemplateResult {
    const title = html`<span class="title">${product.title}</span>`;
    const href = this.#href(product);
    return href
      ? html`<a class="open" id="title" part="title" href=${href} @click=${this.#leave(product, href)}>${title}</a>`
      : html`<button type="button" class="open" id="title" part="title" aria-haspopup="dialog" @click=${this.#choose}>
          ${title}
        </button>`;
  }

  #href({id}: ProductSummary): string | undefined {
    return productAddress(this.productHref, id, this.baseURI);
  }

  #leave({id}: ProductSummary, href: string): (event: MouseEvent) => void {
    return event => {
      // A new tab or window is the browser's own business.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (!this.dispatchEvent(new KsProductRequestEvent(id, href))) event.preventDefault();
    };
  }

  #price({price, priceVaries}: ProductSummary): unknown {
    const text = formatMoney(price, this.words.lang);
    if (!priceVaries) return text;
    const [before, after] = this.words['product-card'].from('\n').split('\n');
    return html`<small>${before}</small>${text}<small>${after}</small>`;
  }

  /** One element in all its states, so that it keeps the focus. */
  #button(product: ProductSummary): TemplateResult {
    const words = this.words['product-card'];
    const {title, skuId} = product;
    const soldOut = product.stock === 'sold_out';
    const {state} = this.#adding;
    const added = state === 'added';
    const href = skuId || soldOut ? undefined : this.#href(product);
    if (href) {
      return html`<a
        class="button add choose"
        part="add"
        aria-label=${words.chooseTitle(title)}
        href=${href}
        @click=${this.#leave(product, href)}
        >${plusIcon}<span class="text">${words.choose}</span></a
      >`;
    }
    const [text, label] = soldOut
      ? [words.sold_out, nothing]
      : added
        ? [words.added, words.addedTitle(title)]
        : state === 'pending'
          ? [words.adding, words.adding]
          : skuId
            ? [words.add, words.addTitle(title)]
            : [words.choose, words.chooseTitle(title)];
    return html`<button
      type="button"
      class="button add ${soldOut ? 'none' : added ? 'done' : skuId ? '' : 'choose'}"
      part="add"
      aria-label=${label}
      aria-haspopup=${skuId ? nothing : 'dialog'}
      ?disabled=${soldOut}
      @click=${() => (skuId ? this.#adding.add(this.#shop, lineOf(product, skuId)) : this.#choose())}
    >
      ${soldOut ? nothing : added ? checkIcon : plusIcon}<span class=${soldOut ? '' : 'text'}>${text}</span>
    </button>`;
  }

  #choose(): void {
    loadProductChoice().then(
      () => (this.choosing = this.isConnected),
      (error: unknown) => this.#adding.refuse(error),
    );
  }

  #skeleton(): TemplateResult {
    return html`<article part="card" class="panel" aria-busy="true">
      <span class="visually-hidden">${this.words['product-card'].loading}</span>
      <div class="cover skeleton"></div>
      <div class="body">
        <div class="open"><div class="skeleton line"></div></div>
        <div class="skeleton line short"></div>
        <div class="row foot">
          <div class="skeleton line price"></div>
          <div class="skeleton add"></div>
        </div>
      </div>
    </article>`;
  }
}

function lineOf({id, title, price, categoryName, cover, minimum}: ProductSummary, skuId: string): NewCartLine {
  return {
    skuId,
    productId: id,
    title,
    choices: {},
    price,
    categoryName,
    quantity: Math.max(1, minimum),
    ...(cover !== undefined && {cover}),
  };
}
