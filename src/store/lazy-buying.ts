import {ConnectionError} from '../client/errors.ts';
import type {Buying, BuyingOptions} from './buying.ts';
import {readableValue} from './readable-value.ts';
import type {Readable} from './readable.ts';
import type {Checkout, CheckoutState, Orders, OrderView} from './shop.ts';

/**
 * Checkout and orders, whose code is loaded when one of them is first used: a page that only shows goods does without.
 * `resume` loads it only where an order may be in hand.
 */
export function createLazyBuying(options: BuyingOptions): Buying {
  let buying: Buying | undefined;
  let loading: Promise<Buying> | undefined;
  let isDisposed = false;
  let stopForwarding = () => {};
  const closers = new Set<() => void>();
  const watches = new Map<string, Readable<OrderView>>();

  /** What is shown while there is no checkout yet; afterwards it follows the real one. */
  const checkoutState = readableValue<CheckoutState>({step: 'idle'}, () => {
    forward();
    return () => {
      stopForwarding();
      stopForwarding = () => {};
    };
  });
  closers.add(checkoutState.close);

  const checkout: Checkout = {
    get value() {
      return buying?.checkout.value ?? checkoutState.value;
    },
    subscribe: checkoutState.subscribe,
    begin: () => withCheckout(real => real.begin()),
    place: (form, placing) => withCheckout(real => real.place(form, placing)),
    pay: (method, paying) => withCheckout(real => real.pay(method, paying)),
    resume: () => (options.marker.mayHavePurchase() ? withCheckout(real => real.resume()) : Promise.resolve()),
    close() {
      if (buying) buying.checkout.close();
      else checkoutState.set({step: 'idle'});
    },
  };

  const orders: Orders = {
    known: lazyReadable([], async () => (await load()).orders.known),
    watch(orderId, token) {
      const real = buying?.orders.watch(orderId, token);
      let watch = watches.get(orderId);
      if (!watch) {
        watch = lazyReadable<OrderView>(real?.value ?? {status: 'loading'}, async () =>
          (await load()).orders.watch(orderId, token),
        );
        watches.set(orderId, watch);
      } else if (!real && token !== undefined) {
        void load().then(({orders: {watch: follow}}) => follow(orderId, token), ignore);
      }
      return watch;
    },
    keys: async (orderId, asking) => (await load()).orders.keys(orderId, asking),
  };

  return {
    checkout,
    orders,
    dispose() {
      isDisposed = true;
      for (const close of closers) close();
      buying?.dispose();
    },
  };

  async function withCheckout(use: (checkout: Checkout) => Promise<void>): Promise<void> {
    let real: Checkout;
    try {
      real = (await load()).checkout;
    } catch (error) {
      const cause = new ConnectionError(
        'connection',
        'The checkout could not be loaded. Check the connection and try again.',
        {
          cause: error,
        },
      );
      checkoutState.set({step: 'failed', error: cause});
      return;
    }
    return use(real);
  }

  function load(): Promise<Buying> {
    loading ??= import('./buying.ts').then(
      ({createBuying}) => {
        buying = createBuying(options);
        if (isDisposed) buying.dispose();
        else if (checkoutState.isHeard) forward();
        return buying;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  }

  function forward(): void {
    if (!buying) return;
    const {checkout: real} = buying;
    const show = () => {
      checkoutState.set(real.value);
    };
    stopForwarding = real.subscribe(show);
    if (real.value.step !== checkoutState.value.step) show();
  }

  function lazyReadable<T>(initial: T, source: () => Promise<Readable<T>>): Readable<T> {
    const value = readableValue<T>(initial, () => {
      let isOver = false;
      let stop = () => {
        isOver = true;
      };
      source().then(real => {
        if (isOver) return;
        const show = () => {
          value.set(real.value);
        };
        stop = real.subscribe(show);
        show();
      }, ignore);
      return () => {
        stop();
      };
    });
    closers.add(value.close);
    return value;
  }
}

function ignore(): void {}
