import {reduceTicket} from '../../domain/ticket.ts';
import {maximumMessages} from '../../contract/ticket.ts';
import type {TicketRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {sealMessage, textHashes} from './ticket-texts.ts';

/**
 * What the buyer says, once per intent. To a decision it is an objection.
 * @throws {ProblemError} `ticket_closed`, `ticket_limit_reached`, `idempotency_key_reused`
 */
export async function writeMessage(
  ports: ServerPorts,
  ticketId: string,
  intent: string,
  text: string,
): Promise<TicketRecord> {
  const message = await sealMessage(ports, ticketId, {from: 'buyer', intent, text});
  const hashes = await textHashes(ports.keys, text);
  return ports.store.transaction(async tx => {
    const ticket = (await tx.ticket(ticketId))!;
    const earlier = ticket.messages.find(said => said.from === 'buyer' && said.intent === intent);
    if (earlier) {
      if (hashes.includes(earlier.requestHash)) return ticket;
      throw new ProblemError('idempotency_key_reused', 'This key has sent another message.');
    }
    if (ticket.progress.state === 'closed') throw ticketClosed();
    if (ticket.messages.length >= maximumMessages) {
      throw new ProblemError('ticket_limit_reached', `A ticket can hold ${maximumMessages} messages.`);
    }
    const progress = reduceTicket(ticket.progress, {type: 'buyer_wrote', at: message.at});
    const changed = {...ticket, progress, messages: [...ticket.messages, message], updatedAt: message.at};
    await tx.saveTicket(changed);
    return changed;
  });
}

export function ticketClosed(): ProblemError {
  return new ProblemError('ticket_closed', 'Nothing can be added to a closed ticket. Open another one for the order.');
}
