import type {Client} from '../client/client.ts';
import {OrderTokenMissingError} from '../client/order-errors.ts';
import type {Environment} from './environment.ts';
import {watchOrder, type OrderWatch} from './order-watch.ts';
import {readableValue} from './readable-value.ts';
import type {KnownOrder, Loaded, Orders} from './shop.ts';
import type {Vault} from './vault.ts';

export interface OrdersController extends Orders {
  dispose(): void;
}

export function createOrders(client: Client, environment: Environment, vault: Vault): OrdersController {
  const watches = new Map<string, OrderWatch>();
  const tokens = new Map<string, string>();

  const known = readableValue<Loaded<readonly KnownOrder[]>>({status: 'loading'}, () => {
    const stop = vault.onChange(load);
    load();
    return stop;
  });

  return {
    known,
    watch(orderId, token) {
      const isNew = token !== undefined && tokens.get(orderId) !== token;
      if (isNew) {
        tokens.set(orderId, token);
        // This tab may just have placed it; only other tabs' orders announce themselves.
        load();
      }
      let watch = watches.get(orderId);
      if (!watch) {
        watch = watchOrder({client, environment, orderId, token: () => tokenOf(orderId)});
        watches.set(orderId, watch);
      } else if (isNew) {
        watch.refresh();
      }
      return watch;
    },
    async keys(orderId, {token, signal} = {}) {
      const held = token ?? (await tokenOf(orderId));
      if (held === undefined) {
        throw new OrderTokenMissingError({
          type: 'about:blank',
          title: `This device does not hold the token of order ${orderId}`,
          detail: 'pass the token, or open the order where it was placed',
          status: 401,
          code: 'order_token_missing',
        });
      }
      return client.revealKeys(orderId, {token: held, signal});
    },
    usedKeys: orderId => vault.usedKeys(orderId),
    markKey: (orderId, keyId, isUsed) => vault.markKey(orderId, keyId, isUsed),
    dispose() {
      for (const watch of watches.values()) watch.dispose();
      known.close();
    },
  };

  function load(): void {
    vault.orders().then(
      orders => {
        const data = orders.map(({id, number, createdAt}) => ({id, number, createdAt}));
        known.set({status: 'ready', data, refreshing: false});
      },
      () => {},
    );
  }

  async function tokenOf(orderId: string): Promise<string | undefined> {
    return tokens.get(orderId) ?? (await vault.orders()).find(({id}) => id === orderId)?.token;
  }
}
