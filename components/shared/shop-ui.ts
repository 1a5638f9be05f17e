import type {Shop} from '../../src/store/shop.ts';

/** What can be opened in a page, whichever element shows it. */
export type ShopView = 'cart' | 'checkout';

export interface OpenOptions {
  /** Where the element goes if the page has none. */
  readonly host: HTMLElement;
  /** Registers the element that shows the view. */
  readonly load: () => Promise<unknown>;
  /** Sets up an element made because the page had none, before it is connected. */
  readonly prepare?: (element: HTMLElement) => void;
}

interface Offer {
  open(): void;
  close(): void;
}

/**
 * How the elements of one shop open each other without knowing where they stand: an element that shows a view provides
 * it, any other asks for it. What the page lacks is made.
 */
export class ShopUi {
  /**
   * Settles once a purchase that a reload or a trip to a payment page interrupted is at hand again, if there was one:
   * then `shop.checkout` is no longer idle. Started once per shop and page, here.
   */
  readonly resumed: Promise<void>;
  readonly #providers = new Map<ShopView, readonly Offer[]>();
  readonly #wanted = new Set<ShopView>();
  #isReturnClaimed = false;

  constructor(shop: Shop) {
    this.resumed = shop.checkout.resume();
    // The checkout's own state says what went wrong.
    this.resumed.catch(() => {});
  }

  /**
   * Whether the caller is to show what was resumed: true for the first who asks, once per shop and page. What the buyer
   * closed then must not open again because an element was moved, or drawn in another language.
   */
  claimReturn(): boolean {
    const isFirst = !this.#isReturnClaimed;
    this.#isReturnClaimed = true;
    return isFirst;
  }

  /** Offers to show a view and put it away; answers the way to take the offer back. The latest offer is the one used. */
  provide(view: ShopView, open: () => void, close: () => void): () => void {
    const offer: Offer = {open, close};
    this.#providers.set(view, [...this.#offers(view), offer]);
    if (this.#wanted.delete(view)) open();
    return () => {
      this.#providers.set(
        view,
        this.#offers(view).filter(other => other !== offer),
      );
    };
  }

  provides(view: ShopView): boolean {
    return this.#offers(view).length > 0;
  }

  /**
   * Opens a view; a page without an element for it gets `<ks-cart>`, `<ks-checkout>` at the end of `host`.
   * Rejects when the element's code cannot be loaded.
   */
  async open(view: ShopView, {host, load, prepare}: OpenOptions): Promise<void> {
    if (!this.provides(view)) {
      this.#wanted.add(view);
      try {
        // An element that stood in the page without its code wakes up here and takes the wish.
        await load();
      } catch (error) {
        this.#wanted.delete(view);
        throw error;
      }
      if (!this.#wanted.has(view)) return;
      if (!this.provides(view)) {
        const element = document.createElement(`ks-${view}`);
        prepare?.(element);
        host.append(element);
        return;
      }
      this.#wanted.delete(view);
    }
    this.#offers(view).at(-1)?.open();
  }

  /** Puts a view away, or gives up the wish for it while its code is on the way. */
  close(view: ShopView): void {
    this.#wanted.delete(view);
    this.#offers(view).at(-1)?.close();
  }

  #offers(view: ShopView): readonly Offer[] {
    return this.#providers.get(view) ?? [];
  }
}
