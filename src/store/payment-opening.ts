import type {Client} from '../client/client.ts';
import type {Order} from '../contract/order.ts';
import type {CheckoutEvent} from './checkout-reducer.ts';
import type {Environment} from './environment.ts';
import {linkedSignal, type LinkedSignal} from './linked-signal.ts';
import {isGoneBy} from './payment-key.ts';
import type {PlacedPurchase} from './purchase.ts';
import {requestPayment, type WantedPayment} from './request-payment.ts';

interface PaymentOpeningMeans {
  readonly client: Client;
  readonly environment: Environment;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Whether the checkout still waits for a payment to be opened. */
  readonly isWanted: () => boolean;
  readonly dispatch: (event: CheckoutEvent) => void;
}

/** Opens the payments of orders, one at a time. */
export interface PaymentOpening {
  /** In place of one that is still being opened. */
  open(wanted: WantedPayment, order: Order, signal: AbortSignal): Promise<void>;
  /** A payment that was opened before a reload, or by another tab, is gone on with. */
  goOn(purchase: PlacedPurchase, order: Order, signal: AbortSignal): Promise<void>;
}

export function createPaymentOpening({client, environment, wait, isWanted, dispatch}: PaymentOpeningMeans) {
  let paying: LinkedSignal | undefined;
  const opening: PaymentOpening = {
    async open(wanted, order, signal) {
      paying?.abort(new DOMException('Another payment is being opened.', 'AbortError'));
      const attempts = linkedSignal(signal);
      paying = attempts;
      dispatch({type: 'payment_requested'});
      try {
        const event = await requestPayment({client, environment, wait, isWanted}, wanted, order, attempts.signal);
        if (isWanted() && event) dispatch(event);
      } finally {
        attempts.release();
      }
    },
    async goOn(purchase, order, signal) {
      const newest = order.payments[0];
      const isAtHand = newest?.instructions && newest.method === purchase.method;
      if (isAtHand && !isGoneBy(newest, environment.now())) dispatch({type: 'payment_opened', payment: newest});
      else await opening.open(purchase, order, signal);
    },
  };
  return opening;
}
