import type {Environment} from './environment.ts';

/** Whether this device ever sent an order here: a page that only shows goods need not load what follows orders. */
export interface PurchaseMarker {
  mayHavePurchase(): boolean;
  /** Comes before the purchase is written, so that a crash between the two cannot hide it. Never taken back. */
  set(): void;
}

export function createPurchaseMarker(environment: Environment, address: string): PurchaseMarker {
  const key = `keystall:buyer:${address}`;
  return {
    mayHavePurchase() {
      try {
        return environment.storage?.getItem(key) !== null;
      } catch {
        return true;
      }
    },
    set() {
      try {
        environment.storage?.setItem(key, '1');
      } catch {
        // Without storage `mayHavePurchase` says yes anyway.
      }
    },
  };
}
