import {html, isServer, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {Card} from '../../../src/contract/card.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import type {LineRequest} from '../../../src/domain/quote.ts';
import {cartState} from '../../../src/store/cart-reducer.ts';
import {fieldPlace} from '../../../src/store/form-draft.ts';
import {fieldProblems} from '../../../src/store/form-fields.ts';
import {offerFor, stockNews, type Offer} from '../../../src/store/offer.ts';
import type {FormProblems, Loaded} from '../../../src/store/shop.ts';
import {chosenSku, firstChoices, type Choices} from '../../../src/store/sku-choice.ts';
import {AddController} from '../../shared/add-controller.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {controlStyles} from '../../shared/control.styles.ts';
import {KsCheckoutRequestEvent} from '../../shared/events/ks-checkout-request.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {failureBlank, noShop} from '../../shared/failure.ts';
import {incompleteNotice} from '../../shared/incomplete-notice.ts';
import {FormEntries} from '../../shared/form-field/form-entries.ts';
import {formFieldStyles} from '../../shared/form-field/form-field.styles.ts';
import {alertIcon, boxIcon, checkIcon} from '../../shared/icons.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {richTextStyles} from '../../shared/rich-text/rich-text.styles.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {skuPickerStyles} from '../../shared/sku-picker/sku-picker.styles.ts';
import {skuPicker} from '../../shared/sku-picker/sku-picker.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {productWords, type ProductPageWords} from '../languages/word-packs.ts';
import {loadCheckout, openCheckout} from '../open-checkout.ts';
import {goodFactsStyles} from '../product-card/good-facts.styles.ts';
import type {KsCardChosenEvent} from './card-picker/card-picker.ts';
import {loadCardPicker} from './load-card-picker.ts';
import {KsProductShownEvent} from './events/ks-product-shown.ts';
import {productStyles} from './product.styles.ts';
import {productForm} from './product-form.ts';
import {about, details, pieces, priceSteps, promise, skeleton} from './product-views.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-product': KsProduct;
  }
}

type Line = NonNullable<Offer['line']>;

/**
 * A good on a page of its own: pictures, variants, prices by quantity, the fields of a top-up, what to know before
 * buying, and two buttons: into the cart, or straight to the checkout with this good alone. Price and stock are asked
 * for again while somebody looks.
 *
 * @summary The page of one good.
 * @tagname ks-product
 * @attr {string} product - Which good. Without it, the page's own address says so: `?product=…`.
 * @attr {string} param - The name by which the address says it, if it is not `product`.
 * @event {KsAddRequestEvent} ks-add-request - Somebody wants to add the good. Cancelable.
 * @event {KsAddedEvent} ks-added - The shop server confirmed it.
 * @event {KsCheckoutRequestEvent} ks-checkout-request - Somebody wants to buy the good now. Cancelable.
 * @event {KsProductShownEvent} ks-product-shown - The good is on the screen; for the title of the page, say.
 * @csspart product - The whole
 * @csspart gallery - The pictures
 * @csspart title - The title
 * @csspart facts - Delivery and stock
 * @csspart official - That it comes from an official source, and the evidence
 * @csspart price - The price of one piece
 * @csspart cards - The cards to choose from
 * @csspart prices - The prices by quantity
 * @csspart total - The price of all pieces
 * @csspart add - The button that adds to the cart
 * @csspart buy - The button that leads to the checkout
 * @csspart notice - What to know before buying
 * @csspart description - The description
 * @csspart error - What went wrong
 */
export class KsProduct extends WordedElement<ProductPageWords> {
  static override styles = [
    baseStyles,
    controlStyles,
    goodFactsStyles,
    formFieldStyles,
    skuPickerStyles,
    richTextStyles,
    productStyles,
  ];
  static override properties = {
    product: {},
    param: {},
    choices: {state: true},
    quantity: {state: true},
    card: {state: true},
    problems: {state: true},
    buying: {state: true},
  };

  declare product: string | undefined;
  declare param: string | undefined;
  declare private choices: Choices | undefined;
  declare private quantity: number | undefined;
  /** The card that was chosen (预选卡密), where one was. */
  declare private card: Card | undefined;
  /** What was wrong with the fields at the last press of a button. */
  declare private problems: FormProblems;
  /** What became of the last press of the button that buys. */
  declare private buying: 'idle' | 'pending' | 'failed';

  readonly #shop = new ShopController(this);
  readonly #loaded = new ReadableController<Loaded<Product>>(this);
  readonly #adding = new AddController(this);
  readonly #entries = new FormEntries(() => this.#shop.shop?.draft);
  protected override readonly pack = productWords;
  #connection: AbortController | undefined;
  #shownId: string | undefined;
  /** The variant that was on the screen last, with its stock. */
  #seen: Pick<Offer, 'sku' | 'stock'> | undefined;
  #news: ReturnType<typeof stockNews>;

  constructor() {
    super();
    this.problems = {};
    this.buying = 'idle';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.isServed) return;
    this.#connection = new AbortController();
    // A page that changes its address without loading anew shows another good.
    addEventListener('popstate', () => this.requestUpdate(), {signal: this.#connection.signal});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connection?.abort();
    this.buying = 'idle';
  }

  protected override follow(): void {
    const id = this.#id;
    this.#loaded.follow(id ? this.#shop.shop?.watchProduct(id, this.words.lang) : undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const id = this.#id;
    if (id !== this.#shownId) this.#begin(id);
    const product = dataOf(this.#loaded.value);
    if (!product) return;
    // Settled once, so that a variant that sells out meanwhile is not quietly exchanged for another.
    this.choices ??= firstChoices(product);
    this.#noteStock(this.#offer(product));
    if (product.cards) loadCardPicker();
    if (this.card && this.#adding.state === 'refused' && this.#adding.problem?.kind === 'card_gone')
      this.#giveUpCard(product);
  }

  protected override updated(): void {
    const product = dataOf(this.#loaded.value);
    if (!product || this.#told === product.id) return;
    this.#told = product.id;
    this.dispatchEvent(new KsProductShownEvent(product));
  }

  #told: string | undefined;

  protected override render(): TemplateResult {
    const {product: words, failure} = this.words;
    const loaded = this.#loaded.value;
    if (!loaded) {
      if (this.#shop.missing) return noShop(this.words);
      // What the page's address says, a server does not know.
      return this.#id || this.isServed ? skeleton(this.words) : blank(words.none, words.noneHint);
    }
    if (loaded.status === 'loading') return skeleton(this.words);
    if (loaded.status === 'ready') return this.#page(loaded.data);
    const {data, error} = loaded;
    if (!data || error.code === 'product_not_found') return failureBlank(error, this.words, () => loaded.retry());
    return this.#page(
      data,
      html`<div class="notice row" role="status" part="error">
        <span class="with-icon warning">${alertIcon}${words.stale}</span>
        <button type="button" class="button" @click=${() => loaded.retry()}>${failure.retry}</button>
      </div>`,
    );
  }

  #page(product: Product, notice: TemplateResult | typeof nothing = nothing): TemplateResult {
    const offer = this.#offer(product);
    const {words} = this;
    return html`<article part="product" aria-labelledby="title">
      <ks-product-gallery part="gallery" .product=${product} .words=${words.product}></ks-product-gallery>
      <div class="stack buy">
        ${notice} ${about(product, offer, words)}
        ${skuPicker({
          product,
          choices: this.choices ?? {},
          words: words['product-choice'],
          choose: choices => this.#choose(product, choices),
        })}
        ${this.#cards(product, offer)} ${priceSteps(offer, words)} ${this.#form(product, offer)}
        <div class="actions">
          ${pieces(product, offer, words, quantity => (this.quantity = quantity))} ${this.#buttons(product, offer)}
        </div>
        ${promise(product, words)}
        <p class="visually-hidden" role="status">${this.#announcement(product)}</p>
      </div>
      <div class="stack details">${details(product, words)}</div>
    </article>`;
  }

  #cards(product: Product, {sku}: Offer): TemplateResult | typeof nothing {
    if (!product.cards || !sku) return nothing;
    return html`<ks-card-picker
      part="cards"
      .productId=${product.id}
      .skuId=${sku.id}
      .chosen=${this.card}
      @ks-card-chosen=${({card}: KsCardChosenEvent) => this.#chooseCard(product, card)}
    ></ks-card-picker>`;
  }

  #form({fields}: Product, {sku}: Offer): TemplateResult | typeof nothing {
    if (fields.length === 0 || !sku) return nothing;
    const {words} = this;
    const problems = this.#entries.unanswered(this.problems);
    return productForm({
      fields,
      skuId: this.card?.skuId ?? sku.id,
      entries: this.#entries,
      problems,
      words,
      changed: this.#input,
    });
  }

  #buttons(product: Product, {line, sku}: Offer): TemplateResult {
    const {product: words, 'product-card': cardWords, 'product-choice': choiceWords} = this.words;
    const {state} = this.#adding;
    const refusal = this.#adding.refusal(this.words);
    const addText = state === 'added' ? cardWords.added : state === 'pending' ? cardWords.adding : choiceWords.add;
    return html`${
        line
          ? nothing
          : html`<p class="out">
              <strong>${sku ? cardWords.sold_out : words.gone}</strong> <span class="muted">${words.soldOutHint}</span>
            </p>`
      }
      ${this.#news === 'restocked' ? html`<p class="with-icon success">${boxIcon}${words.restocked}</p>` : nothing}
      ${refusal ? html`<p class="notice danger" part="error" role="alert">${alertIcon}${refusal}</p>` : nothing}
      ${this.buying === 'failed' ? incompleteNotice(words.failed, this.words) : nothing}
      <div class="buttons">
        <button
          type="button"
          part="add"
          class="button add ${state === 'added' ? 'success' : ''}"
          ?disabled=${!line}
          aria-busy=${state === 'pending'}
          @click=${() => line && this.#isFilled(product, line.skuId) && this.#adding.add(this.#shop, line)}
        >
          ${state === 'added' ? checkIcon : nothing}${addText}
        </button>
        <button
          type="button"
          part="buy"
          class="button primary"
          ?disabled=${!line}
          aria-busy=${this.buying === 'pending'}
          @click=${() => line && this.#isFilled(product, line.skuId) && this.#buy(line)}
        >
          ${this.buying === 'pending' ? words.opening : words.buy}
        </button>
      </div>`;
  }

  #announcement({title}: Product): string | typeof nothing {
    const {product: words, 'product-card': cardWords} = this.words;
    if (this.#adding.state === 'added') return cardWords.addedTitle(title);
    if (!this.#news) return nothing;
    return words[this.#news === 'restocked' ? 'restocked' : 'soldOutNow'];
  }

  get #id(): string | undefined {
    if (this.product || isServer) return this.product;
    return new URLSearchParams(location.search).get(this.param || 'product') || undefined;
  }

  /** Another good: nothing of what was chosen for the last one holds. */
  #begin(id: string | undefined): void {
    this.#shownId = id;
    this.choices = undefined;
    this.quantity = undefined;
    this.card = undefined;
    this.problems = {};
    this.buying = 'idle';
    this.#seen = undefined;
    this.#news = undefined;
    this.#adding.forget();
  }

  #noteStock({sku, stock}: Offer): void {
    const before = this.#seen;
    if (sku?.id !== before?.sku?.id) this.#news = undefined;
    else if (before) this.#news = stockNews(before.stock, stock) ?? this.#news;
    this.#seen = {sku, stock};
  }

  #offer(product: Product): Offer {
    return offerFor(product, this.choices ?? firstChoices(product), this.quantity, this.card);
  }

  #choose(product: Product, choices: Choices): void {
    this.#settle(product, choices, undefined);
  }

  #chooseCard(product: Product, card: Card | undefined): void {
    this.#settle(product, this.choices ?? {}, card);
    this.#adding.forget();
  }

  /** Somebody else has it: the buyer chooses again, among what is there now. */
  #giveUpCard(product: Product): void {
    this.#settle(product, this.choices ?? {}, undefined);
    this.renderRoot.querySelector('ks-card-picker')?.refresh();
  }

  /** What was filled in for a variant or a card holds for any other. */
  #settle(product: Product, choices: Choices, card: Card | undefined): void {
    const {draft} = this.#shop.shop ?? {};
    const before = this.card?.skuId ?? chosenSku(product, this.choices ?? {})?.id;
    const after = card?.skuId ?? chosenSku(product, choices)?.id;
    if (before !== undefined && after !== undefined) {
      for (const {name} of product.fields) draft?.set(fieldPlace(after, name), draft.get(fieldPlace(before, name)));
    }
    this.choices = choices;
    this.card = card;
    this.problems = {};
  }

  readonly #input = (event: Event): void => {
    this.#entries.take(event);
    this.requestUpdate();
  };

  /** Whether the fields of the good are filled in as they must be; if not, the focus goes to the first that is not. */
  #isFilled({fields}: Product, skuId: string): boolean {
    const problems = fieldProblems(fields, name => this.#entries.get(fieldPlace(skuId, name)));
    this.problems = Object.fromEntries(
      Object.entries(problems).map(([name, problem]) => [fieldPlace(skuId, name), problem]),
    );
    if (Object.keys(problems).length === 0) return true;
    void this.updateComplete.then(() => {
      const first = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]');
      (first?.matches('fieldset') ? first.querySelector('input') : first)?.focus();
    });
    return false;
  }

  #buy(line: Line): void {
    const {scope} = this.#shop;
    const cart = cartState([{line: {...line, pending: false}, agreed: 0}]);
    if (!scope || this.buying === 'pending') return;
    const goods: readonly LineRequest[] = [{skuId: line.skuId, quantity: line.quantity}];
    const opening = RequestEvent.ask(this, new KsCheckoutRequestEvent(cart), async () => {
      await loadCheckout(scope.host);
      scope.shop.checkout.select(goods);
      await openCheckout(scope);
    });
    if (!opening) return;
    this.buying = 'pending';
    opening.then(
      () => (this.buying = 'idle'),
      () => (this.buying = 'failed'),
    );
  }
}

const blank = (title: string, hint?: string): TemplateResult =>
  html`<div class="blank" part="error" role="status">
    ${boxIcon}<strong>${title}</strong>
    ${hint ? html`<p>${hint}</p>` : nothing}
  </div>`;
