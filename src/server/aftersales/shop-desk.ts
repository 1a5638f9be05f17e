import {readSecret} from '../../domain/card-secret.ts';
import {endingTicketStates, isPast, reduceTicket, type TicketEvent, type TicketOutcome} from '../../domain/ticket.ts';
import {tell} from '../delivery/outbox.ts';
import type {TicketMessageRecord, TicketRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {acceptCards, sealCard} from '../procurement/seal-delivery.ts';
import {oweRefund} from '../refunds/ask-for-refund.ts';
import {sealMessage} from './ticket-texts.ts';
import {ticketClosed} from './write-message.ts';

/** A key that the shop hands over in place of one that was wrong. */
export interface Replacement {
  readonly lineId: string;
  readonly text: string;
}

export interface Decision {
  readonly outcome: TicketOutcome;
  readonly text: string;
  /** With `reissue` or `exchange`: keys that join the order's own at once. */
  readonly replacements?: readonly Replacement[];
}

/*
 * The shop's side of after-sales: what a console does for a person who may. An `intent` is minted once per press of a
 * button, as in the buyer's requests: repeated, it does nothing more.
 */

/** Answers the buyer; it is their turn then. */
export async function answerTicket(
  ports: ServerPorts,
  ticketId: string,
  {intent, text}: {readonly intent: string; readonly text: string},
): Promise<TicketRecord> {
  return say(ports, ticketId, {intent, text}, at => ({type: 'shop_wrote', at}));
}

/**
 * Decides a ticket. A refund raises what the order owes its buyer, and is sent back by the way it was paid.
 * @throws {ProblemError} `ticket_closed`; `validation_failed` for a refund beyond what was paid, or for a replacement that
 * has been somebody's key before
 */
export async function decideTicket(
  ports: ServerPorts,
  ticketId: string,
  {intent, outcome, text, replacements = []}: Decision & {readonly intent: string},
): Promise<TicketRecord> {
  if (replacements.length > 0 && outcome.kind !== 'reissue' && outcome.kind !== 'exchange') {
    throw new ProblemError('validation_failed', `Nothing is handed over with the outcome "${outcome.kind}".`);
  }
  return say(
    ports,
    ticketId,
    {intent, text, outcome},
    at => ({type: 'decided', outcome, at}),
    async (tx, ticket) => {
      if (outcome.kind === 'refund') await oweRefund(ports, tx, ticket.orderId, outcome.amount);
      if (replacements.length === 0) return;
      await handOver(ports, tx, ticket.orderId, replacements);
      await tell(ports, tx, (await tx.order(ticket.orderId))!, 'keys_replaced');
    },
  );
}

/** Closes a ticket whose buyer let the deadline pass; does nothing to any other. */
export async function closeEndedTicket({store, clock, log}: ServerPorts, ticketId: string): Promise<void> {
  await store.transaction(async tx => {
    const ticket = await tx.ticket(ticketId);
    const now = clock.now();
    if (!ticket || !endingTicketStates.has(ticket.progress.state) || !isPast(ticket.progress, now)) return;
    const progress = reduceTicket(ticket.progress, {type: 'deadline_passed', at: now});
    await tx.saveTicket({...ticket, progress, updatedAt: now});
    log.info('ticket closed', {ticketId});
  });
}

async function say(
  ports: ServerPorts,
  ticketId: string,
  said: Pick<TicketMessageRecord, 'intent' | 'outcome'> & {readonly text: string},
  eventAt: (at: number) => TicketEvent,
  deed: (tx: Transaction, ticket: TicketRecord) => Promise<void> = async () => {},
): Promise<TicketRecord> {
  const message = await sealMessage(ports, ticketId, {from: 'shop', ...said});
  return ports.store.transaction(async tx => {
    const ticket = await tx.ticket(ticketId);
    if (!ticket) throw new ProblemError('not_found', 'There is no such ticket.');
    if (ticket.messages.some(({from, intent}) => from === 'shop' && intent === said.intent)) return ticket;
    if (ticket.progress.state === 'closed') throw ticketClosed();
    await deed(tx, ticket);
    const progress = reduceTicket(ticket.progress, eventAt(message.at));
    const changed = {...ticket, progress, messages: [...ticket.messages, message], updatedAt: message.at};
    await tx.saveTicket(changed);
    return changed;
  });
}

/** The keys join those of their lines, at the end; each is checked like one that a platform delivers. */
async function handOver(
  ports: ServerPorts,
  tx: Transaction,
  orderId: string,
  replacements: readonly Replacement[],
): Promise<void> {
  const procurements = await tx.procurements(orderId);
  const present = await tx.cards(orderId);
  for (const lineId of new Set(replacements.map(each => each.lineId))) {
    const procurement = procurements.find(each => each.lineId === lineId);
    if (!procurement) throw new ProblemError('validation_failed', `Nothing was bought for line ${lineId}.`);
    const texts = replacements.filter(each => each.lineId === lineId).map(({text}) => text);
    const cards = await Promise.all(texts.map(text => sealCard(ports, procurement, readSecret(text))));
    const accepted = await acceptCards(tx, {cards, piecesPerCard: 1}, texts.length);
    if (accepted.missing > 0) {
      throw new ProblemError(
        'validation_failed',
        'A replacement is a key that was delivered before. Take another one.',
      );
    }
    const behind = present.filter(card => card.lineId === lineId).length;
    await tx.insertCards(accepted.cards.map(card => ({...card, position: behind + card.position})));
  }
}
