import type {TicketMessageRecord, TicketRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {hashText, newId} from '../security/ids.ts';

/** Encrypts what was said: buyers paste keys into their messages. */
export async function sealMessage(
  {keys, clock}: ServerPorts,
  ticketId: string,
  message: Pick<TicketMessageRecord, 'from' | 'intent' | 'outcome'> & {readonly text: string},
): Promise<TicketMessageRecord> {
  const {text, ...said} = message;
  const id = newId('msg');
  return {
    id,
    ...said,
    requestHash: await textHash(keys, text),
    ...(await keys.seal('ticket', text, contextOf(id, ticketId))),
    at: clock.now(),
  };
}

/** @throws {Error} when the text was sealed by a key that is not in the ring, or was tampered with. */
export async function openMessage(
  {keys}: Pick<ServerPorts, 'keys'>,
  ticket: Pick<TicketRecord, 'id'>,
  {id, keyId, sealed}: TicketMessageRecord,
): Promise<string> {
  const text = await keys.open('ticket', keyId, sealed, contextOf(id, ticket.id));
  if (text === undefined) {
    throw new Error(`Message ${id} cannot be opened with key "${keyId}"; put that master key back into the ring.`);
  }
  return text;
}

/** Tells a repeat from another message without keeping what was said: short texts could be guessed from a plain hash. */
export async function textHash(keys: ServerPorts['keys'], text: string): Promise<string> {
  return hashText((await keys.hashes('ticket-text', text)).at(-1)!);
}

function contextOf(messageId: string, ticketId: string): string {
  return `message ${messageId} of ${ticketId}`;
}
