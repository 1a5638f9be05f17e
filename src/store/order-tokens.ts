import {OrderTokenMissingError} from '../client/order-errors.ts';
import type {Vault} from './vault.ts';

/** What opens orders: as it was handed over in this tab, or as this device keeps it. */
export interface OrderTokens {
  /** Answers whether that is news. */
  learn(orderId: string, token: string | undefined): boolean;
  forget(orderId: string): void;
  of(orderId: string): Promise<string | undefined>;
  /** @throws {OrderTokenMissingError} */
  needed(orderId: string, given: string | undefined): Promise<string>;
}

export function createOrderTokens(vault: Vault): OrderTokens {
  const learned = new Map<string, string>();

  return {
    learn(orderId, token) {
      if (token === undefined || learned.get(orderId) === token) return false;
      learned.set(orderId, token);
      return true;
    },
    forget(orderId) {
      learned.delete(orderId);
    },
    of,
    async needed(orderId, given) {
      const held = given ?? (await of(orderId));
      if (held !== undefined) return held;
      throw new OrderTokenMissingError({
        type: 'about:blank',
        title: `This device does not hold the token of order ${orderId}`,
        detail: 'pass the token, look the order up, or open it where it was placed',
        status: 401,
        code: 'order_token_missing',
      });
    },
  };

  async function of(orderId: string): Promise<string | undefined> {
    return learned.get(orderId) ?? (await vault.orders()).find(({id}) => id === orderId)?.token;
  }
}
