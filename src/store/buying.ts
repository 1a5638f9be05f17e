import type {Client} from '../client/client.ts';
import type {CartController} from './cart.ts';
import {createCheckout} from './checkout.ts';
import type {Environment} from './environment.ts';
import type {FormDraft} from './form-draft.ts';
import {createOrderTokens} from './order-tokens.ts';
import {createOrders} from './orders.ts';
import type {PurchaseMarker} from './purchase-marker.ts';
import type {Checkout, Orders, Tickets} from './shop.ts';
import type {createTickets, TicketsController} from './tickets.ts';
import {createVault} from './vault.ts';

export interface BuyingOptions {
  readonly client: Client;
  readonly environment: Environment;
  readonly cart: CartController;
  readonly draft: FormDraft;
  readonly marker: PurchaseMarker;
  /** BCP 47 tag of the reader's language, as it is now. */
  readonly language: () => string | undefined;
}

export interface TicketsLoader {
  /** What loads the tickets' code when they are first used. */
  readonly importTickets: () => Promise<{readonly createTickets: typeof createTickets}>;
}

/** All that comes after the cart. */
export interface Buying {
  readonly checkout: Checkout;
  readonly orders: Orders;
  tickets(): Promise<Tickets>;
  dispose(): void;
}

export function createBuying({
  client,
  environment,
  cart,
  draft,
  marker,
  language,
  importTickets,
}: BuyingOptions & TicketsLoader): Buying {
  const vault = createVault(environment, client.address);
  const tokens = createOrderTokens(vault);
  const orders = createOrders({client, environment, vault, tokens, marker});
  const checkout = createCheckout({client, environment, vault, cart, draft, orders, marker, language});
  let tickets: TicketsController | undefined;
  let loading: Promise<Tickets> | undefined;
  let isDisposed = false;
  return {
    checkout,
    orders,
    tickets() {
      loading ??= importTickets().then(
        ({createTickets: create}) => {
          tickets = create({client, environment, tokens, onNews: orders.refresh});
          if (isDisposed) tickets.dispose();
          return tickets;
        },
        (error: unknown) => {
          loading = undefined;
          throw error;
        },
      );
      return loading;
    },
    dispose() {
      isDisposed = true;
      for (const part of [checkout, orders, tickets, vault]) part?.dispose();
    },
  };
}
