import {TransitionError} from './transition.ts';

/** Where a purchase stands, as the buyer knows it. Times in events are epoch milliseconds. */
export type OrderState =
  | 'pending_payment'
  | 'paid'
  | 'fulfilling'
  | 'partially_delivered'
  | 'delivered'
  | 'completed'
  | 'canceled'
  | 'expired'
  | 'refund_pending'
  | 'partially_refunded'
  | 'refunded';

/** Pieces of one order line, by what became of them. `delivered + failed ≤ quantity`; the rest is still open. */
export interface LineProgress {
  readonly quantity: number;
  readonly delivered: number;
  readonly failed: number;
}

export interface OrderProgress {
  readonly state: OrderState;
  readonly lines: Readonly<Record<string, LineProgress>>;
}

export type OrderEvent =
  /** The provider, or our own question to it, said that the whole amount arrived. Valid after expiry, too. */
  | {readonly type: 'payment_confirmed'}
  | {readonly type: 'payment_window_closed'}
  | {readonly type: 'canceled'}
  | {readonly type: 'fulfilment_started'}
  | {readonly type: 'pieces_delivered'; readonly lineId: string; readonly count: number}
  | {readonly type: 'pieces_failed'; readonly lineId: string; readonly count: number}
  | {readonly type: 'completed'}
  /** `whole`: nothing of the buyer's money is left with the shop. */
  | {readonly type: 'refunded'; readonly whole: boolean};

/** States in which nothing happens any more unless a person asks for it. A payment may still reach an expired order. */
export const settledOrderStates: ReadonlySet<OrderState> = new Set<OrderState>([
  'delivered',
  'completed',
  'canceled',
  'refund_pending',
  'partially_refunded',
  'refunded',
]);

/** Whether all that is shown of an order stays as it is unless a person acts: messages and refunds may be on their way. */
export function isAtRest({
  state,
  deliveries = [],
  refunds = [],
}: {
  readonly state: OrderState;
  readonly deliveries?: readonly {readonly state: string}[] | undefined;
  readonly refunds?: readonly {readonly state: string}[] | undefined;
}): boolean {
  return (
    settledOrderStates.has(state) &&
    deliveries.every(delivery => delivery.state !== 'pending') &&
    refunds.every(refund => refund.state === 'done' || refund.state === 'needs_help')
  );
}

export function placeOrder(quantities: Readonly<Record<string, number>>): OrderProgress {
  return {
    state: 'pending_payment',
    lines: Object.fromEntries(
      Object.entries(quantities).map(([lineId, quantity]) => [lineId, {quantity, delivered: 0, failed: 0}]),
    ),
  };
}

/** @throws {TransitionError} when the event does not fit the state. */
export function reduceOrder(order: OrderProgress, event: OrderEvent): OrderProgress {
  switch (event.type) {
    case 'payment_confirmed':
      return to(order, event, ['pending_payment', 'expired', 'canceled'], 'paid');
    case 'payment_window_closed':
      return to(order, event, ['pending_payment'], 'expired');
    case 'canceled':
      return to(order, event, ['pending_payment'], 'canceled');
    case 'fulfilment_started':
      return to(order, event, ['paid'], 'fulfilling');
    case 'pieces_delivered':
    case 'pieces_failed':
      return settlePieces(order, event);
    case 'completed':
      return to(order, event, ['delivered'], 'completed');
    case 'refunded':
      return to(
        order,
        event,
        ['paid', 'partially_delivered', 'delivered', 'completed', 'refund_pending', 'partially_refunded'],
        event.whole ? 'refunded' : 'partially_refunded',
      );
  }
}

/** Whether pieces are still to come. */
export function hasOpenPieces({lines}: OrderProgress): boolean {
  return Object.values(lines).some(line => line.delivered + line.failed < line.quantity);
}

/** Pieces the buyer paid for and will not get. */
export function failedPieces(order: OrderProgress): number {
  return Object.values(order.lines).reduce((count, line) => count + line.failed, 0);
}

function to(order: OrderProgress, event: OrderEvent, from: readonly OrderState[], state: OrderState): OrderProgress {
  if (!from.includes(order.state)) throw new TransitionError('order', order.state, event.type);
  return {...order, state};
}

function settlePieces(
  order: OrderProgress,
  event: Extract<OrderEvent, {type: 'pieces_delivered' | 'pieces_failed'}>,
): OrderProgress {
  const line = Object.hasOwn(order.lines, event.lineId) ? order.lines[event.lineId] : undefined;
  const isOpen = order.state === 'fulfilling' || order.state === 'partially_delivered';
  const isCount = Number.isSafeInteger(event.count) && event.count >= 1;
  if (!isOpen || !line || !isCount || line.delivered + line.failed + event.count > line.quantity) {
    throw new TransitionError('order', order.state, `${event.type}(${event.lineId}, ${event.count})`);
  }
  const settled =
    event.type === 'pieces_delivered'
      ? {...line, delivered: line.delivered + event.count}
      : {...line, failed: line.failed + event.count};
  const lines = {...order.lines, [event.lineId]: settled};
  return {lines, state: stateOfPieces(Object.values(lines))};
}

function stateOfPieces(lines: readonly LineProgress[]): OrderState {
  const delivered = lines.some(line => line.delivered > 0);
  const open = lines.some(line => line.delivered + line.failed < line.quantity);
  const failed = lines.some(line => line.failed > 0);
  if (open) return delivered ? 'partially_delivered' : 'fulfilling';
  return failed ? 'refund_pending' : 'delivered';
}
