import {TransitionError} from './transition.ts';

/** Where one purchase upstream (采购单) stands. `unknown` is a state of its own: neither a failure nor a success. */
export type ProcurementState =
  | 'draft'
  | 'submitting'
  | 'unknown'
  | 'unpaid'
  | 'accepted'
  | 'processing'
  | 'partial'
  | 'delivered'
  | 'completed'
  | 'failed'
  | 'canceled'
  | 'partially_refunded'
  | 'refunded';

export type ProcurementEvent =
  /** An attempt with its client reference has been written; the call may go out. */
  | {readonly type: 'submitted'}
  /** The platform certainly did not sell, or was not asked. `exhausted`: nothing else will be tried. */
  | {readonly type: 'refused'; readonly exhausted: boolean}
  /** No answer that can be relied on. Nothing else may be bought for this line meanwhile. */
  | {readonly type: 'answer_lost'}
  | {readonly type: 'unpaid'}
  | {readonly type: 'accepted'}
  | {readonly type: 'processing'}
  | {readonly type: 'partly_delivered'}
  | {readonly type: 'delivered'}
  | {readonly type: 'completed'}
  /** The platform took the money and has no goods for it. */
  | {readonly type: 'charged_without_goods'}
  /** A person ended it without goods. */
  | {readonly type: 'given_up'}
  | {readonly type: 'canceled'}
  | {readonly type: 'refunded'; readonly whole: boolean};

const open: readonly ProcurementState[] = ['submitting', 'unknown', 'unpaid', 'accepted', 'processing', 'partial'];
const refundable: readonly ProcurementState[] = [
  'unknown',
  'accepted',
  'processing',
  'partial',
  'delivered',
  'completed',
  'failed',
  'partially_refunded',
];

/** A platform may have been paid, and has not given what it was paid for. */
export const underWayStates: ReadonlySet<ProcurementState> = new Set<ProcurementState>([
  'submitting',
  'unknown',
  'unpaid',
  'accepted',
  'processing',
]);

/** States that no poll or job moves any further. */
export const settledProcurementStates: ReadonlySet<ProcurementState> = new Set<ProcurementState>([
  'delivered',
  'completed',
  'failed',
  'canceled',
  'partially_refunded',
  'refunded',
]);

/**
 * States in which a platform is not asked any more: what did not come of a short delivery is bought elsewhere or paid
 * back at once, so that a further answer would count some pieces twice.
 */
export const restingProcurementStates: ReadonlySet<ProcurementState> = new Set<ProcurementState>([
  'partial',
  ...settledProcurementStates,
]);

/** @throws {TransitionError} when the event does not fit the state. */
export function reduceProcurement(state: ProcurementState, event: ProcurementEvent): ProcurementState {
  switch (event.type) {
    case 'submitted':
      return from(['draft'], 'submitting');
    case 'refused':
      return from(['draft', 'submitting', 'unknown', 'unpaid'], event.exhausted ? 'failed' : 'draft');
    case 'answer_lost':
      return from(['submitting', 'unknown'], 'unknown');
    case 'unpaid':
      return from(['submitting', 'unknown'], 'unpaid');
    case 'accepted':
      return from(['submitting', 'unknown', 'unpaid'], 'accepted');
    case 'processing':
      return from(['unknown', 'unpaid', 'accepted', 'processing'], 'processing');
    case 'partly_delivered':
      return from(open, 'partial');
    case 'delivered':
      return from(open, 'delivered');
    case 'completed':
      return from(['delivered'], 'completed');
    case 'charged_without_goods':
      return from(open, 'failed');
    case 'given_up':
      return from(['unknown', 'unpaid', 'accepted', 'processing'], 'failed');
    case 'canceled':
      return from(['draft', 'unknown', 'unpaid', 'accepted', 'processing'], 'canceled');
    case 'refunded':
      return from(refundable, event.whole ? 'refunded' : 'partially_refunded');
  }

  function from(states: readonly ProcurementState[], next: ProcurementState): ProcurementState {
    if (!states.includes(state)) throw new TransitionError('procurement', state, event.type);
    return next;
  }
}
