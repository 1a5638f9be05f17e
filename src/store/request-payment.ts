import type {Client} from '../client/client.ts';
import {isKeystallError} from '../client/errors.ts';
import type {Order} from '../contract/order.ts';
import {isAnswerLost} from './answer-lost.ts';
import type {CheckoutEvent} from './checkout-reducer.ts';
import type {Environment} from './environment.ts';
import {pauseBefore} from './pause.ts';
import {paymentKey} from './payment-key.ts';

/** Tries before the buyer is told. */
const triesAtMost = 5;

/** What opens a payment of an order, and where its buyer is to come back to. */
export interface WantedPayment {
  /** The order's. */
  readonly token: string;
  readonly method: string;
  readonly returnUrl?: string | undefined;
}

interface RequestPaymentMeans {
  readonly client: Client;
  readonly environment: Environment;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** False when the order was paid or ran out meanwhile. */
  readonly isWanted: () => boolean;
}

/** Opens a payment; a lost answer is asked for again, under the same key. Answers nothing if none is wanted any more. */
export async function requestPayment(
  {client, environment, wait, isWanted}: RequestPaymentMeans,
  {token, method, returnUrl}: WantedPayment,
  order: Order,
  signal: AbortSignal,
): Promise<CheckoutEvent | undefined> {
  const idempotencyKey = paymentKey(order, method, returnUrl, environment.now());
  const request = {method, ...(returnUrl !== undefined && {returnUrl})};
  for (let attempt = 1; isWanted(); attempt++) {
    try {
      const payment = await client.openPayment(order.id, request, {token, idempotencyKey, signal});
      return {type: 'payment_opened', payment};
    } catch (error) {
      signal.throwIfAborted();
      if (!isKeystallError(error)) throw error;
      if (!isAnswerLost(error) || attempt === triesAtMost) return {type: 'payment_not_opened', error};
      await wait(pauseBefore(attempt, environment.random()), signal);
    }
  }
  return undefined;
}
