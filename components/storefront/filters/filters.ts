import {html, nothing, type TemplateResult} from 'lit';
import type {Facets} from '../../../src/contract/product.ts';
import {hasFilters, type BrowseEvent, type BrowseState} from '../../../src/store/browse.ts';
import {readPriceRange, type PriceRange} from '../../../src/store/price-range.ts';
import type {ProductListState} from '../../../src/store/shop.ts';
import {AddressController} from '../../shared/address-controller.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {controlStyles} from '../../shared/control.styles.ts';
import {formatMoney} from '../../shared/format.ts';
import {noShop} from '../../shared/failure.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {filtersStyles} from './filters.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-filters': KsFilters;
  }
}

type PriceProblem = Exclude<PriceRange, {kind: 'range'}>;
type Sort = NonNullable<BrowseState['sort']>;

const deliveries = ['automatic', 'manual'] as const;

/**
 * Narrows down and orders what the page's `<ks-product-grid>` shows: stock, official source, delivery, price and order, each with what it
 * would leave. Everything applies at once; a price when it is complete.
 *
 * @summary Filters and order of what is shown.
 * @tagname ks-filters
 * @attr {string} sync-url - The page's address says what is looked at, and decides it at first. A value is put before the
 * names in the address, for pages that use `q`, `category` or the like themselves.
 * @csspart filters - The row of filters
 * @csspart total - How many goods are left, the way back, and the order
 * @csspart error - What is shown if the element cannot work
 */
export class KsFilters extends WordedElement<BrowseWords> {
  static override styles = [baseStyles, controlStyles, filtersStyles];
  static override properties = {syncUrl: {attribute: 'sync-url'}, problem: {state: true}};

  declare syncUrl: string | null | undefined;
  /** What is wrong with the price that was typed. */
  declare private problem: PriceProblem | undefined;

  readonly #shop = new ShopController(this);
  readonly #browse = new ReadableController<BrowseState>(this);
  readonly #list = new ReadableController<ProductListState>(this);
  readonly #address = new AddressController(this);
  protected override readonly pack = browseWords;
  /** Figures stay until there are new ones. */
  #facets: Facets | undefined;
  #total: number | undefined;

  protected override follow(): void {
    const {shop} = this.#shop;
    this.#address.follow(shop?.browse, this.syncUrl);
    this.#browse.follow(shop?.browse);
    // The question that a grid without a limit asks, too: both get the one answer.
    this.#list.follow(shop?.products({lang: this.words.lang, ...shop.browse.value}));
    const data = dataOf(this.#list.value);
    this.#facets = data?.facets ?? this.#facets;
    this.#total = data?.total ?? this.#total;
  }

  protected override render(): TemplateResult {
    if (this.#shop.missing) return noShop(this.words);
    const words = this.words.filters;
    const state = this.#browse.value ?? {};
    const facets = this.#facets;
    return html`<form aria-label=${words.label} @submit=${this.#setPrice}>
      <div class="filters" part="filters">
        <label class="chip">
          <input
            type="checkbox"
            .checked=${state.inStock === true}
            @change=${({target}: Event) =>
              this.#change({type: 'stock_set', inStock: (target as HTMLInputElement).checked})}
          />
          <span>${words.inStock}</span>${count(facets?.inStock)}
        </label>
        ${
          facets?.official || state.official
            ? html`<label class="chip">
                <input
                  type="checkbox"
                  name="official"
                  .checked=${state.official === true}
                  @change=${({target}: Event) =>
                    this.#change({
                      type: 'official_set',
                      official: (target as HTMLInputElement).checked,
                    })}
                />
                <span>${words.official}</span>${count(facets?.official)}
              </label>`
            : nothing
        }
        <fieldset class="choice">
          <legend class="visually-hidden">${words.delivery}</legend>
          ${[undefined, ...deliveries].map(delivery => this.#delivery(delivery, state))}
        </fieldset>
        ${this.#price(state)}
      </div>
      <div class="row total" part="total">
        <p class="muted number" role="status">${this.#total === undefined ? nothing : words.total(this.#total)}</p>
        <button type="button" class="button quiet" ?hidden=${!hasFilters(state)} @click=${this.#clear}>
          ${words.clear}
        </button>
        ${this.#sort(state)}
      </div>
    </form>`;
  }

  #delivery(delivery: BrowseState['delivery'], state: BrowseState): TemplateResult {
    const isChosen = state.delivery === delivery;
    return html`<label class="chip ${isChosen ? 'chosen' : ''}">
      <input
        type="radio"
        name="delivery"
        class="visually-hidden"
        .checked=${isChosen}
        @change=${() => this.#change({type: 'delivery_chosen', delivery})}
      />
      <span>${this.words.filters[delivery ?? 'any']}</span>${count(delivery && this.#facets?.delivery[delivery])}
    </label>`;
  }

  #price({minPrice, maxPrice}: BrowseState): TemplateResult {
    const words = this.words.filters;
    const {problem} = this;
    const bounds = this.#facets?.price;
    const field = (name: 'minPrice' | 'maxPrice', label: string, value = '', bound = bounds?.lowest) =>
      html`<input
        class="input number"
        name=${name}
        inputmode="decimal"
        autocomplete="off"
        size="6"
        maxlength="20"
        aria-label=${label}
        aria-invalid=${problem?.kind === 'reversed' || problem?.field === name}
        aria-describedby=${problem ? 'problem' : nothing}
        placeholder=${bound ? formatMoney(bound, this.words.lang) : ''}
        .value=${value}
        @change=${this.#setPrice}
      />`;
    return html`<fieldset class="price-range">
      <legend>${words.price}</legend>
      <div class="ends">
        ${field('minPrice', words.lowest, minPrice)}<span aria-hidden="true">–</span>
        ${field('maxPrice', words.highest, maxPrice, bounds?.highest)}
        <button type="submit" class="visually-hidden">${words.price}</button>
      </div>
      <p class="error" id="problem" role="alert">${problem ? words[problem.kind] : nothing}</p>
    </fieldset>`;
  }

  #sort({q, sort}: BrowseState): TemplateResult {
    const words = this.words.filters;
    const usual: Sort = q ? 'relevance' : 'featured';
    const sorts: readonly Sort[] = [
      ...(q ? (['relevance'] as const) : []),
      'featured',
      'price_ascending',
      'price_descending',
      'title',
    ];
    return html`<label class="sort">
      <span>${words.sort}</span>
      <select
        class="input"
        @change=${({target}: Event) => {
          const chosen = (target as HTMLSelectElement).value as Sort;
          this.#change({type: 'sort_chosen', sort: chosen === usual ? undefined : chosen});
        }}
      >
        ${sorts.map(each => html`<option value=${each} .selected=${each === (sort ?? usual)}>${words[each]}</option>`)}
      </select>
    </label>`;
  }

  /** What is chosen before the shop is there waits for it. */
  #change(event: BrowseEvent): void {
    const {shop} = this.#shop;
    if (shop) shop.browse.change(event);
    else void this.#shop.with(async scope => scope.shop.browse.change(event)).catch(() => {});
  }

  readonly #setPrice = (event: Event): void => {
    event.preventDefault();
    const typed = (name: string) => this.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`)!.value;
    const range = readPriceRange(typed('minPrice'), typed('maxPrice'));
    this.problem = range.kind === 'range' ? undefined : range;
    if (range.kind !== 'range') return;
    const {minPrice, maxPrice} = range;
    this.#change({type: 'price_set', minPrice, maxPrice});
    // What was typed is shown as it was understood, also where that changed nothing.
    this.requestUpdate();
  };

  readonly #clear = (): void => {
    this.problem = undefined;
    for (const input of this.renderRoot.querySelectorAll<HTMLInputElement>('.price-range input')) input.value = '';
    this.#change({type: 'filters_cleared'});
    // The button goes away; the focus stays with the filters.
    this.renderRoot.querySelector<HTMLInputElement>('input[type=checkbox]')?.focus();
  };
}

function count(figure: number | undefined): TemplateResult | typeof nothing {
  return figure === undefined ? nothing : html`<small class="count number">${figure}</small>`;
}
