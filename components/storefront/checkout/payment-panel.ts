import {html, nothing} from 'lit';
import type {Order} from '../../../src/contract/order.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import type {CheckoutState} from '../../../src/store/shop.ts';
import {failureText} from '../../shared/failure.ts';
import type {WordedElement} from '../../shared/words/worded-element.ts';
import type {PurchaseWords} from '../languages/word-packs.ts';
import {deadlineOf} from '../order/deadline-of.ts';
import {Countdown} from './countdown.ts';
import {PayPress} from './pay-press.ts';
import {otherMethods, payAgainStep, type Paying} from './pay-views.ts';
import {PaymentElementHost} from './payment-element-host.ts';
import {codeOver, payingBody} from './payment-steps.ts';
import {QrCode} from './qr-code.ts';
import {waitingStep, type StepView} from './step-views.ts';
import {TransferDetails} from './transfer-details.ts';

/** Seconds before the end of a payment's time at which the buyer is told. */
const lastMinute = 60;

export type AwaitingPayment = Extract<CheckoutState, {readonly step: 'opening_payment' | 'paying' | 'payment_failed'}>;

interface PaymentPanelOptions {
  /** Says something to those who cannot see it change. */
  readonly say: (news: string) => void;
  /** Called before a press in the provider's element is answered and after. */
  readonly elementPaying: (isPaying: boolean) => void;
}

/** Everything by which an order is paid: where to pay, until when, what came of it, and the other ways. */
export class PaymentPanel {
  readonly press: PayPress;
  readonly #say: PaymentPanelOptions['say'];
  readonly #countdown: Countdown;
  readonly #qr: QrCode;
  readonly #element: PaymentElementHost;
  readonly #transfer: TransferDetails;
  /** The payment that is on the screen. */
  #shown: string | undefined;
  /** The payment whose last minute was told. */
  #warned: string | undefined;

  constructor(host: WordedElement<PurchaseWords>, {say, elementPaying}: PaymentPanelOptions) {
    this.#say = say;
    this.press = new PayPress(host);
    this.#countdown = new Countdown(host);
    this.#qr = new QrCode(() => host.requestUpdate());
    this.#element = new PaymentElementHost(host, elementPaying);
    this.#transfer = new TransferDetails(
      () => host.renderRoot as ShadowRoot,
      news => {
        say(news);
        host.requestUpdate();
      },
    );
  }

  /** Before each update of the host. */
  follow(state: AwaitingPayment | undefined): void {
    this.#countdown.follow(state?.step === 'paying' ? state.payment.expiresAt : undefined);
  }

  /** After each update of the host: the provider's element is shown, and the page is left where a press asked for that. */
  settle(state: AwaitingPayment | undefined, lang: string): void {
    const payment = state?.step === 'paying' ? state.payment : undefined;
    this.#element.follow(payment, lang);
    // One that was shown before the press is not what the press asked for.
    if (payment && payment.id !== this.#shown) {
      const {instructions} = payment;
      this.press.arrive(instructions?.kind === 'redirect' ? instructions.url : undefined, state!.order.id);
    }
    this.#shown = payment?.id;
  }

  view(state: AwaitingPayment, paying: Paying): StepView {
    const {words} = paying;
    const {checkout} = words;
    const {order} = state;
    switch (state.step) {
      case 'opening_payment':
        if (!state.error) return waitingStep('opening_payment', words);
        return payAgainStep(paying, order, checkout.openingFailed, [
          failureText(state.error, words),
          checkout.openingFailedHint,
        ]);
      case 'paying':
        return this.#payingView(order, state.payment, paying);
      case 'payment_failed': {
        const isOver = state.payment.state === 'expired';
        if (isCode(state.payment) && isOver) return this.#codeOver(order, state.payment, paying);
        return payAgainStep(paying, order, checkout[isOver ? 'ranOut' : 'declined'], [
          checkout.failedHint(deadlineOf(order.expiresAt, words.lang)),
        ]);
      }
    }
  }

  #payingView(order: Order, payment: Payment, paying: Paying): StepView {
    const {words} = paying;
    const {left} = this.#countdown;
    if (isCode(payment) && left === 0) return this.#codeOver(order, payment, paying);
    if (left <= lastMinute && this.#warned !== payment.id) {
      this.#warned = payment.id;
      this.#say(words.checkout.lastMinute);
    }
    return {
      title: words.checkout.paying,
      body: html`${payingBody({
        payment,
        left,
        qr: this.#qr,
        words,
        leave: (url, event) => this.press.leave(url, order.id, event),
        element: this.#element,
        transfer: this.#transfer,
      })}
      ${
        // Nobody is to pay twice at once.
        this.#element.isPaying ? nothing : otherMethods(paying, order, this.#element.leadsNowhere)
      }`,
    };
  }

  #codeOver(order: Order, {method}: Payment, paying: Paying): StepView {
    const {checkout, lang} = paying.words;
    const deadline = deadlineOf(order.expiresAt, lang);
    return {
      title: checkout.codeOver,
      body: html`${codeOver(checkout, deadline, () => paying.pay(order, method), this.press.isBusy)}
      ${otherMethods(paying, order)}`,
    };
  }
}

const isCode = ({instructions}: Payment): boolean => instructions?.kind === 'qr';
