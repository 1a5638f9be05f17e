import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  failedPieces,
  placeOrder,
  reduceOrder,
  settledOrderStates,
  type OrderEvent,
  type OrderProgress,
  type OrderState,
} from '../../src/domain/order.ts';
import {isTransitionError, TransitionError} from '../../src/domain/transition.ts';

const states: readonly OrderState[] = [
  'pending_payment',
  'paid',
  'fulfilling',
  'partially_delivered',
  'delivered',
  'completed',
  'canceled',
  'expired',
  'refund_pending',
  'partially_refunded',
  'refunded',
];

const inState = (state: OrderState): OrderProgress => ({
  state,
  lines: {l1: {quantity: 2, delivered: 0, failed: 0}, l2: {quantity: 1, delivered: 0, failed: 0}},
});

/** Event → where it leads from each state it fits; every state that is not named refuses it. */
const table: readonly (readonly [string, OrderEvent, Partial<Record<OrderState, OrderState>>])[] = [
  ['payment_confirmed', {type: 'payment_confirmed'}, {pending_payment: 'paid', expired: 'paid', canceled: 'paid'}],
  ['payment_window_closed', {type: 'payment_window_closed'}, {pending_payment: 'expired'}],
  ['canceled', {type: 'canceled'}, {pending_payment: 'canceled'}],
  ['fulfilment_started', {type: 'fulfilment_started'}, {paid: 'fulfilling'}],
  [
    'one piece of three delivered',
    {type: 'pieces_delivered', lineId: 'l1', count: 1},
    {fulfilling: 'partially_delivered', partially_delivered: 'partially_delivered'},
  ],
  [
    'one piece of three failed',
    {type: 'pieces_failed', lineId: 'l1', count: 1},
    {fulfilling: 'fulfilling', partially_delivered: 'fulfilling'},
  ],
  ['completed', {type: 'completed'}, {delivered: 'completed'}],
  [
    'refunded as a whole',
    {type: 'refunded', whole: true},
    {
      paid: 'refunded',
      partially_delivered: 'refunded',
      delivered: 'refunded',
      completed: 'refunded',
      refund_pending: 'refunded',
      partially_refunded: 'refunded',
    },
  ],
  [
    'refunded in part',
    {type: 'refunded', whole: false},
    {
      paid: 'partially_refunded',
      partially_delivered: 'partially_refunded',
      delivered: 'partially_refunded',
      completed: 'partially_refunded',
      refund_pending: 'partially_refunded',
      partially_refunded: 'partially_refunded',
    },
  ],
];

describe('an order: every event in every state', () => {
  for (const [name, event, fits] of table) {
    for (const state of states) {
      const next = fits[state];
      it(`${name} in ${state} ${next ? `leads to ${next}` : 'does not fit'}`, () => {
        if (next) assert.equal(reduceOrder(inState(state), event).state, next);
        else assert.throws(() => reduceOrder(inState(state), event), isTransitionError);
      });
    }
  }
});

const open: OrderProgress = {...inState('fulfilling')};

describe('an order: pieces', () => {
  it('is delivered when every piece came', () => {
    const half = reduceOrder(open, {type: 'pieces_delivered', lineId: 'l1', count: 2});
    assert.equal(half.state, 'partially_delivered');
    assert.equal(reduceOrder(half, {type: 'pieces_delivered', lineId: 'l2', count: 1}).state, 'delivered');
  });

  it('owes a refund when the last open piece settles and one failed', () => {
    const half = reduceOrder(open, {type: 'pieces_failed', lineId: 'l1', count: 2});
    const all = reduceOrder(half, {type: 'pieces_delivered', lineId: 'l2', count: 1});
    assert.equal(all.state, 'refund_pending');
    assert.equal(failedPieces(all), 2);
  });

  for (const [what, event] of [
    ['more pieces than are open', {type: 'pieces_delivered', lineId: 'l1', count: 3}],
    ['no piece', {type: 'pieces_delivered', lineId: 'l1', count: 0}],
    ['a negative number of pieces', {type: 'pieces_failed', lineId: 'l1', count: -1}],
    ['one and a half pieces', {type: 'pieces_delivered', lineId: 'l1', count: 1.5}],
    ['NaN pieces', {type: 'pieces_failed', lineId: 'l1', count: NaN}],
    ['a line that is not there', {type: 'pieces_delivered', lineId: 'l9', count: 1}],
    ['a line by the name of an inherited property', {type: 'pieces_failed', lineId: 'constructor', count: 1}],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => reduceOrder(open, event), TransitionError);
    });
  }

  it('names machine, state and event when an event does not fit', () => {
    assert.throws(() => reduceOrder(inState('refunded'), {type: 'completed'}), {
      name: 'TransitionError',
      message: 'order: event "completed" does not fit state "refunded".',
      state: 'refunded',
      event: 'completed',
    });
  });
});

const lineId = fc.constantFrom('l1', 'l2', 'l3');
const anyEvent: fc.Arbitrary<OrderEvent> = fc.oneof(
  fc.constantFrom<OrderEvent>(
    {type: 'payment_confirmed'},
    {type: 'payment_window_closed'},
    {type: 'canceled'},
    {type: 'fulfilment_started'},
    {type: 'completed'},
    {type: 'refunded', whole: true},
    {type: 'refunded', whole: false},
  ),
  fc.record({type: fc.constant('pieces_delivered' as const), lineId, count: fc.integer({min: -1, max: 4})}),
  fc.record({type: fc.constant('pieces_failed' as const), lineId, count: fc.integer({min: -1, max: 4})}),
);
const quantities = fc.record({l1: fc.integer({min: 1, max: 5}), l2: fc.integer({min: 1, max: 3})});

function afterEach(order: OrderProgress, events: readonly OrderEvent[], check: (order: OrderProgress) => void): void {
  for (const event of events) {
    try {
      const before = order;
      order = reduceOrder(order, event);
      checkStep(before, order, event);
    } catch (error) {
      if (!isTransitionError(error)) throw error;
    }
    check(order);
  }
}

/** States that only a person's refund, or money that came late, may leave. */
const leftBy: Partial<Record<OrderState, readonly OrderEvent['type'][]>> = {
  delivered: ['completed', 'refunded'],
  completed: ['refunded'],
  canceled: ['payment_confirmed'],
  expired: ['payment_confirmed'],
  refund_pending: ['refunded'],
  partially_refunded: ['refunded'],
  refunded: [],
};

function checkStep(before: OrderProgress, after: OrderProgress, event: OrderEvent): void {
  const allowed = leftBy[before.state];
  if (allowed) assert.ok(allowed.includes(event.type), `${event.type} left ${before.state} for ${after.state}`);
}

describe('an order: any sequence of events', () => {
  const start = fc.tuple(quantities, fc.array(anyEvent, {maxLength: 40}));

  it('never settles more pieces than were ordered, nor takes one back', () => {
    fc.assert(
      fc.property(start, ([ordered, events]) => {
        let settled = 0;
        afterEach(placeOrder(ordered), events, ({lines}) => {
          const all = Object.values(lines);
          for (const {quantity, delivered, failed} of all) assert.ok(delivered + failed <= quantity);
          const now = all.reduce((count, {delivered, failed}) => count + delivered + failed, 0);
          assert.ok(now >= settled);
          settled = now;
        });
      }),
    );
  });

  it('leaves a settled state by a refund, completion or late money only', () => {
    // An expired order is not settled: a payment may still reach it, and nothing else does.
    assert.deepEqual(new Set(Object.keys(leftBy)), new Set([...settledOrderStates, 'expired']));
    fc.assert(fc.property(start, ([ordered, events]) => afterEach(placeOrder(ordered), events, () => {})));
  });

  it('is delivered only with every piece delivered', () => {
    fc.assert(
      fc.property(start, ([ordered, events]) =>
        afterEach(placeOrder(ordered), events, ({state, lines}) => {
          if (state !== 'delivered' && state !== 'completed') return;
          for (const {quantity, delivered} of Object.values(lines)) assert.equal(delivered, quantity);
        }),
      ),
    );
  });
});
