import type {Money} from '../../../src/domain/money.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import {KsPayRequestEvent} from './events/ks-pay-request.ts';
import {KsRedirectRequestEvent} from './events/ks-redirect-request.ts';
import {isPayableLink} from '../../../src/domain/payable-link.ts';

/** The presses of the pay button, one at a time, and what may follow from them: that the page is left. */
export class PayPress {
  readonly #host: HTMLElement & {requestUpdate(): void};
  #isBusy = false;
  #mayLeave = false;

  constructor(host: HTMLElement & {requestUpdate(): void}) {
    this.#host = host;
  }

  /** A press is being answered. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Nothing happens if the page says so. */
  run(total: Money, method: string, work: (returnUrl: string) => Promise<void> | undefined): void {
    if (this.#isBusy) return;
    const settle = (): void => {
      this.#isBusy = false;
      this.#host.requestUpdate();
    };
    const answered = RequestEvent.ask(this.#host, new KsPayRequestEvent(total, method), async () => {
      // The buyer expects the page to lead to the payment.
      this.#isBusy = this.#mayLeave = true;
      this.#host.requestUpdate();
      await work(location.href);
    });
    // What went wrong is in the checkout's state.
    answered?.then(settle, settle);
  }

  /** Nothing came of the press, or it is long ago: the page is not left because of it. */
  forget(): void {
    this.#mayLeave = false;
  }

  /** The payment is there: the page is left for it, once, if a press here asked for that. */
  arrive(url: string | undefined, orderId: string): void {
    if (this.#mayLeave && url !== undefined) this.leave(url, orderId);
    this.#mayLeave = false;
  }

  /** To the payment: by the link that was pressed, else by itself. */
  leave(url: string, orderId: string, event?: Event): void {
    const isAllowed = this.#host.dispatchEvent(new KsRedirectRequestEvent(url, orderId));
    if (!isAllowed) event?.preventDefault();
    else if (!event && isPayableLink(url)) location.assign(url);
  }
}
