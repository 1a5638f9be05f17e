import type {Money} from './money.ts';
import {TransitionError} from './transition.ts';

/** What is wrong, in the buyer's eyes. */
export const ticketReasons = [
  'key_invalid',
  'key_used',
  'wrong_goods',
  'not_delivered',
  'topped_up_wrongly',
  'payment',
  'other',
] as const;

export type TicketReason = (typeof ticketReasons)[number];

/**
 * Where an after-sales case (售后工单) stands.
 *
 * - `open`: nobody of the shop has answered yet
 * - `waiting_for_shop`, `waiting_for_buyer`: whose turn it is
 * - `resolved`: the shop has decided; the buyer may still object
 * - `closed`: nothing more can be said
 */
export type TicketState = 'open' | 'waiting_for_buyer' | 'waiting_for_shop' | 'resolved' | 'closed';

/** How a case ends: the same goods again (补发), others in their place (换货), money back (退款), or nothing (拒绝). */
export type TicketOutcome =
  | {readonly kind: 'reissue'}
  | {readonly kind: 'exchange'}
  | {readonly kind: 'refund'; readonly amount: Money}
  | {readonly kind: 'refuse'};

export interface TicketProgress {
  readonly state: TicketState;
  /** Until when whoever is next should have acted, epoch milliseconds; none once the case is closed. */
  readonly deadline?: number;
  /** What the shop decided last; gone while the buyer's objection to it is looked at. */
  readonly outcome?: TicketOutcome;
}

/** Times in events are epoch milliseconds. */
export type TicketEvent =
  | {readonly type: 'buyer_wrote'; readonly at: number}
  /** The shop answered, and now it is for the buyer to say something. */
  | {readonly type: 'shop_wrote'; readonly at: number}
  | {readonly type: 'decided'; readonly outcome: TicketOutcome; readonly at: number}
  /** The deadline of the buyer has passed. One of the shop never closes a case: it is late, and still owes an answer. */
  | {readonly type: 'deadline_passed'; readonly at: number};

/** How long each turn may take, in milliseconds. */
export type TicketDeadlines = Readonly<Record<Exclude<TicketState, 'closed'>, number>>;

const hour = 3_600_000;

export const standardDeadlines: TicketDeadlines = {
  open: 24 * hour,
  waiting_for_shop: 24 * hour,
  waiting_for_buyer: 72 * hour,
  resolved: 7 * 24 * hour,
};

/** States that end by themselves when their deadline passes. */
export const endingTicketStates: ReadonlySet<TicketState> = new Set<TicketState>(['waiting_for_buyer', 'resolved']);

/** @param at epoch milliseconds */
export function openTicket(at: number, deadlines: TicketDeadlines = standardDeadlines): TicketProgress {
  return {state: 'open', deadline: at + deadlines.open};
}

/** @throws {TransitionError} when the event does not fit the state. */
export function reduceTicket(
  ticket: TicketProgress,
  event: TicketEvent,
  deadlines: TicketDeadlines = standardDeadlines,
): TicketProgress {
  if (ticket.state === 'closed') throw new TransitionError('ticket', ticket.state, event.type);
  switch (event.type) {
    case 'buyer_wrote':
      // More words do not give the shop more time.
      if (ticket.state === 'open' || ticket.state === 'waiting_for_shop') return ticket;
      return {state: 'waiting_for_shop', deadline: event.at + deadlines.waiting_for_shop};
    case 'shop_wrote':
      // What is added to a decision does not take it back.
      if (ticket.state === 'resolved') return ticket;
      return {state: 'waiting_for_buyer', deadline: event.at + deadlines.waiting_for_buyer};
    case 'decided':
      return {state: 'resolved', deadline: event.at + deadlines.resolved, outcome: event.outcome};
    case 'deadline_passed':
      if (!endingTicketStates.has(ticket.state) || !isPast(ticket, event.at)) break;
      return {state: 'closed', ...(ticket.outcome && {outcome: ticket.outcome})};
  }
  throw new TransitionError('ticket', ticket.state, event.type);
}

/** Whether whoever is next should have acted by now. */
export function isPast({deadline}: TicketProgress, now: number): boolean {
  return deadline !== undefined && deadline <= now;
}
