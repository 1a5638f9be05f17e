import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {addConfirmed} from '../../src/store/add-confirmed.ts';
import {isCartError} from '../../src/store/cart-error.ts';
import type {CartProblem, NewCartLine} from '../../src/store/shop.ts';
import {cartProblemText} from './cart-problem-text.ts';
import type {CartProblemWords} from './cart-problem.zh-cn.ts';
import {KsAddRequestEvent} from './events/ks-add-request.ts';
import {KsAddedEvent} from './events/ks-added.ts';
import {RequestEvent} from './events/request-event.ts';
import type {ShopController} from './shop-controller.ts';

/** How long a button says that the good was added, in milliseconds. */
const addedFor = 1800;

/**
 * Puts a good into the cart for its host, and knows what became of the last press of the button. The cart shows the good
 * at once; the button says "added" when the shop server agreed.
 */
export class AddController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #state: 'idle' | 'pending' | 'added' | 'refused' = 'idle';
  /** Why the last press was refused, where the shop server said so. */
  problem: CartProblem | undefined;
  #connection = new AbortController();
  /** Only the latest press decides what the button says. */
  #lastPress: object | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get state(): 'idle' | 'pending' | 'added' | 'refused' {
    return this.#state;
  }

  hostConnected(): void {
    this.#connection = new AbortController();
  }

  hostDisconnected(): void {
    this.#connection.abort();
    this.#set('idle');
  }

  add(place: ShopController, line: NewCartLine): void {
    if (!place.address) return;
    const {signal} = this.#connection;
    const confirmed = RequestEvent.ask(this.#host, new KsAddRequestEvent(line), () =>
      place.with(({shop}) => addConfirmed(shop.cart, line)),
    );
    if (!confirmed) return;
    this.#set('pending');
    const press = (this.#lastPress = {});
    const isLast = (): boolean => this.#lastPress === press && !signal.aborted;
    confirmed.then(
      () => {
        this.#host.dispatchEvent(new KsAddedEvent(line));
        if (!isLast()) return;
        this.#set('added');
        const timer = setTimeout(() => isLast() && this.#set('idle'), addedFor);
        signal.addEventListener('abort', () => clearTimeout(timer));
      },
      (error: unknown) => {
        if (isLast()) this.refuse(error);
      },
    );
  }

  refuse(error: unknown): void {
    this.problem = isCartError(error) ? error.problem : undefined;
    this.#set('refused');
  }

  /** The host shows another good now: what was pressed belonged to the one before. */
  forget(): void {
    this.#lastPress = undefined;
    this.#set('idle');
  }

  /** Why the last press was refused, or the shop could not be asked; empty if it went well. */
  refusal(words: {readonly 'cart-problem': CartProblemWords; readonly lang: string}): string {
    if (this.#state !== 'refused') return '';
    return this.problem ? cartProblemText(this.problem, words) : words['cart-problem'].refused;
  }

  #set(state: AddController['state']): void {
    if (state === this.#state && state !== 'refused') return;
    this.#state = state;
    this.#host.requestUpdate();
  }
}
