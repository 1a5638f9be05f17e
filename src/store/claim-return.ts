import type {Client} from '../client/client.ts';
import type {Order} from '../contract/order.ts';
import {isAnswerLost} from './answer-lost.ts';
import type {Environment} from './environment.ts';
import {pauseBefore} from './pause.ts';
import type {PurchaseMarker} from './purchase-marker.ts';
import {reducePurchase, type PlacedPurchase} from './purchase.ts';
import type {Vault} from './vault.ts';

const triesAtMost = 5;

interface ClaimReturnMeans {
  readonly client: Client;
  readonly environment: Environment;
  readonly vault: Vault;
  readonly marker: PurchaseMarker;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Opens the order of a payment that the buyer comes back from, on a device that may know nothing of it: an in-app browser
 * that lost its storage, or another browser. From then on this device knows it. Answers nothing if the way back is spent.
 */
export async function claimReturn(
  {client, environment, vault, marker, wait}: ClaimReturnMeans,
  code: string,
  signal: AbortSignal,
): Promise<{readonly purchase: PlacedPurchase; readonly order: Order} | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      const {order, token} = await client.claimReturn({code}, {signal});
      const {id, number, createdAt} = order;
      const event = {type: 'returned', orderId: id, token, number, method: order.payments[0]?.method ?? ''} as const;
      marker.set();
      await vault.update(held => (held && held.step !== 'quoted' ? held : reducePurchase(held, event)), {
        access: {id, number, createdAt, token},
      });
      return {purchase: reducePurchase(undefined, event) as PlacedPurchase, order};
    } catch (error) {
      signal.throwIfAborted();
      if (!isAnswerLost(error) || attempt === triesAtMost) return undefined;
      await wait(pauseBefore(attempt, environment.random()), signal);
    }
  }
}
