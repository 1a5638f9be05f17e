import type {Client} from '../client/client.ts';
import type {Environment} from './environment.ts';
import type {OrderTokens} from './order-tokens.ts';
import {createOrderPayment, type OrderPaymentController} from './order-payment.ts';
import {watchOrder, type OrderWatch} from './order-watch.ts';
import {readableValue} from './readable-value.ts';
import type {PurchaseMarker} from './purchase-marker.ts';
import type {KnownOrder, Loaded, Orders} from './shop.ts';
import type {Vault} from './vault.ts';

export interface OrdersController extends Orders {
  /** Asks again about an order that is watched, also where nothing more was to be expected. */
  refresh(orderId: string): void;
  dispose(): void;
}

export interface OrdersOptions {
  readonly client: Client;
  readonly environment: Environment;
  readonly vault: Vault;
  readonly tokens: OrderTokens;
  readonly marker: PurchaseMarker;
}

export function createOrders({client, environment, vault, tokens, marker}: OrdersOptions): OrdersController {
  const watches = new Map<string, OrderWatch>();
  const glances = new Map<string, OrderWatch>();
  const payments = new Map<string, OrderPaymentController>();

  const known = readableValue<Loaded<readonly KnownOrder[]>>({status: 'loading'}, () => {
    const stop = vault.onChange(load);
    load();
    return stop;
  });

  return {
    known,
    watch,
    glance(orderId) {
      let glance = glances.get(orderId);
      if (!glance) {
        glance = watchOrder({client, environment, orderId, token: () => tokens.of(orderId), isGlance: true});
        glances.set(orderId, glance);
      }
      return glance;
    },
    async payment(orderId, token) {
      const watched = watch(orderId, token);
      let payment = payments.get(orderId);
      if (!payment) {
        payment = createOrderPayment({
          client,
          environment,
          watch: watched,
          token: () => tokens.needed(orderId, undefined),
        });
        payments.set(orderId, payment);
      }
      return payment;
    },
    async keys(orderId, {token, signal} = {}) {
      return client.revealKeys(orderId, {token: await tokens.needed(orderId, token), signal});
    },
    async lookUp(request, {signal} = {}) {
      const {order, token} = await client.lookUpOrder(request, {signal});
      const {id, number, createdAt} = order;
      await keep({id, number, createdAt}, token);
      return {id, number, createdAt};
    },
    keep,
    async forget(orderId) {
      await vault.forgetOrder(orderId);
      tokens.forget(orderId);
      for (const held of [payments, watches, glances]) {
        held.get(orderId)?.dispose();
        held.delete(orderId);
      }
      load();
    },
    refresh(orderId) {
      for (const held of [watches, glances]) held.get(orderId)?.refresh();
    },
    usedKeys: orderId => vault.usedKeys(orderId),
    markKey: (orderId, keyId, isUsed) => vault.markKey(orderId, keyId, isUsed),
    dispose() {
      for (const held of [payments, watches, glances]) for (const each of held.values()) each.dispose();
      known.close();
    },
  };

  function watch(orderId: string, token?: string): OrderWatch {
    const isNew = tokens.learn(orderId, token);
    if (isNew) {
      // This tab may just have placed it; only other tabs' orders announce themselves.
      load();
    }
    let held = watches.get(orderId);
    if (!held) {
      held = watchOrder({client, environment, orderId, token: () => tokens.of(orderId)});
      watches.set(orderId, held);
    } else if (isNew) {
      held.refresh();
    }
    return held;
  }

  async function keep({id, number, createdAt}: KnownOrder, token: string): Promise<void> {
    // From now on this device has something to open: it is looked for when a page loads.
    marker.set();
    await vault.keepOrder({id, number, createdAt, token});
    tokens.learn(id, token);
    watches.get(id)?.refresh();
    load();
  }

  function load(): void {
    vault.orders().then(
      orders => {
        const data = orders.map(({id, number, createdAt}) => ({id, number, createdAt}));
        known.set({status: 'ready', data, refreshing: false});
      },
      () => {},
    );
  }
}
