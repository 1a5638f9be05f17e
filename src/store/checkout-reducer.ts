import type {KeystallError} from '../client/errors.ts';
import type {Order} from '../contract/order.ts';
import type {Payment} from '../contract/payment.ts';
import type {Quote} from '../contract/quote.ts';
import {TransitionError} from '../domain/transition.ts';
import {isBuyable} from './purchase.ts';
import type {CheckoutState, FormProblems} from './shop.ts';

export type CheckoutEvent =
  | {readonly type: 'quote_requested'}
  | {readonly type: 'quoted'; readonly quote: Quote}
  | {readonly type: 'form_rejected'; readonly problems: FormProblems}
  /** The buyer agreed, here or in another tab. */
  | {readonly type: 'sent'}
  | {readonly type: 'answer_lost'}
  /** No order was made; the cart was priced anew. `error`: why, if the buyer has to do something about it. */
  | {
      readonly type: 'refused';
      readonly quote: Quote;
      readonly problems?: FormProblems;
      readonly error?: KeystallError;
    }
  | {readonly type: 'order_seen'; readonly order: Order}
  | {readonly type: 'payment_requested'}
  | {readonly type: 'payment_opened'; readonly payment: Payment}
  | {readonly type: 'payment_not_opened'; readonly error: KeystallError}
  | {readonly type: 'failed'; readonly error: KeystallError}
  | {readonly type: 'closed'};

/** @throws {TransitionError} when the event does not fit the step. */
export function reduceCheckout(state: CheckoutState, event: CheckoutEvent): CheckoutState {
  switch (event.type) {
    case 'quote_requested':
      return hasOrder(state) || state.step === 'placing' ? misfit(state, event) : {step: 'quoting'};
    case 'quoted':
      return state.step === 'quoting' || state.step === 'filling' ? quoted(event.quote) : misfit(state, event);
    case 'form_rejected':
      if (state.step !== 'filling') break;
      return {step: 'filling', quote: state.quote, problems: event.problems};
    case 'sent':
      return hasOrder(state) ? misfit(state, event) : {step: 'placing', uncertain: false};
    case 'answer_lost':
      return state.step === 'placing' ? {step: 'placing', uncertain: true} : misfit(state, event);
    case 'refused': {
      if (state.step !== 'placing') break;
      const {quote, problems = {}, error} = event;
      return isBuyable(quote) ? {step: 'filling', quote, problems, ...(error && {error})} : quoted(quote);
    }
    case 'order_seen':
      return orderSeen(state, event.order) ?? misfit(state, event);
    case 'payment_requested':
      return isAwaitingPayment(state) ? {step: 'opening_payment', order: state.order} : misfit(state, event);
    case 'payment_opened':
      return state.step === 'opening_payment' ? paymentStep(state.order, event.payment) : misfit(state, event);
    case 'payment_not_opened':
      if (state.step !== 'opening_payment') break;
      return {step: 'opening_payment', order: state.order, error: event.error};
    case 'failed':
      return {step: 'failed', error: event.error};
    case 'closed':
      return {step: 'idle'};
  }
  return misfit(state, event);
}

type WithOrder = Extract<CheckoutState, {readonly order: Order}>;
type AwaitingPayment = Exclude<WithOrder, {readonly step: 'expired' | 'paid'}>;

export function hasOrder(state: CheckoutState): state is WithOrder {
  return 'order' in state;
}

export function isAwaitingPayment(state: CheckoutState): state is AwaitingPayment {
  return state.step === 'opening_payment' || state.step === 'paying' || state.step === 'payment_failed';
}

function quoted(quote: Quote): CheckoutState {
  return isBuyable(quote) ? {step: 'filling', quote, problems: {}} : {step: 'blocked', quote};
}

/** Paid, expired or still open is what the order says, never what a payment or a page says. */
function orderSeen(state: CheckoutState, order: Order): CheckoutState | undefined {
  if (state.step !== 'placing' && !hasOrder(state)) return undefined;
  // A late look at an order that is known to be paid does not make it unpaid.
  if (state.step === 'paid' && !isPaid(order)) return state;
  if (order.state === 'expired' || order.state === 'canceled') return {step: 'expired', order};
  if (isPaid(order)) return {step: 'paid', order};
  switch (state.step) {
    case 'paying':
    case 'payment_failed':
      return paymentStep(order, order.payments.find(({id}) => id === state.payment.id) ?? state.payment);
    case 'opening_payment':
      return {...state, order};
    case 'expired':
    case 'paid':
      return state;
    case 'placing':
      return {step: 'opening_payment', order};
  }
}

function isPaid(order: Order): boolean {
  return order.state !== 'pending_payment' && order.state !== 'expired' && order.state !== 'canceled';
}

function paymentStep(order: Order, payment: Payment): CheckoutState {
  const isOver = payment.state === 'declined' || payment.state === 'expired';
  return {step: isOver ? 'payment_failed' : 'paying', order, payment};
}

function misfit(state: CheckoutState, event: CheckoutEvent): never {
  throw new TransitionError('checkout', state.step, event.type);
}
