import {sealedKeysSchema, type SealedKeys} from '../contract/keys.ts';
import {
  reboundOrderSchema,
  type RebindRequest,
  type ReboundOrder,
  type ReturnedRebindRequest,
} from '../contract/order.ts';
import type {CallOptions} from './client.ts';
import {createHttp} from './http.ts';

/** What the shop's frame asks its server for; the page around it never does, so its client is without. */
export interface SealedCalls {
  /** The keys of an order that is bound to a public key, sealed to it. */
  revealSealedKeys(orderId: string, revealKey: string, options?: CallOptions): Promise<SealedKeys>;
  /** Binds an order that was placed with a lookup password to another public key. */
  rebindOrder(request: RebindRequest, options?: CallOptions): Promise<ReboundOrder>;
  /** The same for the order of a message's link, or of a payment that this browser came back from. */
  rebindReturnedOrder(request: ReturnedRebindRequest, options?: CallOptions): Promise<ReboundOrder>;
}

export interface SealedCallsOptions {
  /** Origin of the shop server. */
  readonly address: string;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

const timeout = 15_000;

export function sealedCalls({address, fetch}: SealedCallsOptions): SealedCalls {
  // A page of the shop server's own: a cookie of its goes along.
  const http = createHttp({address, fetch, timeout, credentials: 'same-origin'});
  return {
    revealSealedKeys: (orderId, revealKey, {signal} = {}) =>
      http.json(sealedKeysSchema, `v1/orders/${encodeURIComponent(orderId)}/keys/sealed`, {
        method: 'post',
        json: {revealKey},
        signal,
      }),
    rebindOrder: (json, {signal} = {}) =>
      http.json(reboundOrderSchema, 'v1/orders/rebind', {method: 'post', json, signal}),
    rebindReturnedOrder: (json, {signal} = {}) =>
      http.json(reboundOrderSchema, 'v1/orders/return/rebind', {method: 'post', json, signal}),
  };
}
