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
    requestHash: (await textHashes(keys, text))[0],
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

/**
 * Tells a repeat from another message without keeping what was said: short texts could be guessed from a plain hash. One
 * per key of the ring, the active one's first: what was written under an older key is still known.
 */
export async function textHashes(keys: ServerPorts['keys'], text: string): Promise<readonly [string, ...string[]]> {
  const hashes = await keys.hashes('ticket-text', text);
  return hashes.map(hashText) as [string, ...string[]];
}

/** What a ticket is opened with, under each key of the ring. */
export function requestHashes(
  keys: ServerPorts['keys'],
  {reason, text, keyIds}: Pick<TicketRecord, 'reason' | 'keyIds'> & {readonly text: string},
): Promise<readonly [string, ...string[]]> {
  return textHashes(keys, JSON.stringify([reason, text, keyIds]));
}

/** The same ticket with its texts under the active key; nothing where they lie under it already. */
export async function resealTicket(
  ports: Pick<ServerPorts, 'keys'>,
  ticket: TicketRecord,
): Promise<TicketRecord | undefined> {
  const {keys} = ports;
  if (ticket.messages.every(({keyId}) => keyId === keys.activeKeyId)) return undefined;
  const messages = await Promise.all(
    ticket.messages.map(async message => {
      const text = await openMessage(ports, ticket, message);
      const [requestHash] = await textHashes(keys, text);
      const sealed = await keys.seal('ticket', text, contextOf(message.id, ticket.id));
      return {text, record: {...message, requestHash, ...sealed}};
    }),
  );
  const [requestHash] = await requestHashes(keys, {...ticket, text: messages[0]!.text});
  return {...ticket, requestHash, messages: messages.map(({record}) => record)};
}

function contextOf(messageId: string, ticketId: string): string {
  return `message ${messageId} of ${ticketId}`;
}
