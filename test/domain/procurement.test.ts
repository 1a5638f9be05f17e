import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  reduceProcurement,
  settledProcurementStates,
  type ProcurementEvent,
  type ProcurementState,
} from '../../src/domain/procurement.ts';
import {isTransitionError} from '../../src/domain/transition.ts';

const states: readonly ProcurementState[] = [
  'draft',
  'submitting',
  'unknown',
  'unpaid',
  'accepted',
  'processing',
  'partial',
  'delivered',
  'completed',
  'failed',
  'canceled',
  'partially_refunded',
  'refunded',
];

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

/** Event, the states it fits, where it leads. Every other state refuses it. */
const table: readonly (readonly [ProcurementEvent, readonly ProcurementState[], ProcurementState])[] = [
  [{type: 'submitted'}, ['draft'], 'submitting'],
  [{type: 'refused', exhausted: true}, ['draft', 'submitting', 'unknown', 'unpaid'], 'failed'],
  [{type: 'refused', exhausted: false}, ['draft', 'submitting', 'unknown', 'unpaid'], 'draft'],
  [{type: 'answer_lost'}, ['submitting', 'unknown'], 'unknown'],
  [{type: 'unpaid'}, ['submitting', 'unknown'], 'unpaid'],
  [{type: 'accepted'}, ['submitting', 'unknown', 'unpaid'], 'accepted'],
  [{type: 'processing'}, ['unknown', 'unpaid', 'accepted', 'processing'], 'processing'],
  [{type: 'partly_delivered'}, open, 'partial'],
  [{type: 'delivered'}, open, 'delivered'],
  [{type: 'completed'}, ['delivered'], 'completed'],
  [{type: 'charged_without_goods'}, open, 'failed'],
  [{type: 'given_up'}, ['unknown', 'unpaid', 'accepted', 'processing'], 'failed'],
  [{type: 'canceled'}, ['draft', 'unknown', 'unpaid', 'accepted', 'processing'], 'canceled'],
  [{type: 'refunded', whole: true}, refundable, 'refunded'],
  [{type: 'refunded', whole: false}, refundable, 'partially_refunded'],
];

describe('a procurement: every event in every state', () => {
  for (const [event, fits, next] of table) {
    for (const state of states) {
      const isFit = fits.includes(state);
      it(`${JSON.stringify(event)} in ${state} ${isFit ? `leads to ${next}` : 'does not fit'}`, () => {
        if (isFit) assert.equal(reduceProcurement(state, event), next);
        else assert.throws(() => reduceProcurement(state, event), isTransitionError);
      });
    }
  }
});

describe('a procurement: any sequence of events', () => {
  const events = fc.array(fc.constantFrom(...table.map(([event]) => event)), {maxLength: 40});

  function walk(
    given: readonly ProcurementEvent[],
    step: (from: ProcurementState, event: ProcurementEvent, to: ProcurementState) => void,
  ): void {
    let state: ProcurementState = 'draft';
    for (const event of given) {
      try {
        const next = reduceProcurement(state, event);
        step(state, event, next);
        state = next;
      } catch (error) {
        if (!isTransitionError(error)) throw error;
      }
    }
  }

  it('leaves a settled state by a refund or completion only', () => {
    fc.assert(
      fc.property(events, given =>
        walk(given, (from, event) => {
          if (settledProcurementStates.has(from)) assert.ok(['refunded', 'completed'].includes(event.type));
        }),
      ),
    );
  });

  it('A4: a purchase whose answer is lost is submitted again only after a certain refusal', () => {
    fc.assert(
      fc.property(events, given => {
        let mayBeBought = false;
        walk(given, (_from, event) => {
          if (event.type === 'submitted') {
            assert.equal(mayBeBought, false);
            mayBeBought = true;
          }
          if (event.type === 'refused') mayBeBought = false;
        });
      }),
    );
  });

  it('is refused to nobody who has been charged', () => {
    for (const charged of ['accepted', 'processing', 'partial', 'delivered'] as const) {
      for (const exhausted of [true, false]) {
        assert.throws(() => reduceProcurement(charged, {type: 'refused', exhausted}), isTransitionError);
      }
    }
  });
});
