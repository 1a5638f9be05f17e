import {openTicket as newProgress} from '../../domain/ticket.ts';
import {maximumTicketKeys, type TicketRequest} from '../../contract/ticket.ts';
import type {OrderRecord, TicketRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {newId} from '../security/ids.ts';
import {requestHashes, sealMessage} from './ticket-texts.ts';

/** Most tickets of one order. */
export const maximumTickets = 10;

/**
 * Opens a ticket, once per intent.
 * @throws {ProblemError} `validation_failed` for keys of other orders, `idempotency_key_reused`, `ticket_limit_reached`
 */
export async function openTicket(
  ports: ServerPorts,
  order: OrderRecord,
  intent: string,
  request: TicketRequest,
): Promise<TicketRecord> {
  const keyIds = [...new Set(request.keyIds ?? [])].sort();
  const hashes = await requestHashes(ports.keys, {...request, keyIds});
  await refuseForeignKeys(ports, order, keyIds);
  const id = newId('tkt');
  const first = await sealMessage(ports, id, {from: 'buyer', intent, text: request.text});
  const ticket: TicketRecord = {
    id,
    orderId: order.id,
    version: 1,
    intent,
    requestHash: hashes[0],
    reason: request.reason,
    keyIds,
    progress: newProgress(first.at),
    messages: [first],
    createdAt: first.at,
    updatedAt: first.at,
  };
  const opened = await ports.store.transaction(async tx => {
    // Holds the order, so that two cannot both be the last ticket that fits.
    await tx.order(order.id);
    const claim = await tx.claimTicket(ticket);
    if (!claim.claimed) return claim.first;
    if ((await tx.tickets(order.id)).length > maximumTickets) {
      throw new ProblemError(
        'ticket_limit_reached',
        `An order can have ${maximumTickets} tickets. Write into one that is there.`,
      );
    }
    return ticket;
  });
  if (!hashes.includes(opened.requestHash)) {
    throw new ProblemError('idempotency_key_reused', 'This key has opened a ticket with other content.');
  }
  if (opened.id === id) ports.log.info('ticket opened', {orderId: order.id, ticketId: id, reason: ticket.reason});
  return opened;
}

async function refuseForeignKeys({store}: ServerPorts, order: OrderRecord, keyIds: readonly string[]): Promise<void> {
  if (keyIds.length === 0) return;
  const own = new Set((await store.cards(order.id)).map(({id}) => id));
  const foreign = keyIds.findIndex(id => !own.has(id));
  if (foreign === -1) return;
  throw new ProblemError('validation_failed', 'A ticket can point at keys of its own order only.', {
    errors: [{path: `keyIds.${Math.min(foreign, maximumTicketKeys)}`, message: 'no key of this order'}],
  });
}
