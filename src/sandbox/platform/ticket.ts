import type {Money} from '../../domain/money.ts';
import {TransitionError} from '../../domain/transition.ts';

/**
 * Where an after-sales ticket (售后工单) on the platform stands, as protocols count it: waiting for the supplier, in its
 * hands, decided, or withdrawn by the merchant.
 */
export type TicketState = 'waiting' | 'in_work' | 'done' | 'withdrawn';

/** How a ticket ended. */
export type TicketOutcome =
  | {readonly kind: 'replaced'; readonly voidCardIds: readonly number[]; readonly cardIds: readonly number[]}
  | {readonly kind: 'refunded'; readonly amount: Money; readonly isFull: boolean}
  | {readonly kind: 'rejected'};

export interface TicketMessage {
  readonly from: 'merchant' | 'supplier';
  readonly text: string;
  readonly at: number;
}

/** A merchant's complaint about one order, for the supplier of its good to answer. Times are epoch milliseconds. */
export interface PlatformTicket {
  readonly id: number;
  readonly tradeNo: string;
  readonly merchantId: number;
  readonly supplierId: number;
  readonly topic: string;
  readonly messages: readonly TicketMessage[];
  readonly state: TicketState;
  readonly outcome?: TicketOutcome;
  readonly openedAt: number;
  readonly endedAt?: number;
}

export type TicketEvent =
  | {readonly type: 'wrote'; readonly from: TicketMessage['from']; readonly text: string; readonly at: number}
  | {readonly type: 'decided'; readonly outcome: TicketOutcome; readonly text: string; readonly at: number}
  | {readonly type: 'withdrawn'; readonly at: number};

/** @throws {TransitionError} when the ticket has ended. */
export function reduceTicket(ticket: PlatformTicket, event: TicketEvent): PlatformTicket {
  if (hasEnded(ticket)) throw new TransitionError('ticket', ticket.state, event.type);
  switch (event.type) {
    case 'wrote':
      return {
        ...ticket,
        state: event.from === 'supplier' ? 'in_work' : ticket.state,
        messages: [...ticket.messages, {from: event.from, text: event.text, at: event.at}],
      };
    case 'decided':
      return {
        ...ticket,
        state: 'done',
        outcome: event.outcome,
        messages:
          event.text === ''
            ? ticket.messages
            : [...ticket.messages, {from: 'supplier', text: event.text, at: event.at}],
        endedAt: event.at,
      };
    case 'withdrawn':
      return {...ticket, state: 'withdrawn', endedAt: event.at};
  }
}

export function hasEnded({state}: PlatformTicket): boolean {
  return state === 'done' || state === 'withdrawn';
}
