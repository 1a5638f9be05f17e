import {sealedCalls} from '../../src/client/sealed-calls.ts';
import {isProblem} from '../../src/client/is-problem.ts';
import {OrderTokenMissingError} from '../../src/client/order-errors.ts';
import {createShop} from '../../src/store/create-shop.ts';
import type {Shop} from '../../src/store/shop.ts';
import {readFrameKey} from './frame-key.ts';

/**
 * The shop as the elements in the frame know it. Keys come sealed and are opened here; looking an order up binds it to
 * this frame's key. No order token is used or kept.
 * @param onLocked an order is not bound to this browser's key
 */
export function createFrameShop(address: string, onLocked: () => void): Shop {
  const shop = createShop({address, lang: () => document.documentElement.lang});
  const calls = sealedCalls({address});
  return {
    ...shop,
    orders: {
      ...shop.orders,
      async keys(orderId, {signal} = {}) {
        const key = await readFrameKey();
        try {
          const sealed = await calls.revealSealedKeys(orderId, key.revealKey, {signal});
          return await key.open(orderId, sealed);
        } catch (error) {
          if (!isProblem(error, 'order_not_found')) throw error;
          onLocked();
          throw new OrderTokenMissingError({
            type: 'about:blank',
            title: `Order ${orderId} is not bound to this browser's key`,
            status: 401,
            code: 'order_token_missing',
          });
        }
      },
      async lookUp(request, {signal} = {}) {
        const {revealKey} = await readFrameKey();
        return calls.rebindOrder({...request, revealKey}, {signal});
      },
    },
  };
}
