import type {Client} from '../client/client.ts';
import type {CartController} from './cart.ts';
import {createCheckout} from './checkout.ts';
import type {Environment} from './environment.ts';
import {createOrders} from './orders.ts';
import type {PurchaseMarker} from './purchase-marker.ts';
import type {Checkout, Orders} from './shop.ts';
import {createVault} from './vault.ts';

export interface BuyingOptions {
  readonly client: Client;
  readonly environment: Environment;
  readonly cart: CartController;
  readonly marker: PurchaseMarker;
  /** BCP 47 tag of the reader's language, as it is now. */
  readonly language: () => string | undefined;
}

/** All that comes after the cart. */
export interface Buying {
  readonly checkout: Checkout;
  readonly orders: Orders;
  dispose(): void;
}

export function createBuying({client, environment, cart, marker, language}: BuyingOptions): Buying {
  const vault = createVault(environment, client.address);
  const orders = createOrders(client, environment, vault);
  const checkout = createCheckout({client, environment, vault, cart, orders, marker, language});
  return {
    checkout,
    orders,
    dispose() {
      for (const part of [checkout, orders, vault]) part.dispose();
    },
  };
}
