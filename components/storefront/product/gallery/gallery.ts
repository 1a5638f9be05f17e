import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {Product} from '../../../../src/contract/product-details.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {CoverController} from '../../../shared/cover/cover-controller.ts';
import {coverStyles} from '../../../shared/cover/cover.styles.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import type {ProductWords} from '../product.zh-cn.ts';
import {galleryStyles} from './gallery.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-product-gallery': KsProductGallery;
  }
}

/**
 * The pictures of a good: one at a time, wiped through by finger, chosen by the small ones beneath. Without any that
 * loads, the drawn cover.
 *
 * @summary Part of the product; not meant to be used alone.
 * @tagname ks-product-gallery
 */
export class KsProductGallery extends LitElement {
  static override styles = [baseStyles, coverStyles, galleryStyles];
  static override properties = {
    product: {attribute: false},
    words: {attribute: false},
    current: {state: true},
    broken: {state: true},
  };

  declare product: Product;
  declare words: ProductWords;
  /** Place of the picture that is shown. */
  declare private current: number;
  /** Pictures that do not load. */
  declare private broken: ReadonlySet<string>;

  readonly #shop = new ShopController(this);
  readonly #covers = new CoverController(this);

  constructor() {
    super();
    this.current = 0;
    this.broken = new Set();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('product') && changed.get('product')?.id !== this.product.id) this.#show(0);
    this.current = Math.max(0, Math.min(this.current, this.#pictures.length - 1));
  }

  protected override render(): TemplateResult {
    const pictures = this.#pictures;
    const isStrip = pictures.length > 1;
    return html`<div
        class="stage"
        role=${isStrip ? 'group' : nothing}
        aria-label=${isStrip ? this.words.gallery : nothing}
        tabindex=${isStrip ? 0 : nothing}
        @scroll=${this.#scrolled}
      >
        ${
          pictures.length === 0
            ? html`<div class="cover">${this.#covers.drawn(this.product)}</div>`
            : pictures.map((picture, index) => this.#slide(picture, index, pictures.length))
        }
      </div>
      ${isStrip ? this.#thumbnails(pictures) : nothing}`;
  }

  #slide(picture: string, index: number, total: number): TemplateResult {
    const {title} = this.product;
    return html`<div class="cover">
      <img
        src=${picture}
        alt=${total > 1 ? `${title}, ${this.words.picture(index + 1, total)}` : title}
        loading=${index === 0 ? 'eager' : 'lazy'}
        fetchpriority=${index === 0 ? 'high' : 'auto'}
        decoding="async"
        width="634"
        height="400"
        @error=${() => this.#giveUp(picture)}
      />
    </div>`;
  }

  #thumbnails(pictures: readonly string[]): TemplateResult {
    return html`<div class="thumbnails" role="group" aria-label=${this.words.gallery} @keydown=${this.#step}>
      ${pictures.map(
        (picture, index) =>
          html`<button
            type="button"
            class="cover"
            aria-label=${this.words.picture(index + 1, pictures.length)}
            aria-current=${index === this.current}
            tabindex=${index === this.current ? 0 : -1}
            @click=${() => this.#show(index)}
          >
            <img
              src=${picture}
              alt=""
              loading="lazy"
              decoding="async"
              width="127"
              height="80"
              @error=${() => this.#giveUp(picture)}
            />
          </button>`,
      )}
    </div>`;
  }

  #giveUp(picture: string): void {
    this.broken = new Set([...this.broken, picture]);
  }

  get #pictures(): readonly string[] {
    const address = this.#shop.shop?.address;
    // Without its address a path would be asked of the host page.
    if (!address) return [];
    const {cover, pictures} = this.product;
    return [...(cover === undefined ? [] : [cover]), ...pictures]
      .map(path => address + path)
      .filter(picture => !this.broken.has(picture));
  }

  #show(index: number): void {
    this.current = index;
    const stage = this.shadowRoot?.querySelector('.stage');
    const slide = stage?.children[index] as HTMLElement | undefined;
    // From the start edge, whichever that is.
    stage?.scrollTo({left: slide ? slide.offsetLeft - (stage.children[0] as HTMLElement).offsetLeft : 0});
  }

  readonly #scrolled = ({currentTarget}: Event): void => {
    const {scrollLeft, clientWidth} = currentTarget as Element;
    if (clientWidth > 0) this.current = Math.round(Math.abs(scrollLeft) / clientWidth);
  };

  readonly #step = (event: KeyboardEvent): void => {
    const last = this.#pictures.length - 1;
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const to = {[forward]: this.current + 1, [back]: this.current - 1, Home: 0, End: last}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#show(Math.max(0, Math.min(to, last)));
    void this.updateComplete.then(() =>
      this.shadowRoot?.querySelector<HTMLElement>('.thumbnails [aria-current="true"]')?.focus(),
    );
  };
}
