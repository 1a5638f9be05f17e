import type {KeystallError} from '../client/errors.ts';
import type {Order} from '../contract/order.ts';
import type {Readable} from './readable.ts';
import type {OrderView} from './shop.ts';

interface Follower {
  /** The order as the answer that made it showed it. */
  readonly placed?: Order | undefined;
  /** Called with each look at the order; `stop` ends the following. */
  readonly see: (order: Order, stop: () => void) => Promise<void>;
  /** Called when the order cannot be looked at. */
  readonly lose: (error: KeystallError) => Promise<void>;
}

/**
 * Follows an order until `signal` says to stop. Resolves when what the first look led to is done, which may be the
 * opening of its payment; later looks are quicker.
 */
export async function followOrder(
  watch: Readable<OrderView>,
  {placed, see, lose}: Follower,
  signal: AbortSignal,
): Promise<void> {
  let unsubscribe = () => {};
  let first: Promise<void> | undefined;
  return new Promise<void>((resolve, reject) => {
    const settle = (order: Order) => {
      const done = see(order, () => unsubscribe());
      if (first) done.catch(reject);
      else (first = done).then(resolve, reject);
    };
    const look = () => {
      const view = watch.value;
      if (view.status === 'ready') settle(view.order);
      else if (view.status === 'failed') lose(view.error).catch(reject);
    };
    unsubscribe = watch.subscribe(look);
    signal.addEventListener('abort', () => {
      unsubscribe();
      reject(signal.reason as Error);
    });
    if (placed) settle(placed);
    else look();
  });
}
