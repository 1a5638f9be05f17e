import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Payment} from '../../../src/contract/payment.ts';
import {paymentElement, type ElementPayment, type MountPaymentElement} from '../../shared/payment-elements.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {KsPaymentElementRequestEvent} from './events/ks-payment-element-request.ts';

export type ElementStep = 'mounting' | 'mounted' | 'completed' | 'failed' | 'missing';

/** The elements that come with the shop; what a page registers goes before them. */
const included: Readonly<Record<string, MountPaymentElement>> = {
  stripe: async (...given) => (await import('../stripe-element/mount-stripe.ts')).mountStripe(...given),
};

const slot = 'payment-element';

/** Has a provider's element put into the page, as a child of the host that shows through its slot `payment-element`. */
export class PaymentElementHost implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #paying: (isPaying: boolean) => void;
  #payment: Payment | undefined;
  #lang = '';
  #step: ElementStep = 'mounting';
  #mounted: AbortController | undefined;
  #pay: (() => Promise<string | undefined>) | undefined;
  #isPaying = false;
  #problem: string | undefined;

  /** @param paying called before a press is answered and after: the provider may want the whole page meanwhile */
  constructor(host: ReactiveControllerHost & HTMLElement, paying: (isPaying: boolean) => void) {
    this.#host = host;
    this.#paying = paying;
    host.addController(this);
  }

  get step(): ElementStep {
    return this.#step;
  }

  /** A press of the button is being answered. */
  get isPaying(): boolean {
    return this.#isPaying;
  }

  /** What came of the latest press, if it came to nothing. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether the payment cannot be made by it. */
  get leadsNowhere(): boolean {
    return this.#mounted !== undefined && (this.#step === 'failed' || this.#step === 'missing');
  }

  /** Whether the element has no button of its own. */
  get takesPresses(): boolean {
    return this.#step === 'mounted' && this.#pay !== undefined;
  }

  /** Shows the element of a payment from now on, or none. Call it as often as you like. */
  follow(payment: Payment | undefined, lang: string): void {
    const isElement = payment?.instructions?.kind === 'element' && this.#host.isConnected;
    if (this.#mounted && isElement && payment.id === this.#payment?.id) return;
    this.#putAway();
    this.#payment = payment;
    this.#lang = lang;
    if (isElement) this.#mount(payment);
  }

  /** Once more, where the element did not come. */
  readonly retry = (): void => {
    this.#putAway();
    if (this.#payment) this.#mount(this.#payment);
  };

  /** The button was pressed. Nothing happens while an earlier press is being answered. */
  readonly press = async (): Promise<void> => {
    const [pay, mounted] = [this.#pay, this.#mounted];
    if (!pay || this.#isPaying || this.#step !== 'mounted') return;
    this.#problem = undefined;
    this.#setPaying(true);
    const [problem, isUnknown] = await pay().then(
      told => [told, false] as const,
      (error: unknown) => {
        reportError(error);
        return [undefined, true] as const;
      },
    );
    if (mounted !== this.#mounted) return;
    this.#setPaying(false);
    this.#problem = problem;
    // Told "failed", people pay again: where nobody knows, they wait for what the server says.
    if (problem === undefined || isUnknown) this.#step = 'completed';
    this.#host.requestUpdate();
  };

  hostDisconnected(): void {
    this.#putAway();
  }

  #mount({amount, instructions}: Payment): void {
    if (instructions?.kind !== 'element') return;
    const {element, clientSecret, settings, returnUrl} = instructions;
    const mounted = (this.#mounted = new AbortController());
    const {signal} = mounted;
    const container = this.#container(signal);
    const become = (step: ElementStep): void => {
      if (signal.aborted) return;
      this.#step = step;
      this.#host.requestUpdate();
    };
    const payment: ElementPayment = {
      element,
      clientSecret,
      settings,
      amount,
      returnUrl,
      lang: this.#lang,
      signal,
      completed: () => become('completed'),
      payBy: (pay, problem) => {
        if (signal.aborted) return;
        this.#pay = pay;
        this.#problem = problem;
        this.#host.requestUpdate();
      },
    };
    const mount = paymentElement(element) ?? included[element];
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
        settle(mount ? 'failed' : 'missing');
      },
    );
  }

  /**
   * The page's own, if it put one there; else one that goes away with the payment. It stands in the page, where a provider
   * can reach it: a slot in its place shows what stands in the element around.
   */
  #container(signal: AbortSignal, host: HTMLElement = this.#host): HTMLElement {
    const own = host.querySelector<HTMLElement>(`:scope > [slot="${slot}"]`);
    if (own instanceof HTMLSlotElement)
      return this.#container(signal, (own.getRootNode() as ShadowRoot).host as HTMLElement);
    if (own) return own;
    const container = document.createElement('div');
    container.slot = slot;
    host.append(container);
    signal.addEventListener('abort', () => container.remove());
    return container;
  }

  #setPaying(isPaying: boolean): void {
    this.#isPaying = isPaying;
    this.#paying(isPaying);
    this.#host.requestUpdate();
  }

  #putAway(): void {
    this.#mounted?.abort();
    this.#mounted = this.#pay = this.#problem = undefined;
    if (this.#isPaying) this.#setPaying(false);
  }
}

function notMounted(_: HTMLElement, {element}: ElementPayment): never {
  throw new Error(`Nobody puts the payment element "${element}" into this page: call registerPaymentElement().`);
}
