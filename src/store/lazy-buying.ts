import type {KeystallError} from '../client/errors.ts';
import type {Buying, BuyingOptions, createBuying} from './buying.ts';
import {asKeystallError} from './as-keystall-error.ts';
import {codeMissingError} from './code-missing.ts';
import {readableValue} from './readable-value.ts';
import type {Readable} from './readable.ts';
import type {Checkout, CheckoutState, KnownOrder, Loaded, Orders, OrderView} from './shop.ts';

/**
 * Checkout and orders, whose code is loaded when one of them is first used: a page that only shows goods does without.
 * `resume` loads it only where an order may be in hand.
 */
export function createLazyBuying(
  options: BuyingOptions,
  importBuying: () => Promise<{readonly createBuying: typeof createBuying}> = () => import('./buying.ts'),
): Buying {
  let buying: Buying | undefined;
  let loading: Promise<Buying> | undefined;
  let isDisposed = false;
  let stopForwarding = () => {};
  let selected: Checkout['selected'];
  const closers = new Set<() => void>();
  const watches = new Map<string, Readable<OrderView>>();
  const glances = new Map<string, Readable<OrderView>>();

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
    get selected() {
      return buying ? buying.checkout.selected : selected;
    },
    select(lines) {
      selected = lines;
      buying?.checkout.select(lines);
    },
    begin: () => withCheckout(real => real.begin()),
    place: (form, placing) => withCheckout(real => real.place(form, placing)),
    pay: (method, paying) => withCheckout(real => real.pay(method, paying)),
    resume({returnCode = options.environment.takeReturn(options.client.address)} = {}) {
      const isNeeded = returnCode !== undefined || options.marker.mayHavePurchase();
      return isNeeded ? withCheckout(real => real.resume({returnCode})) : Promise.resolve();
    },
    close() {
      if (buying) buying.checkout.close();
      else {
        selected = undefined;
        checkoutState.set({step: 'idle'});
      }
    },
  };

  const orders: Orders = {
    known: lazyReadable<Loaded<readonly KnownOrder[]>>({status: 'loading'}, async () => (await load()).orders.known),
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
    glance(orderId) {
      let glance = glances.get(orderId);
      if (!glance) {
        glance = lazyReadable<OrderView>({status: 'loading'}, async () => (await load()).orders.glance(orderId));
        glances.set(orderId, glance);
      }
      return glance;
    },
    payment: async (...asked) => (await load()).orders.payment(...asked),
    keys: async (orderId, asking) => (await load()).orders.keys(orderId, asking),
    usedKeys: async orderId => (await load()).orders.usedKeys(orderId),
    markKey: async (...mark) => (await load()).orders.markKey(...mark),
    lookUp: async (request, asking) => (await load()).orders.lookUp(request, asking),
    keep: async (...kept) => (await load()).orders.keep(...kept),
    forget: async orderId => (await load()).orders.forget(orderId),
  };

  return {
    checkout,
    orders,
    tickets: async () => (await load()).tickets(),
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
      checkoutState.set({step: 'failed', error: asKeystallError(error)});
      return;
    }
    return use(real);
  }

  function load(): Promise<Buying> {
    loading ??= importBuying().then(
      ({createBuying: create}) => {
        buying = create({...options, importTickets});
        if (selected) buying.checkout.select(selected);
        if (isDisposed) buying.dispose();
        else if (checkoutState.isHeard) forward();
        return buying;
      },
      (error: unknown) => {
        loading = undefined;
        throw codeMissingError(error);
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

  function lazyReadable<T extends {readonly status: string}>(
    initial: T | Waiting,
    source: () => Promise<Readable<T>>,
  ): Readable<T | Waiting> {
    const value = readableValue<T | Waiting>(initial, () => {
      let isOver = false;
      let stop = () => {
        isOver = true;
      };
      const follow = () => {
        source().then(
          real => {
            if (isOver) return;
            const show = () => {
              value.set(real.value);
            };
            stop = real.subscribe(show);
            show();
          },
          (error: unknown) => {
            if (!isOver) value.set({status: 'failed', error: asKeystallError(error), retry});
          },
        );
      };
      const retry = () => {
        value.set({status: 'loading'});
        follow();
      };
      follow();
      return () => {
        stop();
      };
    });
    closers.add(value.close);
    return value;
  }
}

/** Here and not where it is used: what is loaded on need cannot load more in the one-file bundle. */
const importTickets = () =>
  import('./tickets.ts').catch((cause: unknown) => {
    throw codeMissingError(cause);
  });

/** What is shown in place of something whose code is on its way, or did not arrive. */
type Waiting = {readonly status: 'loading'} | {readonly status: 'failed'; readonly error: KeystallError; retry(): void};

function ignore(): void {}
