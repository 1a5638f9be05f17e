import {html, nothing, type TemplateResult} from 'lit';
import type {Category} from '../../../src/contract/product.ts';
import type {BrowseState} from '../../../src/store/browse.ts';
import type {Loaded} from '../../../src/store/shop.ts';
import {AddressController} from '../../shared/address-controller.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {chevronIcon} from '../../shared/control-icons.ts';
import {failureBlank, noShop} from '../../shared/failure.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../languages/word-packs.ts';
import {categoryNavStyles} from './category-nav.styles.ts';
import {categoryTree, currentPath, type CategoryNode} from './category-tree.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-category-nav': KsCategoryNav;
  }
}

/**
 * The categories of the shop as a tree, with how many goods are in each. Choosing one shows it in the page's
 * `<ks-product-grid>`. On a phone it is a row that scrolls; the subcategories of the one chosen follow it.
 *
 * @summary The categories of the shop.
 * @tagname ks-category-nav
 * @attr {string} sync-url - The page's address says what is looked at, and decides it at first. A value is put before the
 * names in the address, for pages that use `q`, `category` or the like themselves.
 * @csspart list - The list of the top categories
 * @csspart category - A category
 * @csspart current - The category that is looked at
 * @csspart error - What is shown if the categories cannot be loaded
 */
export class KsCategoryNav extends WordedElement<BrowseWords> {
  static override styles = [baseStyles, categoryNavStyles];
  static override properties = {syncUrl: {attribute: 'sync-url'}, toggled: {state: true}};

  declare syncUrl: string | null | undefined;
  /** Categories that were opened or closed by hand. */
  declare private toggled: ReadonlyMap<string, boolean>;

  readonly #shop = new ShopController(this);
  readonly #categories = new ReadableController<Loaded<readonly Category[]>>(this);
  readonly #browse = new ReadableController<BrowseState>(this);
  readonly #address = new AddressController(this);
  protected override readonly pack = browseWords;

  constructor() {
    super();
    this.toggled = new Map();
  }

  protected override follow(): void {
    const {shop} = this.#shop;
    this.#address.follow(shop?.browse, this.syncUrl);
    this.#browse.follow(shop?.browse);
    this.#categories.follow(shop?.categories(this.words.lang));
  }

  protected override render(): TemplateResult {
    const loaded = this.#categories.value;
    const categories = dataOf(loaded);
    if (categories) return this.#nav(categories);
    if (loaded?.status === 'failed') return failureBlank(loaded.error, this.words, () => loaded.retry());
    if (this.#shop.missing) return noShop(this.words);
    return html`<p class="visually-hidden" role="status">${this.words['category-nav'].loading}</p>
      <ul class="list" aria-hidden="true">
        ${Array.from({length: 5}, () => html`<li><span class="skeleton category"></span></li>`)}
      </ul>`;
  }

  #nav(categories: readonly Category[]): TemplateResult {
    const words = this.words['category-nav'];
    const path = currentPath(categories, this.#browse.value?.category).map(({id}) => id);
    const top = categories.filter(({parentId}) => !categories.some(({id}) => id === parentId));
    const total = top.reduce((sum, {productCount}) => sum + productCount, 0);
    return html`<nav aria-label=${words.label}>
      <ul class="list" part="list">
        <li>${this.#link({name: words.all, productCount: total}, this.#browse.value?.category === undefined)}</li>
        ${categoryTree(categories).map(node => this.#item(node, path))}
      </ul>
    </nav>`;
  }

  #item({category, children}: CategoryNode, path: readonly string[]): TemplateResult {
    const {id, name} = category;
    const isOpen = this.toggled.get(id) ?? path.includes(id);
    const hasChildren = children.length > 0;
    return html`<li>
      <div class="line">
        ${this.#link(category, path.at(-1) === id)}
        ${
          hasChildren
            ? html`<button
                type="button"
                class="button quiet icon toggle"
                aria-expanded=${isOpen}
                aria-label=${this.words['category-nav'].open(name)}
                @click=${() => (this.toggled = new Map(this.toggled).set(id, !isOpen))}
              >
                ${chevronIcon}
              </button>`
            : nothing
        }
      </div>
      ${
        hasChildren && isOpen
          ? html`<ul class="children">
              ${children.map(child => this.#item(child, path))}
            </ul>`
          : nothing
      }
    </li>`;
  }

  #link({id, name, productCount}: Partial<Category> & Omit<Category, 'id'>, isCurrent: boolean): TemplateResult {
    return html`<button
      type="button"
      class="category"
      part="category ${isCurrent ? 'current' : ''}"
      aria-current=${isCurrent ? 'true' : nothing}
      @click=${() => this.#choose(id)}
    >
      <span class="name">${name}</span>
      <span class="count number" aria-hidden="true">${productCount}</span>
      <span class="visually-hidden">${this.words['category-nav'].count(productCount)}</span>
    </button>`;
  }

  #choose(category: string | undefined): void {
    // What was closed by hand opens again with what is chosen in it.
    this.toggled = new Map();
    this.#shop.shop?.browse.change({type: 'category_chosen', category});
  }
}
