import type {Money} from '../../src/domain/money.ts';

/** A payment that is made in an element of its provider, within the page. */
export interface ElementPayment {
  /** Which provider's element it takes: `sandbox`. */
  readonly element: string;
  /** What the provider's script opens this one payment with. For this buyer's eyes: keep it out of attributes and logs. */
  readonly clientSecret: string;
  /** What else the provider's script needs; public. */
  readonly settings: Readonly<Record<string, string>>;
  readonly amount: Money;
  /** Where the provider's script sends a buyer who has to leave the page; it leads back to it. */
  readonly returnUrl?: string | undefined;
  /** BCP 47 tag of the language around it. */
  readonly lang: string;
  /** Aborted when the element is to be put away. */
  readonly signal: AbortSignal;
  /** The buyer is done there. Whether the order is paid, the shop server says. */
  completed(): void;
  /**
   * For an element without a button of its own: the checkout shows one, and calls `pay` for a press, never twice at a
   * time. It resolves with what to tell the buyer, or with nothing when they are done.
   * @param problem what to tell them at once
   */
  payBy(pay: () => Promise<string | undefined>, problem?: string): void;
}

/**
 * Puts a provider's element into `container`, which stands in the page itself: providers refuse shadow roots. Resolves when
 * it can be used; where it rejects, the buyer is offered another try, and the other ways to pay.
 */
export type MountPaymentElement = (container: HTMLElement, payment: ElementPayment) => void | Promise<void>;

const key = Symbol.for('keystall.payment-elements/1');

/**
 * Says how the payments of a provider's element are made in this page, `stripe` too if it is to be made otherwise. Kept on
 * `globalThis`, for all bundles in it.
 */
export function registerPaymentElement(element: string, mount: MountPaymentElement): void {
  registered().set(element, mount);
}

export function paymentElement(element: string): MountPaymentElement | undefined {
  return registered().get(element);
}

function registered(): Map<string, MountPaymentElement> {
  const page = globalThis as {[key]?: Map<string, MountPaymentElement>};
  return (page[key] ??= new Map());
}
