import type {Evidence, KeyReference, Ticket} from '../../contract/ticket.ts';
import {endingTicketStates, isPast} from '../../domain/ticket.ts';
import {openMessage} from '../aftersales/ticket-texts.ts';
import type {CardRecord, EvidenceRecord, OrderRecord, TicketRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';

/** Keys by where they stand, for pointing at one without showing it. */
export function keyReferences(order: Pick<OrderRecord, 'lines'>, cards: readonly CardRecord[]): KeyReference[] {
  return cards.map(({id, lineId, position}) => ({
    id,
    lineId,
    title: order.lines.find(line => line.id === lineId)?.title ?? '',
    place: position + 1,
  }));
}

/** Reads a ticket as its buyer may see it. */
export async function readTicketView(ports: ServerPorts, order: OrderRecord, ticket: TicketRecord): Promise<Ticket> {
  const [cards, evidence, texts] = await Promise.all([
    ports.store.cards(order.id),
    ports.store.evidence(ticket.id),
    Promise.all(ticket.messages.map(message => openMessage(ports, ticket, message))),
  ]);
  const {state, deadline, outcome} = ticket.progress;
  return {
    id: ticket.id,
    orderId: ticket.orderId,
    state,
    reason: ticket.reason,
    keys: keyReferences(
      order,
      cards.filter(({id}) => ticket.keyIds.includes(id)),
    ),
    messages: ticket.messages.map(({id, from, at, outcome: decided}, index) => ({
      id,
      from,
      text: texts[index]!,
      at: instant(at),
      ...(decided && {outcome: decided}),
    })),
    evidence: evidence.map(evidenceView),
    ...(deadline !== undefined && {deadline: instant(deadline)}),
    overdue: !endingTicketStates.has(state) && isPast(ticket.progress, ports.clock.now()),
    ...(outcome && {outcome}),
    createdAt: instant(ticket.createdAt),
  };
}

function evidenceView({id, mediaType, size, createdAt}: EvidenceRecord): Evidence {
  return {id, mediaType, size, at: instant(createdAt)};
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
