import {html, nothing, type TemplateResult} from 'lit';
import type {KeystallError} from '../../../src/client/errors.ts';
import type {Shop as ShopInfo} from '../../../src/contract/shop.ts';
import type {KnownOrder, Loaded} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {controlStyles} from '../../shared/control.styles.ts';
import {failureBlank, failureText, noShop} from '../../shared/failure.ts';
import {alertIcon} from '../../shared/icons.ts';
import {minutesUntilRetry} from '../../shared/minutes-until-retry.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {purchaseWords, type PurchaseWords} from '../languages/word-packs.ts';
import type {FoundInFrameEvent} from '../key-reveal/key-frame/events/found-in-frame.ts';
import {loadKeyFrame} from '../key-reveal/key-frame/load-key-frame.ts';
import {KsOrderFoundEvent} from './events/ks-order-found.ts';
import {orderLookupStyles} from './order-lookup.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-order-lookup': KsOrderLookup;
  }
}

const places = ['number', 'contact', 'password'] as const;
type Place = (typeof places)[number];

/**
 * Opens an order that was placed elsewhere, by its number, its contact and its lookup password. From then on this device
 * knows it. Where the shop shows keys in its own frame alone, the form stands in that frame: no script of the page sees what
 * is typed there.
 *
 * @summary Looks an order up and shows it.
 * @tagname ks-order-lookup
 * @event {KsOrderFoundEvent} ks-order-found - The shop server opened the order.
 * @slot payment-element - The element of a payment provider, put there while an order shown here is paid by it
 * @csspart form - The form
 * @csspart error - Why nothing was found
 * @csspart order - The `ks-order` that was found
 */
export class KsOrderLookup extends WordedElement<PurchaseWords> {
  static override styles = [...baseStyles, controlStyles, orderLookupStyles];

  /** Whether it is what stands in the shop's frame. */
  protected readonly isInFrame: boolean = false;
  protected override readonly pack = purchaseWords;
  readonly #shop = new ShopController(this);
  readonly #info = new ReadableController<Loaded<ShopInfo>>(this);
  /** Kept while the element lives, so that a mistake is mended and not typed anew. The password goes once it served. */
  readonly #typed: Record<Place, string> = {number: '', contact: '', password: ''};
  #missing = new Set<Place>();
  #error: KeystallError | undefined;
  #asking: AbortController | undefined;
  #isPlain = false;
  #found: string | undefined;
  #lacksFrame: KeystallError | undefined;

  protected override follow(): void {
    this.#info.follow(this.isInFrame ? undefined : this.#shop.shop?.info());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
    this.#asking = undefined;
    this.#typed.password = '';
  }

  protected override render(): TemplateResult {
    if (this.#shop.missing) return noShop(this.words);
    const words = this.words['order-lookup'];
    if (this.#found) {
      return html`<div class="stack" part="order">
        <div>
          <button type="button" class="button back" @click=${this.#again}>${words.another}</button>
        </div>
        <ks-order order-id=${this.#found}><slot name="payment-element" slot="payment-element"></slot></ks-order>
      </div>`;
    }
    return this.isInFrame ? this.#form() : this.#framed();
  }

  /** Only the shop can say where the form belongs. */
  #framed(): TemplateResult {
    const info = this.#info.value;
    if (info?.status === 'failed' && !info.data) return failureBlank(info.error, this.words, () => info.retry());
    if (this.#lacksFrame) {
      return failureBlank(this.#lacksFrame, this.words, () => {});
    }
    const data = dataOf(info);
    if (!data) {
      const words = this.words['order-lookup'];
      return html`<div class="panel stack" aria-busy="true">
        <h2>${words.title}</h2>
        <p class="muted">${words.hint}</p>
        <div class="skeleton tall"></div>
      </div>`;
    }
    if (!data.isolatedReveal) return this.#form();
    loadKeyFrame().catch((error: KeystallError) => {
      this.#lacksFrame = error;
      this.requestUpdate();
    });
    return html`<ks-key-frame
      exportparts="error"
      .words=${this.words}
      @ks-found-in-frame=${this.#foundInFrame}
    ></ks-key-frame>`;
  }

  #form(): TemplateResult {
    const words = this.words['order-lookup'];
    const asking = this.#asking !== undefined;
    return html`<form
      class="panel stack"
      part="form"
      aria-labelledby="title"
      novalidate
      @submit=${this.#submit}
      @input=${this.#input}
    >
      <h2 id="title">${words.title}</h2>
      <p class="muted">${words.hint}</p>
      ${this.#field('number', {inputmode: 'numeric', autocomplete: 'off'})}
      ${this.#field('contact', {inputmode: 'text', autocomplete: 'email'}, words.contactHint)}
      ${this.#field('password', {inputmode: 'text', autocomplete: 'off'})}
      <label class="toggle"> <input type="checkbox" name="plain" .checked=${this.#isPlain} />${words.show} </label>
      ${
        this.#error
          ? html`<p class="notice warning" part="error" role="alert">${alertIcon}${this.#explain(this.#error)}</p>`
          : nothing
      }
      <button type="submit" class="button primary wide" aria-disabled=${asking}>
        ${words[asking ? 'asking' : 'submit']}
      </button>
    </form>`;
  }

  #field(place: Place, {inputmode, autocomplete}: Record<string, string>, hint?: string): TemplateResult {
    const words = this.words['order-lookup'];
    const isMissing = this.#missing.has(place);
    return html`<div class="field">
      <label class="label" for=${place}>${words[place]}</label>
      <input
        class="input"
        id=${place}
        name=${place}
        type=${place === 'password' && !this.#isPlain ? 'password' : 'text'}
        inputmode=${inputmode}
        autocomplete=${autocomplete}
        autocapitalize="off"
        spellcheck="false"
        aria-required="true"
        aria-invalid=${isMissing}
        aria-describedby="${place}-hint ${place}-error"
        .value=${this.#typed[place]}
      />
      ${hint ? html`<span class="hint" id="${place}-hint">${hint}</span>` : nothing}
      ${
        isMissing
          ? html`<span class="error with-icon" id="${place}-error">${alertIcon}${words.required}</span>`
          : nothing
      }
    </div>`;
  }

  #explain(error: KeystallError): string {
    const words = this.words['order-lookup'];
    if (error.code === 'order_not_found' || error.code === 'validation_failed') return words.notFound;
    if (error.code === 'too_many_attempts') return words.tooMany(minutesUntilRetry(error));
    return failureText(error, this.words);
  }

  readonly #input = ({target}: Event): void => {
    const {name, value, checked} = target as HTMLInputElement;
    if (name === 'plain') this.#isPlain = checked;
    else {
      this.#typed[name as Place] = value;
      this.#missing.delete(name as Place);
    }
    this.requestUpdate();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const {shop} = this.#shop;
    if (!shop || this.#asking) return;
    this.#error = undefined;
    this.#missing = new Set(places.filter(place => this.#typed[place].trim() === ''));
    this.requestUpdate();
    if (this.#missing.size > 0) {
      this.#focus('[aria-invalid="true"]');
      return;
    }
    const {signal} = (this.#asking = new AbortController());
    const {number, contact, password} = this.#typed;
    const request = {number: number.trim(), contact: contact.trim(), password: password.trim()};
    shop.orders.lookUp(request, {signal}).then(
      order => {
        if (signal.aborted) return;
        this.#asking = undefined;
        this.#typed.password = '';
        this.#show(order);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.#asking = undefined;
        this.#error = error as KeystallError;
        this.requestUpdate();
      },
    );
  };

  readonly #foundInFrame = ({order, token}: FoundInFrameEvent): void => {
    void this.#shop.shop?.orders.keep(order, token).then(() => this.#show(order));
  };

  #show({id, number}: KnownOrder): void {
    this.#found = id;
    this.dispatchEvent(new KsOrderFoundEvent(id, number));
    this.#focus('.back');
  }

  readonly #again = (): void => {
    this.#found = undefined;
    this.#typed.number = '';
    this.#focus('#number');
  };

  #focus(selector: string): void {
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }
}
