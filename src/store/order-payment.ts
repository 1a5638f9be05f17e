import type {Client} from '../client/client.ts';
import type {Order} from '../contract/order.ts';
import type {Payment} from '../contract/payment.ts';
import {asKeystallError} from './as-keystall-error.ts';
import {reduceCheckout, type CheckoutEvent} from './checkout-reducer.ts';
import type {Environment} from './environment.ts';
import {isAbort} from './is-abort.ts';
import {pause} from './pause.ts';
import {createPaymentOpening} from './payment-opening.ts';
import {isGoneBy} from './payment-key.ts';
import type {Readable} from './readable.ts';
import {readableValue} from './readable-value.ts';
import type {OrderPayment, OrderPaymentState, OrderView} from './shop.ts';

interface OrderPaymentOptions {
  readonly client: Client;
  readonly environment: Environment;
  readonly watch: Readable<OrderView>;
  /** @throws {OrderTokenMissingError} */
  readonly token: () => Promise<string>;
}

export interface OrderPaymentController extends OrderPayment {
  dispose(): void;
}

/**
 * Pays an order that is there already, apart from the checkout and from what this device has in hand. Looking at it opens
 * no payment: one that can still be paid is gone on with, whoever opened it, and another is opened by a press alone.
 */
export function createOrderPayment({client, environment, watch, token}: OrderPaymentOptions): OrderPaymentController {
  const life = new AbortController();
  const state = readableValue<OrderPaymentState>({step: 'none'}, () => {
    const stop = watch.subscribe(look);
    look();
    return stop;
  });
  /** A payment was asked for here: it is the one to show. */
  let isAskedFor = false;
  const payments = createPaymentOpening({
    client,
    environment,
    wait: (milliseconds, signal) => pause(environment, milliseconds, signal),
    dispatch,
    isWanted: () => state.value.step === 'opening_payment',
  });

  return {
    get value() {
      return state.value;
    },
    subscribe: state.subscribe,
    async pay(method, {returnUrl} = {}) {
      if (state.value.step === 'none') return;
      const {order} = state.value;
      isAskedFor = true;
      state.set({step: 'opening_payment', order});
      try {
        await payments.open({token: await token(), method, returnUrl}, order, life.signal);
      } catch (error) {
        if (life.signal.aborted || isAbort(error)) return;
        dispatch({type: 'payment_not_opened', error: asKeystallError(error)});
      }
    },
    dispose() {
      life.abort(new DOMException('The order is left.', 'AbortError'));
      state.close();
    },
  };

  function look(): void {
    const view = watch.value;
    if (view.status !== 'ready') return;
    const {order} = view;
    if (!isPayable(order)) state.set({step: 'none'});
    else if (isAskedFor) dispatch({type: 'order_seen', order});
    else state.set(found(order, environment.now()));
  }

  function dispatch(event: CheckoutEvent): void {
    const now = state.value;
    if (now.step === 'none' || now.step === 'choosing') return;
    const next = reduceCheckout(now, event);
    state.set(
      next.step === 'opening_payment' || next.step === 'paying' || next.step === 'payment_failed' ? next : none,
    );
  }
}

const none: OrderPaymentState = {step: 'none'};

function isPayable({state, payments}: Order): boolean {
  return state === 'pending_payment' && payments.every(payment => payment.state !== 'paid');
}

/** What can still be paid, before what cannot any more. */
function found(order: Order, now: number): OrderPaymentState {
  const {payments} = order;
  const isOpen = (payment: Payment): boolean => payment.state === 'pending' && payment.instructions !== undefined;
  const payment = payments.find(each => isOpen(each) && !isGoneBy(each, now)) ?? payments[0];
  if (payment && isOpen(payment)) return {step: 'paying', order, payment};
  if (payment?.state === 'declined' || payment?.state === 'expired') return {step: 'payment_failed', order, payment};
  return {step: 'choosing', order};
}
