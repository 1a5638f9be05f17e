import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {ProductSummary} from '../../../src/contract/product.ts';
import {browserEnvironment} from '../../../src/store/browser-environment.ts';
import type {BrowseState} from '../../../src/store/browse.ts';
import {createRecentSearches, type RecentSearches} from '../../../src/store/recent-searches.ts';
import type {ProductListState} from '../../../src/store/shop.ts';
import {AddressController} from '../../shared/address-controller.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {controlStyles} from '../../shared/control.styles.ts';
import {closeIcon, searchIcon} from '../../shared/control-icons.ts';
import {formatMoney} from '../../shared/format.ts';
import {clockIcon} from '../../shared/icons.ts';
import {noShop} from '../../shared/failure.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {KsSearchRequestEvent} from './events/ks-search-request.ts';
import {searchStyles} from './search.styles.ts';
import {markedParts, neighbour, searchedBy, type Suggestion} from './suggestion.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-search': KsSearch;
  }
}

const suggested = 6;
/** How long fingers rest before what was typed is looked up, in milliseconds. */
const restMs = 120;

/**
 * A search field that suggests goods as one types, with category and price: Chinese, pinyin and initials alike. Empty,
 * it offers what was searched for on this device before. What is searched for is shown by the page's
 * `<ks-product-grid>`, or by the page that `action` names.
 *
 * @summary The search of the shop.
 * @tagname ks-search
 * @attr {string} action - Address of the page that shows what is found, as `?q=…`; this page if absent.
 * @attr {string} sync-url - The page's address says what is looked at, and decides it at first. A value is put before the
 * names in the address, for pages that use `q`, `category` or the like themselves.
 * @event {KsSearchRequestEvent} ks-search-request - Somebody wants to see what was typed. Cancelable.
 * @csspart field - The field with its buttons
 * @csspart input - The input
 * @csspart suggestions - What opens beneath it
 * @csspart error - What is shown if the element cannot work
 */
export class KsSearch extends WordedElement<BrowseWords> {
  static override styles = [baseStyles, controlStyles, searchStyles];
  static override properties = {
    action: {},
    syncUrl: {attribute: 'sync-url'},
    typed: {state: true},
    isOpen: {state: true},
    active: {state: true},
  };

  declare action: string | undefined;
  declare syncUrl: string | null | undefined;
  declare private typed: string;
  declare private isOpen: boolean;
  /** The suggestion that Enter takes; -1 is what was typed. */
  declare private active: number;

  readonly #shop = new ShopController(this);
  readonly #browse = new ReadableController<BrowseState>(this);
  readonly #found = new ReadableController<ProductListState>(this);
  readonly #recent = new ReadableController<readonly string[]>(this);
  readonly #address = new AddressController(this);
  protected override readonly pack = browseWords;
  #searches: {readonly shop: string; readonly recent: RecentSearches} | undefined;
  #browsed: string | undefined;
  /** What suggestions are for: what was typed, once fingers rest. */
  #wanted = '';
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.typed = '';
    this.isOpen = false;
    this.active = -1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
    this.isOpen = false;
  }

  protected override follow(): void {
    const {shop} = this.#shop;
    this.#address.follow(shop?.browse, this.syncUrl);
    this.#browse.follow(shop?.browse);
    if (shop && shop.address !== this.#searches?.shop) {
      const recent = createRecentSearches(shop.address, () => browserEnvironment().storage);
      this.#searches = {shop: shop.address, recent};
    }
    this.#recent.follow(this.isOpen ? this.#searches?.recent : undefined);
    const q = this.isOpen ? this.#wanted : '';
    this.#found.follow(q ? shop?.products({q, limit: suggested, lang: this.words.lang}) : undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    // The field says what is looked at, whoever changed that.
    const q = this.#browse.value?.q ?? '';
    if (this.#browse.value && q !== this.#browsed) {
      if (this.#browsed !== undefined || q !== '') this.typed = q;
      this.#browsed = q;
    }
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView?.({block: 'nearest'});
  }

  protected override render(): TemplateResult {
    if (this.#shop.missing) return noShop(this.words);
    const words = this.words.search;
    const suggestions = this.isOpen ? this.#suggestions() : [];
    const isExpanded = suggestions.length > 0;
    return html`<form role="search" part="field" class="field" @submit=${this.#submit} @focusout=${this.#left}>
      <span class="icon">${searchIcon}</span>
      <input
        part="input"
        class="input"
        type="search"
        name="q"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint="search"
        maxlength="100"
        aria-label=${words.label}
        aria-autocomplete="list"
        aria-expanded=${isExpanded}
        aria-controls="suggestions"
        aria-activedescendant=${this.active >= 0 && isExpanded ? `option-${this.active}` : nothing}
        placeholder=${words.placeholder}
        .value=${this.typed}
        @input=${this.#input}
        @compositionend=${this.#input}
        @focus=${this.#open}
        @click=${this.#open}
        @keydown=${this.#key}
      />
      ${
        this.typed
          ? html`<button type="button" class="button quiet icon" aria-label=${words.clear} @click=${this.#clear}>
              ${closeIcon}
            </button>`
          : nothing
      }
      <button type="submit" class="button submit">${words.submit}</button>
      <div
        id="panel"
        class="panel"
        part="suggestions"
        ?hidden=${!isExpanded && !this.#isInVain}
        @pointerdown=${keepFocus}
        @mousedown=${keepFocus}
      >
        ${this.#heading(suggestions)}
        <ul
          id="suggestions"
          role="listbox"
          aria-label=${suggestions[0]?.kind === 'recent' ? words.recent : words.suggestions}
        >
          ${suggestions.map((suggestion, index) => this.#option(suggestion, index))}
        </ul>
        ${this.#isInVain ? html`<p class="muted vain">${words.nothing(this.#wanted)}</p>` : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.#status(suggestions)}</p>
    </form>`;
  }

  #heading([first]: readonly Suggestion[]): unknown {
    if (first?.kind !== 'recent') return nothing;
    const words = this.words.search;
    return html`<div class="row heading">
      <span class="hint">${words.recent}</span>
      <button type="button" class="button quiet" @click=${this.#forget}>${words.forget}</button>
    </div>`;
  }

  #option(suggestion: Suggestion, index: number): TemplateResult {
    return html`<li
      id="option-${index}"
      role="option"
      class="option ${suggestion.kind}"
      aria-selected=${index === this.active}
      @click=${() => this.#choose(suggestion)}
    >
      ${this.#optionContent(suggestion)}
    </li>`;
  }

  #optionContent(suggestion: Suggestion): TemplateResult {
    if (suggestion.kind === 'recent') return html`<span class="muted">${clockIcon}</span><span>${suggestion.q}</span>`;
    if (suggestion.kind === 'all') return html`<span>${this.words.search.all(suggestion.total)}</span>`;
    const {product} = suggestion;
    return html`<span class="name">
        <span class="title"
          >${markedParts(product.title, this.#wanted).map(({text, isMarked}) => (isMarked ? html`<mark>${text}</mark>` : text))}</span
        >
        <small class="hint">${product.categoryName}</small>
      </span>
      <span class="price">${this.#price(product)}</span>`;
  }

  #price({price, priceVaries, stock}: ProductSummary): string {
    const words = this.words.search;
    if (stock === 'sold_out') return words.soldOut;
    const text = formatMoney(price, this.words.lang);
    return priceVaries ? words.from(text) : text;
  }

  #status(suggestions: readonly Suggestion[]): unknown {
    if (!this.isOpen || !this.#wanted || this.#found.value?.status !== 'ready') return nothing;
    return this.#isInVain ? this.words.search.nothing(this.#wanted) : this.words.search.found(suggestions.length);
  }

  get #isInVain(): boolean {
    return this.isOpen && this.#wanted !== '' && dataOf(this.#found.value)?.items.length === 0;
  }

  #suggestions(): readonly Suggestion[] {
    const q = this.#wanted;
    if (!q) return (this.#recent.value ?? []).map(text => ({kind: 'recent', q: text}));
    const data = dataOf(this.#found.value);
    if (!data || data.items.length === 0) return [];
    const products = data.items.map((product): Suggestion => ({kind: 'product', product}));
    return [...products, {kind: 'all', q, total: data.total}];
  }

  readonly #input = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.isOpen = true;
    this.active = -1;
    clearTimeout(this.#rest);
    // What an input method has not finished is no word yet; when it has, it says so.
    if ((event as InputEvent).isComposing) return;
    this.#rest = setTimeout(() => this.#want(this.typed.trim()), restMs);
  };

  #want(q: string): void {
    this.#wanted = q;
    this.requestUpdate();
  }

  readonly #open = (): void => {
    if (this.isOpen) return;
    this.isOpen = true;
    // What is looked at already needs no suggestion until it is changed.
    this.#want(this.typed === this.#browsed ? '' : this.typed.trim());
  };

  readonly #close = (): void => {
    clearTimeout(this.#rest);
    this.isOpen = false;
    this.active = -1;
  };

  readonly #left = ({relatedTarget}: FocusEvent): void => {
    if (!(relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget))) this.#close();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const suggestions = this.isOpen ? this.#suggestions() : [];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.isOpen) return this.#open();
      this.active = neighbour(this.active, event.key === 'ArrowDown' ? 1 : -1, suggestions.length);
    } else if (event.key === 'Escape' && this.isOpen && (suggestions.length > 0 || this.#isInVain)) {
      // The first Escape closes, the next one empties the field.
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (event.key === 'Escape' && this.typed) {
      event.preventDefault();
      this.typed = '';
      this.#wanted = '';
    } else if (event.key === 'Enter' && suggestions[this.active]) {
      event.preventDefault();
      this.#choose(suggestions[this.active]!);
    } else if (event.key === 'Delete' && suggestions[this.active]?.kind === 'recent') {
      event.preventDefault();
      this.#searches?.recent.remove(searchedBy(suggestions[this.active]!));
      this.active = Math.min(this.active, suggestions.length - 2);
    }
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#search(this.typed);
  };

  #choose(suggestion: Suggestion): void {
    this.typed = searchedBy(suggestion);
    this.#search(this.typed);
  }

  readonly #clear = (): void => {
    this.typed = '';
    this.#wanted = '';
    this.#field.focus();
    if (this.#browsed) this.#search('');
  };

  readonly #forget = (): void => {
    this.#searches?.recent.clear();
    this.#field.focus();
  };

  #search(typed: string): void {
    const q = typed.trim();
    this.#close();
    if (!this.dispatchEvent(new KsSearchRequestEvent(q))) return;
    this.#searches?.recent.add(q);
    if (this.action && q) {
      const address = new URL(this.action, location.href);
      address.searchParams.set(`${this.syncUrl ?? ''}q`, q);
      location.assign(address);
      return;
    }
    this.#shop.shop?.browse.change({type: 'searched', q});
  }

  get #field(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }
}

/** A press on a suggestion leaves the focus in the field, and the field open until the press has done its work. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
