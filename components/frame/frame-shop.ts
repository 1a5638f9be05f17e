import {isProblem} from '../../src/client/is-problem.ts';
import {OrderTokenMissingError} from '../../src/client/order-errors.ts';
import {sealedCalls} from '../../src/client/sealed-calls.ts';
import type {Keys} from '../../src/contract/keys.ts';
import type {ReboundOrder} from '../../src/contract/order.ts';
import {createShop} from '../../src/store/create-shop.ts';
import type {Shop} from '../../src/store/shop.ts';
import {readFrameKey, type FrameKey} from './frame-key.ts';
import {openSealed} from './open-sealed.ts';

export interface FrameShop {
  /** As the elements in the frame know it. Keys come sealed and are opened here. */
  readonly shop: Shop;
  /** Binds the order of a message's link to this frame's key. */
  claimLink(code: string): Promise<ReboundOrder>;
}

export interface FrameShopOptions {
  /** An order is not bound to this browser's key. */
  readonly onLocked: () => void;
  /** An order was looked up, and is bound to this frame's key if it is bound to any. */
  readonly onFound: (order: ReboundOrder) => void;
}

export function createFrameShop(address: string, {onLocked, onFound}: FrameShopOptions): FrameShop {
  const shop = createShop({address, lang: () => document.documentElement.lang});
  const calls = sealedCalls({address});
  /** Of orders whose keys are not sealed. */
  const tokens = new Map<string, string>();

  async function sealedKeys(key: FrameKey, orderId: string, signal: AbortSignal | undefined): Promise<Keys> {
    return openSealed(key, orderId, await calls.revealSealedKeys(orderId, key.revealKey, {signal}));
  }

  /** Whether this browser came back from the payment of that very order, which is bound to the key then. */
  async function hasReturned({revealKey}: FrameKey, orderId: string, signal: AbortSignal | undefined) {
    try {
      return (await calls.rebindReturnedOrder({revealKey}, {signal})).id === orderId;
    } catch (error) {
      if (isProblem(error, 'order_not_found')) return false;
      throw error;
    }
  }

  return {
    shop: {
      ...shop,
      orders: {
        ...shop.orders,
        async keys(orderId, {signal} = {}) {
          const token = tokens.get(orderId);
          if (token !== undefined) return shop.orders.keys(orderId, {token, ...(signal && {signal})});
          const key = await readFrameKey();
          try {
            return await sealedKeys(key, orderId, signal);
          } catch (error) {
            if (!isProblem(error, 'order_not_found')) throw error;
          }
          if (await hasReturned(key, orderId, signal)) return sealedKeys(key, orderId, signal);
          onLocked();
          throw new OrderTokenMissingError({
            type: 'about:blank',
            title: `Order ${orderId} is not bound to this browser's key`,
            status: 401,
            code: 'order_token_missing',
          });
        },
        async lookUp(request, {signal} = {}) {
          const {revealKey} = await readFrameKey();
          const found = await calls.rebindOrder({...request, revealKey}, {signal});
          if (!found.sealed) tokens.set(found.id, found.token);
          onFound(found);
          return found;
        },
      },
    },
    async claimLink(code) {
      const {revealKey} = await readFrameKey();
      const found = await calls.rebindReturnedOrder({code, revealKey});
      if (!found.sealed) tokens.set(found.id, found.token);
      return found;
    },
  };
}
