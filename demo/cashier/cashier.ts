import {html, nothing, render, type TemplateResult} from 'lit';
import {formatMoney} from '../../components/shared/format.ts';
import type {Payment} from '../../src/sandbox/payments/payment.ts';
import type {PaymentProvider} from '../../src/sandbox/payments/payment-provider.ts';
import type {DemoWords} from '../shop/words.ts';

export interface CashierOptions {
  readonly payments: () => PaymentProvider;
  readonly words: () => DemoWords;
  readonly lang: () => string;
}

/**
 * Stands in for the payment page, which a shop that lives inside a page cannot lead to: a dialog whose buttons do what
 * the buyer does there. For a QR payment it is the buyer's phone, beside the code.
 */
export class Cashier {
  readonly #options: CashierOptions;
  readonly #dialog: HTMLDialogElement;
  #paymentId: string | undefined;

  constructor(dialog: HTMLDialogElement, options: CashierOptions) {
    this.#dialog = dialog;
    this.#options = options;
    dialog.addEventListener('close', () => {
      this.#paymentId = undefined;
    });
  }

  /** Which payment lies on the desk. */
  get paymentId(): string | undefined {
    return this.#paymentId;
  }

  /** Shows a payment by its id or by the address of its page. */
  open(idOrUrl: string): void {
    const id = idOrUrl.split(/[?#]/, 1)[0]!.split('/').at(-1)!;
    if (!this.#options.payments().get(id)) return;
    this.#paymentId = id;
    this.draw();
    // Not modal, it would lie dead beneath an open checkout.
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  close(): void {
    this.#dialog.close();
  }

  draw(): void {
    const payment = this.#paymentId === undefined ? undefined : this.#options.payments().get(this.#paymentId);
    if (!payment) return;
    const {cashier} = this.#options.words();
    this.#dialog.className = `cashier ${payment.method === 'qr' ? 'phone' : ''}`;
    this.#dialog.setAttribute('aria-label', payment.method === 'qr' ? cashier.phone : cashier.name);
    render(this.#content(payment), this.#dialog);
  }

  #content(payment: Payment): TemplateResult {
    const {cashier: words} = this.#options.words();
    const {amount, description, reference, status, method} = payment;
    return html`<p class="banner">${words.noMoney}</p>
      <div class="desk">
        <h2>${method === 'qr' ? words.phone : words.name}</h2>
        <p class="what">${description}</p>
        <p class="quiet">${words.amount}</p>
        <p class="amount">${formatMoney(amount, this.#options.lang())}</p>
        <dl>
          <dt>${words.state}</dt>
          <dd><span class="state ${status}" role="status">${words.states[status]}</span></dd>
          <dt>${words.reference}</dt>
          <dd class="reference" translate="no">${reference}</dd>
        </dl>
        ${this.#buttons(payment)}
        <p class="quiet">${words.hint}</p>
      </div>`;
  }

  #buttons({id, status, method}: Payment): TemplateResult {
    const {cashier: words} = this.#options.words();
    const payments = this.#options.payments();
    const button = (text: string, act: () => unknown, look = ''): TemplateResult =>
      html`<button type="button" class="button ${look}" @click=${() => void this.#do(act)}>${text}</button>`;
    const back = button(method === 'qr' ? words.putAway : words.back, () => this.close(), 'primary');
    const isPending = status === 'pending';
    return html`<div class="choice">
        ${
          isPending
            ? [
                button(words.pay, () => this.#settle(payments.pay(id)), 'primary'),
                button(words.decline, () => this.#settle(payments.decline(id))),
              ]
            : back
        }
      </div>
      <h3>${words.forTests}</h3>
      <div class="choice small">
        ${isPending ? button(words.expire, () => payments.expire(id)) : nothing}
        ${isPending || status === 'expired' ? button(words.payLate, () => payments.payLate(id)) : nothing}
        ${
          isPending
            ? button(words.payTwice, () => this.#settle(payments.pay(id).then(() => payments.notifyAgain(id))))
            : button(words.notifyAgain, () => payments.notifyAgain(id))
        }
      </div>`;
  }

  async #do(act: () => unknown): Promise<void> {
    try {
      await act();
    } catch {
      // The payment moved on by itself in the meantime; what it is now is drawn below.
    }
    this.draw();
  }

  /** The real page leads back at once. */
  async #settle(settled: Promise<unknown>): Promise<void> {
    await settled;
    this.close();
  }
}
