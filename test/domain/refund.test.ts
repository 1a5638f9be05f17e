import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../src/domain/money.ts';
import {
  outstandingOf,
  promisedBy,
  reduceRefund,
  refundStates,
  type RefundEvent,
  type RefundState,
} from '../../src/domain/refund.ts';

/** Every event, and what it makes of the states that it fits. */
const transitions: readonly (readonly [RefundEvent, Partial<Record<RefundState, RefundState>>])[] = [
  [{type: 'sent'}, {asked: 'sent', sent: 'sent'}],
  [{type: 'confirmed'}, {sent: 'refunded', needs_help: 'refunded'}],
  [{type: 'help_needed'}, {asked: 'needs_help', sent: 'needs_help'}],
  [{type: 'sent_back'}, {needs_help: 'refunded'}],
  [{type: 'asked_again', doubtful: true}, {needs_help: 'sent'}],
  [{type: 'asked_again', doubtful: false}, {needs_help: 'asked'}],
  [{type: 'dropped'}, {asked: 'dropped', needs_help: 'dropped'}],
];

describe('a refund', () => {
  for (const [event, after] of transitions) {
    it(`${JSON.stringify(event)} fits where it can happen, and nowhere else`, () => {
      for (const state of refundStates) {
        const next = after[state];
        if (next) assert.equal(reduceRefund(state, event), next);
        else assert.throws(() => reduceRefund(state, event), {name: 'TransitionError'});
      }
    });
  }

  it('promises the money until it is dropped, and is outstanding until it is done', () => {
    const all = refundStates.map((state, index) => ({state, amount: money(String(10 ** index), 'CNY')}));
    assert.equal(promisedBy(all, 'CNY').amount, '1111.00');
    assert.equal(outstandingOf(all, 'CNY').amount, '1011.00');
  });
});
