import {
  keyReferencesSchema,
  ticketListSchema,
  ticketSchema,
  type KeyReference,
  type MessageRequest,
  type Ticket,
  type TicketRequest,
} from '../contract/ticket.ts';
import type {CreateForOrderOptions, OrderOptions} from './client.ts';
import type {Http} from './http.ts';

/** The operations of after-sales: in a file of their own, since few pages of a shop need them. */
export interface TicketCalls {
  listKeys(orderId: string, options: OrderOptions): Promise<readonly KeyReference[]>;
  listTickets(orderId: string, options: OrderOptions): Promise<readonly Ticket[]>;
  openTicket(orderId: string, request: TicketRequest, options: CreateForOrderOptions): Promise<Ticket>;
  getTicket(ticketId: string, options: OrderOptions): Promise<Ticket>;
  writeToTicket(ticketId: string, request: MessageRequest, options: CreateForOrderOptions): Promise<Ticket>;
  addEvidence(ticketId: string, file: Blob, options: CreateForOrderOptions): Promise<Ticket>;
  getEvidence(ticketId: string, evidenceId: string, options: OrderOptions): Promise<Blob>;
}

/** A phone on a slow line needs minutes for a picture of some megabytes. */
const uploadPatience = 180_000;

export function ticketCalls(http: Http): TicketCalls {
  const order = (id: string, rest: string) => `v1/orders/${encodeURIComponent(id)}/${rest}`;
  const ticket = (id: string, rest = '') => `v1/tickets/${encodeURIComponent(id)}${rest}`;
  return {
    listKeys: async (orderId, {token, signal}) =>
      (await http.json(keyReferencesSchema, order(orderId, 'keys'), {token, signal})).items,
    listTickets: async (orderId, {token, signal}) =>
      (await http.json(ticketListSchema, order(orderId, 'tickets'), {token, signal})).items,
    openTicket: (orderId, json, {token, idempotencyKey, signal}) =>
      http.json(ticketSchema, order(orderId, 'tickets'), {method: 'post', json, token, idempotencyKey, signal}),
    getTicket: (ticketId, {token, signal}) => http.json(ticketSchema, ticket(ticketId), {token, signal}),
    writeToTicket: (ticketId, json, {token, idempotencyKey, signal}) =>
      http.json(ticketSchema, ticket(ticketId, '/messages'), {method: 'post', json, token, idempotencyKey, signal}),
    addEvidence: (ticketId, body, {token, idempotencyKey, signal}) =>
      http.json(ticketSchema, ticket(ticketId, '/evidence'), {
        method: 'post',
        body,
        token,
        idempotencyKey,
        signal,
        timeout: uploadPatience,
      }),
    async getEvidence(ticketId, evidenceId, {token, signal}) {
      const path = ticket(ticketId, `/evidence/${encodeURIComponent(evidenceId)}`);
      const response = await http.response(path, {accept: 'image/*, application/pdf', token, signal});
      return response.blob().catch((error: unknown) => {
        throw http.explain(error, path, signal);
      });
    },
  };
}
