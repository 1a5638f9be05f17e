import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {money} from '../../src/domain/money.ts';
import {
  endingTicketStates,
  isPast,
  openTicket,
  reduceTicket,
  standardDeadlines,
  type TicketEvent,
  type TicketProgress,
  type TicketState,
} from '../../src/domain/ticket.ts';
import {isTransitionError, TransitionError} from '../../src/domain/transition.ts';

const refund = {kind: 'refund', amount: money('3.5', 'CNY')} as const;
const at = 1_000_000;
const over = at * 1_000;

const inState = (state: TicketState): TicketProgress =>
  state === 'closed' ? {state} : {state, deadline: at, ...(state === 'resolved' && {outcome: refund})};

/** Event → where it leads from each state it fits; every state that is not named refuses it. */
const table: readonly (readonly [TicketEvent, Partial<Record<TicketState, TicketState>>])[] = [
  [
    {type: 'buyer_wrote', at: over},
    {
      open: 'open',
      waiting_for_shop: 'waiting_for_shop',
      waiting_for_buyer: 'waiting_for_shop',
      resolved: 'waiting_for_shop',
    },
  ],
  [
    {type: 'shop_wrote', at: over},
    {
      open: 'waiting_for_buyer',
      waiting_for_shop: 'waiting_for_buyer',
      waiting_for_buyer: 'waiting_for_buyer',
      resolved: 'resolved',
    },
  ],
  [
    {type: 'decided', outcome: {kind: 'refuse'}, at: over},
    {open: 'resolved', waiting_for_shop: 'resolved', waiting_for_buyer: 'resolved', resolved: 'resolved'},
  ],
  [
    {type: 'deadline_passed', at: over},
    {waiting_for_buyer: 'closed', resolved: 'closed'},
  ],
];

const states = [...Object.keys(standardDeadlines), 'closed'] as TicketState[];

describe('a ticket', () => {
  for (const [event, leads] of table) {
    for (const state of states) {
      const next = leads[state];
      it(`${event.type} in ${state} ${next ? `leads to ${next}` : 'is an error'}`, () => {
        if (next) assert.equal(reduceTicket(inState(state), event).state, next);
        else assert.throws(() => reduceTicket(inState(state), event), TransitionError);
      });
    }
  }

  it('waits a day for the shop’s first word, however much the buyer adds', () => {
    const opened = openTicket(at);
    assert.deepEqual(opened, {state: 'open', deadline: at + 86_400_000});
    assert.deepEqual(reduceTicket(opened, {type: 'buyer_wrote', at: at + 1000}), opened);
  });

  it('gives each turn its own time', () => {
    const deadlines = {open: 1, waiting_for_shop: 2, waiting_for_buyer: 3, resolved: 4};
    const asked = reduceTicket(openTicket(at, deadlines), {type: 'shop_wrote', at}, deadlines);
    const answered = reduceTicket(asked, {type: 'buyer_wrote', at}, deadlines);
    const decided = reduceTicket(answered, {type: 'decided', outcome: refund, at}, deadlines);
    assert.deepEqual(
      [asked, answered, decided].map(({deadline}) => deadline! - at),
      [3, 2, 4],
    );
  });

  it('is not closed a moment before its deadline', () => {
    const resolved = inState('resolved');
    assert.throws(() => reduceTicket(resolved, {type: 'deadline_passed', at: at - 1}), TransitionError);
    assert.deepEqual(reduceTicket(resolved, {type: 'deadline_passed', at}), {state: 'closed', outcome: refund});
  });

  it('forgets a decision that the buyer objects to, until there is another', () => {
    const objected = reduceTicket(inState('resolved'), {type: 'buyer_wrote', at: over});
    assert.equal(objected.outcome, undefined);
    const again = reduceTicket(objected, {type: 'decided', outcome: {kind: 'refuse'}, at: over});
    assert.deepEqual(again.outcome, {kind: 'refuse'});
  });

  it('keeps these whatever happens: it waits for somebody until it is closed, and stays closed', () => {
    const event = fc.oneof(
      fc.constantFrom('buyer_wrote' as const, 'shop_wrote' as const, 'deadline_passed' as const).map(type => ({type})),
      fc.constantFrom({kind: 'refuse' as const}, {kind: 'reissue' as const}, refund).map(outcome => ({
        type: 'decided' as const,
        outcome,
      })),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.integer({min: 0, max: 200 * 3_600_000})), {maxLength: 40}), steps => {
        let ticket = openTicket(0);
        let now = 0;
        for (const [step, pause] of steps) {
          now += pause;
          const before = ticket;
          try {
            ticket = reduceTicket(ticket, {...step, at: now});
          } catch (error) {
            assert.ok(isTransitionError(error));
            // Only a closed ticket and a deadline that is none refuse an event.
            assert.ok(
              before.state === 'closed' ||
                (step.type === 'deadline_passed' && !(endingTicketStates.has(before.state) && isPast(before, now))),
            );
          }
          if (before.state === 'closed') assert.equal(ticket, before);
          assert.equal(ticket.deadline === undefined, ticket.state === 'closed');
          if (ticket.state === 'resolved') assert.ok(ticket.outcome);
          if (ticket.state === 'open' || ticket.state === 'waiting_for_shop') assert.equal(ticket.outcome, undefined);
        }
      }),
    );
  });
});
