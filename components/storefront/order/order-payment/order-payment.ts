import {html, nothing, type TemplateResult} from 'lit';
import type {Order} from '../../../../src/contract/order.ts';
import type {Shop as ShopInfo} from '../../../../src/contract/shop.ts';
import type {Loaded, OrderPayment, OrderPaymentState, Shop} from '../../../../src/store/shop.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {closestAcrossRoots} from '../../../shared/closest-across-roots.ts';
import {controlStyles} from '../../../shared/control.styles.ts';
import {formFieldStyles} from '../../../shared/form-field/form-field.styles.ts';
import {giveWay} from '../../../shared/give-way.ts';
import {monoStyles} from '../../../shared/mono.styles.ts';
import {ReadableController} from '../../../shared/readable-controller.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import {WordedElement} from '../../../shared/words/worded-element.ts';
import {HeadLine} from '../../checkout/head-line.ts';
import {payForm, type Paying} from '../../checkout/pay-views.ts';
import {PaymentPanel, type AwaitingPayment} from '../../checkout/payment-panel.ts';
import {paymentStyles} from '../../checkout/payment.styles.ts';
import type {StepView} from '../../checkout/step-views.ts';
import {purchaseWords, type PurchaseWords} from '../../languages/word-packs.ts';
import {deadlineOf} from '../deadline-of.ts';
import {orderPaymentStyles} from './order-payment.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-order-payment': KsOrderPayment;
  }
}

/**
 * Where an order is paid that awaits its payment, for a buyer whose checkout is gone. Nothing is opened before a press.
 *
 * @summary Part of `ks-order`; not meant to be used alone.
 * @tagname ks-order-payment
 */
export class KsOrderPayment extends WordedElement<PurchaseWords> {
  static override styles = [
    ...baseStyles,
    controlStyles,
    formFieldStyles,
    monoStyles,
    paymentStyles,
    orderPaymentStyles,
  ];
  static override properties = {orderId: {attribute: 'order-id'}, token: {attribute: false}};

  declare orderId: string;
  declare token: string | undefined;

  protected override readonly pack = purchaseWords;
  readonly #shop = new ShopController(this);
  readonly #state = new ReadableController<OrderPaymentState>(this);
  readonly #info = new ReadableController<Loaded<ShopInfo>>(this);
  readonly #headLine = new HeadLine(this);
  readonly #panel = new PaymentPanel(this, {
    say: news => {
      this.#headLine.news = news;
    },
    elementPaying: isPaying => {
      if (isPaying) this.#headLine.news = this.words.checkout.elementPaying;
      this.#giveWay(isPaying);
    },
  });
  /** What the payment was asked of. */
  #asked: {readonly shop: Shop; readonly orderId: string} | undefined;
  #payment: OrderPayment | undefined;
  #wanted = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#panel.press.forget();
  }

  protected override follow(): void {
    const {shop} = this.#shop;
    this.#ask(shop);
    this.#state.follow(this.#payment);
    this.#info.follow(shop?.info());
    this.#panel.follow(this.#awaiting);
  }

  protected override updated(): void {
    this.#panel.settle(this.#awaiting, this.words.lang);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view();
    if (!view) return nothing;
    this.#headLine.note(view.title);
    return html`<section class="panel stack" aria-labelledby="title">
      <h3 id="title" tabindex="-1">${view.title}</h3>
      ${view.body}
      <p class="visually-hidden" role="status">${this.#headLine.news}</p>
    </section>`;
  }

  #view(): StepView | undefined {
    const state = this.#state.value;
    const {order: words, lang} = this.words;
    if (!state) return undefined;
    switch (state.step) {
      case 'none':
        return undefined;
      case 'choosing': {
        const {order} = state;
        return {
          title: words.payNow,
          body: html`<p class="muted">${words.pending_paymentHint(deadlineOf(order.expiresAt, lang))}</p>
            ${payForm(this.#paying, order)}`,
        };
      }
      case 'paying': {
        const {title, body} = this.#panel.view(state, this.#paying);
        // That the payment is awaited stands above.
        return {title: title === this.words.checkout.paying ? words.payNow : title, body};
      }
      default:
        return this.#panel.view(state, this.#paying);
    }
  }

  get #awaiting(): AwaitingPayment | undefined {
    const state = this.#state.value;
    return state && state.step !== 'none' && state.step !== 'choosing' ? state : undefined;
  }

  get #paying(): Paying {
    return {
      info: this.#info.value,
      words: this.words,
      wanted: this.#wanted,
      isBusy: this.#panel.press.isBusy,
      input: this.#input,
      pay: (order, method) => this.#pay(order, method),
    };
  }

  #ask(shop: Shop | undefined): void {
    const {orderId} = this;
    if (!shop || (this.#asked?.shop === shop && this.#asked.orderId === orderId)) return;
    const asked = (this.#asked = {shop, orderId});
    this.#payment = undefined;
    this.#wanted = '';
    shop.orders.payment(orderId, this.token).then(
      payment => {
        if (this.#asked !== asked) return;
        this.#payment = payment;
        this.requestUpdate();
      },
      () => {
        // Without that code the order itself is not there, and says so.
      },
    );
  }

  #pay({total}: Order, method: string): void {
    const payment = this.#payment;
    this.#panel.press.run(total, method, returnUrl => payment?.pay(method, {returnUrl}));
  }

  readonly #input = ({target}: Event): void => {
    const {name, value} = target as HTMLInputElement;
    if (name !== 'method') return;
    this.#wanted = value;
    this.requestUpdate();
  };

  /** The order may be shown in a drawer. */
  #giveWay(isPaying: boolean): void {
    const dialog = closestAcrossRoots(this, 'dialog[open]') as HTMLDialogElement | null;
    if (dialog && this.isConnected) giveWay(dialog, isPaying, this.shadowRoot?.activeElement);
  }
}
