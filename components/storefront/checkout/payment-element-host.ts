import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Payment} from '../../../src/contract/payment.ts';
import {paymentElement, type ElementPayment} from '../../shared/payment-elements.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {KsPaymentElementRequestEvent} from './events/ks-payment-element-request.ts';

export type ElementStep = 'mounting' | 'mounted' | 'completed' | 'missing';

const slot = 'payment-element';

/** Has a provider's element put into the page, as a child of the host that shows through its slot `payment-element`. */
export class PaymentElementHost implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #payment: Payment | undefined;
  #step: ElementStep = 'mounting';
  #mounted: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get step(): ElementStep {
    return this.#step;
  }

  /** Shows the element of a payment from now on, or none. Call it as often as you like. */
  follow(payment: Payment | undefined, lang: string): void {
    const isElement = payment?.instructions?.kind === 'element' && this.#host.isConnected;
    if (this.#mounted && isElement && payment.id === this.#payment?.id) return;
    this.#putAway();
    this.#payment = payment;
    if (isElement) this.#mount(payment, lang);
  }

  hostDisconnected(): void {
    this.#putAway();
  }

  #mount({amount, instructions}: Payment, lang: string): void {
    if (instructions?.kind !== 'element') return;
    const {element, clientSecret, settings} = instructions;
    const mounted = (this.#mounted = new AbortController());
    const {signal} = mounted;
    const container = this.#container(signal);
    const become = (step: ElementStep): void => {
      if (signal.aborted) return;
      this.#step = step;
      this.#host.requestUpdate();
    };
    const payment = {element, clientSecret, settings, amount, lang, signal, completed: () => become('completed')};
    const mount = paymentElement(element);
    become('mounting');
    const mounting = RequestEvent.ask(this.#host, new KsPaymentElementRequestEvent(container, payment), async () => {
      await (mount ?? notMounted)(container, payment);
    });
    const settle = (step: ElementStep): void => {
      if (this.#step === 'mounting') become(step);
    };
    if (!mounting) return settle('mounted');
    mounting.then(
      () => settle('mounted'),
      (error: unknown) => {
        if (mount && !signal.aborted) reportError(error);
        settle('missing');
      },
    );
  }

  /** The page's own, if it put one there; else one that goes away with the payment. */
  #container(signal: AbortSignal): HTMLElement {
    const own = this.#host.querySelector<HTMLElement>(`:scope > [slot="${slot}"]`);
    if (own) return own;
    const container = document.createElement('div');
    container.slot = slot;
    this.#host.append(container);
    signal.addEventListener('abort', () => container.remove());
    return container;
  }

  #putAway(): void {
    this.#mounted?.abort();
    this.#mounted = undefined;
  }
}

function notMounted(_: HTMLElement, {element}: ElementPayment): never {
  throw new Error(`Nobody puts the payment element "${element}" into this page: call registerPaymentElement().`);
}
