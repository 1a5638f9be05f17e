import {html, nothing, type TemplateResult} from 'lit';
import type {KeystallError} from '../../../src/client/errors.ts';
import type {Order} from '../../../src/contract/order.ts';
import type {Quote} from '../../../src/contract/quote.ts';
import type {Shop as ShopInfo} from '../../../src/contract/shop.ts';
import {compare, isZero, type Money} from '../../../src/domain/money.ts';
import type {CartState, CheckoutState, FormProblems, Loaded} from '../../../src/store/shop.ts';
import {goodsIn, isQuoteDue} from '../../../src/store/quote-due.ts';
import {suggestLookupPassword} from '../../../src/store/lookup-password.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {controlStyles} from '../../shared/control.styles.ts';
import {dialogStyles} from '../../shared/dialog.styles.ts';
import {closeButton, closeByBackdrop, notePress} from '../../shared/dialog.ts';
import {KsCartRequestEvent} from '../../shared/events/ks-cart-request.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {failureBlank, failureText, noShop} from '../../shared/failure.ts';
import {FormEntries} from '../../shared/form-field/form-entries.ts';
import {formFieldStyles} from '../../shared/form-field/form-field.styles.ts';
import {problemText} from '../../shared/form-field/form-field.ts';
import {formatMoney} from '../../shared/format.ts';
import {alertIcon} from '../../shared/icons.ts';
import {monoStyles} from '../../shared/mono.styles.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import type {ShopScope} from '../../shared/shop-scope.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {purchaseWords, type PurchaseWords} from '../languages/word-packs.ts';
import {openCart} from '../open-cart.ts';
import {formFields, readForm} from './checkout-form.ts';
import {checkoutStyles} from './checkout.styles.ts';
import {SeenArea} from './seen-area.ts';
import {HeadLine} from './head-line.ts';
import {KeyRequest} from './key-request.ts';
import {OrderNews} from './order-news.ts';
import {methodOf, payMethods, type Paying} from './pay-views.ts';
import {PaymentPanel, type AwaitingPayment} from './payment-panel.ts';
import {paymentStyles} from './payment.styles.ts';
import {quoteSummary} from './quote-views.ts';
import {ShownDialog} from './shown-dialog.ts';
import {blockedStep, emptyStep, orderStep, quotingStep, readyStep, waitingStep, type StepView} from './step-views.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-checkout': KsCheckout;
  }
}

type Filling = Extract<CheckoutState, {step: 'filling'}>;

/**
 * From the cart to the paid order: prices, contact, form fields, the way to pay, the payment itself, and then the order
 * with its keys. A purchase that a reload or a payment page interrupted goes on where it was.
 *
 * @summary The checkout.
 * @tagname ks-checkout
 * @attr {'inline' | 'dialog'} presentation - In the page, where it begins by itself, or as a dialog that `open()` shows.
 * @event {KsPayRequestEvent} ks-pay-request - Somebody pressed the button that pays. Cancelable.
 * @event {KsPaymentElementRequestEvent} ks-payment-element-request - A payment is to be made in an element of its provider. Cancelable.
 * @slot payment-element - The element of a payment provider, put there while it is needed; or its place, if you give one.
 * @event {KsRedirectRequestEvent} ks-redirect-request - The page is about to be left for the payment. Cancelable.
 * @event {KsCartRequestEvent} ks-cart-request - Somebody wants to change the cart. Cancelable.
 * @event {KsOrderPlacedEvent} ks-order-placed - The order exists; nobody has paid for it yet.
 * @event {KsOrderPaidEvent} ks-order-paid - The shop server confirmed the payment.
 * @csspart dialog - The dialog, with `presentation="dialog"`
 * @csspart checkout - The frame, without it
 * @csspart method - One way to pay
 * @csspart summary - Goods and total
 * @csspart pay - The button or link that pays
 * @csspart qr - The QR code
 * @csspart transfer - What a buyer types into their bank's form
 * @csspart error - What went wrong
 */
export class KsCheckout extends WordedElement<PurchaseWords> {
  static override styles = [
    ...baseStyles,
    controlStyles,
    dialogStyles,
    formFieldStyles,
    monoStyles,
    paymentStyles,
    checkoutStyles,
  ];
  static override properties = {presentation: {reflect: true}};

  declare presentation: 'inline' | 'dialog';

  readonly #shop = new ShopController(this, {entered: scope => this.#enter(scope)});
  readonly #checkout = new ReadableController<CheckoutState>(this);
  readonly #cart = new ReadableController<CartState>(this);
  readonly #info = new ReadableController<Loaded<ShopInfo>>(this);
  protected override readonly pack = purchaseWords;

  readonly #entries = new FormEntries(() => this.#shop.shop?.draft);
  /** The problems the focus was led to. */
  #problems: FormProblems | undefined;
  /** Whether what a reload interrupted has been found, so that `open()` is a new wish of the buyer. */
  #resumed = false;
  /** The goods the last quote was asked for. */
  #quotedFor: string | undefined;
  readonly #headLine = new HeadLine(this);
  readonly #dialog = new ShownDialog(this, () => {
    // A page that has just been loaded keeps its focus.
    if (this.#resumed) this.#headLine.focus();
  });
  readonly #payment = new PaymentPanel(this, {
    say: news => {
      this.#headLine.news = news;
    },
    elementPaying: isPaying => {
      if (isPaying) this.#headLine.news = this.words.checkout.elementPaying;
      this.#dialog.giveWay(isPaying);
    },
  });
  readonly #press = this.#payment.press;
  readonly #orderNews = new OrderNews(this);
  readonly #key = new KeyRequest(() => this.renderRoot as ShadowRoot);
  /** What the buyer agreed to pay when they pressed it. */
  #agreed: Money | undefined;
  /** The form that is on the screen. */
  #filled: Filling | undefined;
  /** The code that shows an order did not come. */
  #lacksOrder = false;

  constructor() {
    super();
    new SeenArea(this);
    this.presentation = 'inline';
  }

  /** Shows the checkout and prices the cart; a purchase that is on its way is shown as it stands. */
  open(): void {
    this.#dialog.show();
    const {shop} = this.#shop;
    const state = shop?.checkout.value;
    if (!state || state.step === 'placing') return;
    const isOver = state.step === 'paid' && shop?.cart.value.count === 0 && !shop.checkout.selected;
    if (!('order' in state) || (this.#resumed && !isOver)) this.#begin();
  }

  /** Puts the checkout away. An order that was placed goes on. */
  close(): void {
    const {element} = this.#dialog;
    // Its `close` event does the rest.
    if (element?.open) element.close();
    else this.#closed();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#press.forget();
  }

  protected override follow(): void {
    const {shop} = this.#shop;
    this.#checkout.follow(shop?.checkout);
    this.#cart.follow(shop?.cart);
    this.#info.follow(shop?.info());
    const state = this.#state;
    if (state.step !== 'quoting') this.#filled = state.step === 'filling' ? state : undefined;
    this.#payment.follow(awaiting(state));
  }

  protected override updated(): void {
    this.#followCart();
    const state = this.#state;
    // Fetched while the buyer pays.
    if ('order' in state) import('../order/define.ts').catch(() => this.#lackOrder());
    if (state.step === 'filling' && state.problems !== this.#problems) {
      this.#problems = state.problems;
      this.#focusFirstProblem();
    }
    if (state.step === 'filling' && this.#isIsolated) this.#key.prepare(this.#shop.shop!.address);
    this.#payment.settle(awaiting(state), this.words.lang);
    if (!this.#press.isBusy && state.step !== 'placing' && !('order' in state)) {
      // Nothing came of the press: what happens next is not its doing.
      this.#press.forget();
      this.#orderNews.expect(false);
    }
  }

  protected override render(): TemplateResult {
    const {title, body, footer} = this.#view();
    this.#headLine.note(title);
    const isDialog = this.presentation === 'dialog';
    const content = html`<header>
        <h2 id="title" tabindex="-1">${title}</h2>
        ${isDialog ? closeButton(this.words.checkout.close) : nothing}
      </header>
      <div class="body">${body}</div>
      ${footer ? html`<footer>${footer}</footer>` : nothing}
      <p class="visually-hidden" role="status">${this.#headLine.news}</p>`;
    return isDialog
      ? html`<dialog
          part="dialog"
          aria-labelledby="title"
          @pointerdown=${notePress}
          @click=${closeByBackdrop}
          @close=${this.#closed}
        >
          ${content}
        </dialog>`
      : html`<section part="checkout" class="panel" aria-labelledby="title">${content}</section>`;
  }

  #view(): StepView {
    const state = this.#state;
    const words = this.words.checkout;
    if (this.#shop.missing) return {title: words.checkout, body: noShop(this.words)};
    switch (state.step) {
      case 'idle':
        return this.#idle();
      case 'quoting':
        // What was filled in stays on the screen while the price of the same, with a code or without, is asked for.
        return this.#filled ? this.#filling(this.#filled, true) : quotingStep(this.words);
      case 'blocked':
        return this.#blocked(state.quote);
      case 'filling':
        return this.#filling(state);
      case 'placing':
        return waitingStep(state.uncertain ? 'uncertain' : 'placing', this.words);
      case 'opening_payment':
      case 'paying':
      case 'payment_failed':
        return this.#payment.view(state, this.#paying);
      case 'expired':
        return orderStep(state.order, this.words, this.#lacksOrder, 'again', () => {
          const {checkout} = this.#shop.shop!;
          const {selected} = checkout;
          checkout.close();
          checkout.select(selected);
          this.#begin();
        });
      case 'paid':
        return orderStep(state.order, this.words, this.#lacksOrder, 'done', () => this.close());
      case 'failed':
        return {
          title: words.checkout,
          body: failureBlank(state.error, this.words, () => this.#begin()),
        };
    }
  }

  #idle(): StepView {
    const cart = this.#cart.value;
    if (!cart) return quotingStep(this.words);
    return cart.count > 0
      ? readyStep(this.words, () => this.open())
      : emptyStep(this.words, this.presentation === 'dialog' ? () => this.close() : undefined);
  }

  #blocked(quote: Quote): StepView {
    const isCart = this.#shop.shop?.checkout.selected === undefined;
    return blockedStep(quote, this.words, isCart, {
      removeDead: () => this.#shop.shop?.cart.removeDead(),
      editCart: this.#editCart,
      retry: () => this.#begin(),
    });
  }

  #filling({quote, problems, error}: Filling, isAskingAgain = false): StepView {
    const words = {...this.words['form-field'], ...this.words.checkout};
    const open = this.#entries.unanswered(problems);
    const total = formatMoney(quote.total, this.words.lang);
    const hasChanged = this.#agreed !== undefined && compare(this.#agreed, quote.total) !== 0;
    const notice = hasChanged ? words.priceChanged : error && this.#refusal(error);
    return {
      title: words.checkout,
      body: html`<form id="form" class="stack" novalidate @submit=${this.#submit} @input=${this.#input}>
        <div class="stack">
          ${formFields({quote, entries: this.#entries, problems: open, words, suggest: this.#suggest})}
          ${isZero(quote.total) ? nothing : payMethods(this.#paying, problemText(open['method'], 'method', words))}
        </div>
        ${quoteSummary(quote, this.words, this.#coupon())}
      </form>`,
      footer: html`${
          notice ? html`<p class="notice warning" part="error" role="alert">${alertIcon}${notice}</p>` : nothing
        }
        <button
          type="submit"
          form="form"
          class="button primary wide"
          part="pay"
          ?disabled=${this.#press.isBusy || isAskingAgain || this.#info.value?.status === 'loading'}
        >
          ${isZero(quote.total) ? words.free : words.pay(total)}
        </button>`,
    };
  }

  #coupon(): TemplateResult | typeof nothing {
    if (!this.#cart.value?.coupon && !dataOf(this.#info.value)?.coupons) return nothing;
    void import('../cart/coupon-field/define.ts').catch(() => {
      // The goods can be bought without a code.
    });
    return html`<ks-coupon-field></ks-coupon-field>`;
  }

  #refusal(error: KeystallError): string {
    if (error.code === 'coupon_used_up') return this.words.checkout.couponUsedUp;
    return error.code === 'validation_failed' ? this.words.checkout.rejected : failureText(error, this.words);
  }

  get #paying(): Paying {
    return {
      info: this.#info.value,
      words: this.words,
      wanted: this.#entries.get('method'),
      isBusy: this.#press.isBusy,
      input: this.#input,
      pay: (order, method) => this.#pay(order, method),
    };
  }

  get #state(): CheckoutState {
    return this.#checkout.value ?? {step: 'quoting'};
  }

  #enter({ui, shop}: ShopScope): () => void {
    let isHere = true;
    const look = (): void => this.#orderNews.hear(shop.checkout.value);
    this.#orderNews.begin();
    const stops = [
      shop.checkout.subscribe(look),
      ui.provide(
        'checkout',
        () => this.open(),
        () => this.close(),
      ),
    ];
    look();
    void ui.resumed.then(() => {
      if (!isHere) return;
      if (this.presentation === 'dialog' && ui.claimReturn() && shop.checkout.value.step !== 'idle') this.open();
      // Others show what was found at this very moment; from the next on, opening is somebody's wish.
      setTimeout(() => {
        this.#resumed = true;
        this.requestUpdate();
      });
    });
    return () => {
      isHere = this.#resumed = false;
      stops.forEach(stop => stop());
    };
  }

  #lackOrder(): void {
    if (this.#lacksOrder) return;
    this.#lacksOrder = true;
    this.requestUpdate();
  }

  #begin(): void {
    const {shop} = this.#shop;
    this.#quotedFor = goodsIn(shop?.cart.value);
    this.#agreed = undefined;
    void shop?.checkout.begin();
  }

  /** What is shown is about the cart as it is: in the page from the start, in a dialog while it is open. */
  #followCart(): void {
    const cart = this.#cart.value;
    if (!cart || !this.#resumed) return;
    const isInline = this.presentation !== 'dialog';
    const showing = {step: this.#state.step, isInline, isShown: this.#dialog.isWanted, quotedFor: this.#quotedFor};
    if (isQuoteDue(cart, showing)) this.#begin();
  }

  readonly #closed = (): void => {
    // The event comes a moment later: somebody may have opened it again.
    if (this.#dialog.element?.open) return;
    this.#dialog.forget();
    this.#press.forget();
    const {step} = this.#state;
    const isOnItsWay =
      step === 'placing' || step === 'opening_payment' || step === 'paying' || step === 'payment_failed';
    if (!isOnItsWay) this.#shop.shop?.checkout.close();
  };

  readonly #suggest = (): void => {
    const password = suggestLookupPassword();
    this.#entries.set('lookupPassword', password);
    this.#headLine.news = this.words.checkout.suggested(password);
    this.requestUpdate();
  };

  readonly #input = (event: Event): void => {
    this.#entries.take(event);
    this.requestUpdate();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const {shop} = this.#shop;
    const state = this.#state;
    if (!shop || state.step !== 'filling') return;
    const {quote} = state;
    const form = readForm(quote, this.#entries, methodOf(this.#paying));
    this.#press.run(quote.total, form.method, returnUrl => {
      this.#orderNews.expect(true);
      this.#agreed = quote.total;
      const revealKey = this.#isIsolated && (() => this.#key.ask(shop.address));
      return shop.checkout.place(form, {returnUrl, ...(revealKey && {revealKey})});
    });
  };

  /** Whether keys are shown in the shop's frame alone. */
  get #isIsolated(): boolean | undefined {
    return dataOf(this.#info.value)?.isolatedReveal;
  }

  #pay(order: Order, method: string): void {
    this.#press.run(order.total, method, returnUrl => this.#shop.shop?.checkout.pay(method, {returnUrl}));
  }

  readonly #editCart = (): void => {
    const {scope} = this.#shop;
    if (!scope) return;
    const opening = RequestEvent.ask(this, new KsCartRequestEvent(), () => {
      // First this dialog, or its focus would go back from beneath the next one.
      this.close();
      return openCart(scope);
    });
    // Without its code there is nothing to show; the cart button says so when it is pressed.
    opening?.catch(() => {});
  };

  #focusFirstProblem(): void {
    const first = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]');
    (first?.matches('fieldset') ? first.querySelector('input') : first)?.focus();
  }
}

function awaiting(state: CheckoutState): AwaitingPayment | undefined {
  return state.step === 'opening_payment' || state.step === 'paying' || state.step === 'payment_failed'
    ? state
    : undefined;
}
