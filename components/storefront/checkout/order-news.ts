import type {CheckoutState} from '../../../src/store/shop.ts';
import {KsOrderPaidEvent} from './events/ks-order-paid.ts';
import {KsOrderPlacedEvent} from './events/ks-order-placed.ts';

/** Tells the page what became of the purchase, once each. */
export class OrderNews {
  readonly #host: HTMLElement;
  #before: CheckoutState = {step: 'idle'};
  /** An order was sent by a press here and is not there yet. */
  #isExpected = false;
  #paid: string | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** From now on, an order that comes is this element's doing; or is not. */
  expect(isExpected: boolean): void {
    this.#isExpected = isExpected;
  }

  /** Forgets what another shop's checkout showed. */
  begin(): void {
    this.#before = {step: 'idle'};
  }

  hear(state: CheckoutState): void {
    const before = this.#before;
    this.#before = state;
    if (this.#isExpected && before.step === 'placing' && 'order' in state) {
      this.#isExpected = false;
      this.#host.dispatchEvent(new KsOrderPlacedEvent(state.order));
    }
    if (state.step === 'paid' && this.#paid !== state.order.id) {
      this.#paid = state.order.id;
      this.#host.dispatchEvent(new KsOrderPaidEvent(state.order));
    }
  }
}
