import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {Product, ProductSummary} from '../../../src/contract/product.ts';
import {addConfirmed} from '../../../src/store/add-confirmed.ts';
import {isCartError} from '../../../src/store/cart-error.ts';
import type {Loaded, NewCartLine} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {cartProblemText} from '../../shared/cart-problem-text.ts';
import {CoverController} from '../../shared/cover/cover-controller.ts';
import {coverStyles} from '../../shared/cover/cover.styles.ts';
import {KsAddRequestEvent} from '../../shared/events/ks-add-request.ts';
import {KsAddedEvent} from '../../shared/events/ks-added.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {failureBlank} from '../../shared/failure.ts';
import {formatMoney} from '../../shared/format.ts';
import {checkIcon, plusIcon} from '../../shared/icons.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {loadProductChoice} from '../load-product-choice.ts';
import {goodFactsStyles} from './good-facts.styles.ts';
import {goodFacts} from './good-facts.ts';
import {productCardStyles} from './product-card.styles.ts';
import type {KsProductChosenEvent} from './product-choice/product-choice.ts';
import {summarize} from './summarize.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-product-card': KsProductCard;
  }
}

type Adding = 'idle' | 'pending' | 'added' | 'refused';

/** How long a button says that the good was added, in milliseconds. */
const addedFor = 1800;

/**
 * One good: cover, title, price, delivery, stock, and a button that puts it into the cart. Pressed elsewhere it shows
 * its details, where variants and the number of pieces are chosen.
 *
 * @summary One good of the shop.
 * @tagname ks-product-card
 * @attr {string} product-id - Which good; not needed where `product` is set.
 * @event {KsAddRequestEvent} ks-add-request - Somebody wants to add the good. Cancelable.
 * @event {KsAddedEvent} ks-added - The shop server confirmed it.
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
    adding: {state: true},
    choosing: {state: true},
  };

  /** The good as a list knows it. */
  declare product: ProductSummary | undefined;
  declare productId: string | undefined;
  /** What became of the last press of the button. */
  declare private adding: Adding;
  /** Why, if it was refused or the shop could not be asked. */
  #refusal = '';
  declare private choosing: boolean;

  readonly #shop = new ShopController(this);
  readonly #loaded = new ReadableController<Loaded<Product>>(this);
  readonly #covers = new CoverController(this);
  protected override readonly pack = browseWords;
  #connection = new AbortController();
  /** Only the latest press decides what the button says. */
  #lastPress: object | undefined;

  constructor() {
    super();
    this.adding = 'idle';
    this.choosing = false;
  }

  override connectedCallback(): void {
    this.#connection = new AbortController();
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connection.abort();
    this.adding = 'idle';
    this.choosing = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A list shows its goods through the same cards when it changes: what was pressed belonged to another one.
    if (changed.has('product') && changed.get('product')?.id !== this.product?.id) {
      this.adding = 'idle';
      this.choosing = false;
      this.#lastPress = undefined;
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
    if (product) return this.#card(product);
    if (loaded?.status === 'failed') return failureBlank(loaded.error, this.words, () => loaded.retry());
    return this.#skeleton();
  }

  #card(product: ProductSummary): TemplateResult {
    const {title, stock} = product;
    return html`<article
        part="card"
        class="panel ${stock === 'sold_out' ? 'sold-out' : ''}"
        aria-labelledby="title"
        aria-busy=${this.adding === 'pending'}
      >
        <div class="cover" part="cover">${this.#covers.template(product, this.#shop.shop?.address ?? '')}</div>
        <div class="body">
          <button type="button" class="open" id="title" part="title" aria-haspopup="dialog" @click=${this.#choose}>
            <span class="title">${title}</span>
          </button>
          ${goodFacts(product.delivery, stock, this.words['product-card'])}
          <div class="row foot">
            <span class="price" part="price">${this.#price(product)}</span>
            ${this.#button(product)}
          </div>
          ${this.adding === 'refused' ? html`<p class="error">${this.#refusal}</p>` : nothing}
        </div>
        <span class="visually-hidden" role="status">${this.#announcement(title)}</span>
      </article>
      ${
        this.choosing
          ? html`<ks-product-choice
              .product=${product}
              @close=${() => (this.choosing = false)}
              @ks-product-chosen=${({line}: KsProductChosenEvent) => this.#add(line)}
            ></ks-product-choice>`
          : nothing
      }`;
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
    const added = this.adding === 'added';
    const [text, label] = soldOut
      ? [words.sold_out, nothing]
      : added
        ? [words.added, words.addedTitle(title)]
        : this.adding === 'pending'
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
      @click=${() => (skuId ? this.#add(lineOf(product, skuId)) : this.#choose())}
    >
      ${soldOut ? nothing : added ? checkIcon : plusIcon}<span class=${soldOut ? '' : 'text'}>${text}</span>
    </button>`;
  }

  #choose(): void {
    loadProductChoice().then(
      () => (this.choosing = this.isConnected),
      (error: unknown) => {
        this.#refuse(error);
        this.adding = 'refused';
      },
    );
  }

  #add(line: NewCartLine): void {
    const {shop} = this.#shop;
    const {signal} = this.#connection;
    const confirmed = shop && RequestEvent.ask(this, new KsAddRequestEvent(line), () => addConfirmed(shop.cart, line));
    if (!confirmed) return;
    this.adding = 'pending';
    const press = {};
    this.#lastPress = press;
    const settle = (adding: Adding): void => {
      if (this.#lastPress === press && !signal.aborted) this.adding = adding;
    };
    confirmed.then(
      () => {
        this.dispatchEvent(new KsAddedEvent(line));
        settle('added');
        const timer = setTimeout(() => settle('idle'), addedFor);
        signal.addEventListener('abort', () => clearTimeout(timer));
      },
      (error: unknown) => {
        this.#refuse(error);
        settle('refused');
      },
    );
  }

  #refuse(error: unknown): void {
    const {words} = this;
    this.#refusal = isCartError(error) ? cartProblemText(error.problem, words) : words['cart-problem'].refused;
  }

  #announcement(title: string): string | typeof nothing {
    if (this.adding === 'added') return this.words['product-card'].addedTitle(title);
    return this.adding === 'refused' ? this.#refusal : nothing;
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
