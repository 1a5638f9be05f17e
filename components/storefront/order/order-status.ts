import type {TemplateResult} from 'lit';
import type {DeliveryState} from '../../../src/contract/delivery.ts';
import type {LineStatus, Order} from '../../../src/contract/order.ts';
import {alertIcon, boltIcon, boxIcon, checkIcon, clockIcon, emptyIcon} from '../../shared/icons.ts';

/** What a buyer is told about an order: its state, or what is more worth knowing while it is being delivered. */
export type OrderHeadline = Order['state'] | 'confirming' | 'manual';

/** Also the class that colours it. */
type Tone = 'success' | 'warning' | 'danger' | 'accent' | 'muted';

export function headlineOf({state, lines}: Order): OrderHeadline {
  if (state !== 'paid' && state !== 'fulfilling') return state;
  if (lines.some(({status}) => status === 'confirming')) return 'confirming';
  const open = lines.filter(({quantity, delivered, failed}) => delivered + failed < quantity);
  return open.length > 0 && open.every(({delivery}) => delivery === 'manual') ? 'manual' : state;
}

export const headlineLooks: Readonly<Record<OrderHeadline, readonly [Tone, TemplateResult]>> = {
  pending_payment: ['accent', clockIcon],
  paid: ['accent', boltIcon],
  fulfilling: ['accent', boltIcon],
  confirming: ['warning', clockIcon],
  manual: ['accent', boxIcon],
  partially_delivered: ['accent', boxIcon],
  delivered: ['success', checkIcon],
  completed: ['success', checkIcon],
  canceled: ['muted', emptyIcon],
  expired: ['warning', clockIcon],
  refund_pending: ['warning', alertIcon],
  partially_refunded: ['muted', checkIcon],
  refunded: ['muted', checkIcon],
};

export const lineLooks: Readonly<Record<LineStatus, readonly [Tone, TemplateResult]>> = {
  waiting: ['muted', clockIcon],
  confirming: ['warning', clockIcon],
  processing: ['accent', boltIcon],
  partially_delivered: ['accent', boxIcon],
  delivered: ['success', checkIcon],
  failed: ['danger', alertIcon],
};

export const deliveryLooks: Readonly<Record<DeliveryState, readonly [Tone, TemplateResult]>> = {
  pending: ['muted', clockIcon],
  sent: ['success', checkIcon],
  failed: ['warning', alertIcon],
};

/** Nothing of it is being got ready, and nothing will be unless money comes. */
export function isUnpaid({state}: Order): boolean {
  return state === 'pending_payment' || state === 'expired' || state === 'canceled';
}

/** How many of the four steps order, payment, delivery, done are behind the buyer; none where the way ended early. */
export function stepsDone({state}: Order): number | undefined {
  switch (state) {
    case 'pending_payment':
      return 1;
    case 'paid':
    case 'fulfilling':
    case 'partially_delivered':
      return 2;
    case 'delivered':
    case 'completed':
      return 4;
    default:
      return undefined;
  }
}
