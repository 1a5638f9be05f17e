import {Hono, type Context} from 'hono';
import {messageRequestSchema, ticketRequestSchema} from '../../contract/ticket.ts';
import {attachEvidence, readEvidence} from '../aftersales/attach-evidence.ts';
import {openTicket} from '../aftersales/open-ticket.ts';
import {writeMessage} from '../aftersales/write-message.ts';
import {networkOf, type Caller} from '../caller.ts';
import type {OrderRecord, TicketRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {limitTickets} from '../security/limits.ts';
import {longestWindowMs, useScarcely} from '../security/scarce-uses.ts';
import {readTicketView} from '../views/ticket-view.ts';
import {authorisedOrder} from './authorised-order.ts';
import {isId} from '../security/ids.ts';
import {readIdempotencyKey, readJson} from './input.ts';

/** Where files are sent to: the one route whose bodies may be larger than usual. */
export const evidencePath = '/tickets/:ticketId/evidence';

/** Orders cost nothing to place, files cost room: so many an hour from one network. */
const mostFilesPerHour = 60;

const noStore = {'Cache-Control': 'no-store'};

/** When something is wrong with an order: all of it needs the order's token. */
export function ticketRoutes(ports: ServerPorts): Hono<{Bindings: Caller}> {
  const {store} = ports;
  const app = new Hono<{Bindings: Caller}>();

  app.get('/orders/:orderId/tickets', async c => {
    const order = await authorisedOrder(ports, c, c.req.param('orderId'));
    const tickets = (await store.tickets(order.id)).toReversed();
    const items = await Promise.all(tickets.map(ticket => readTicketView(ports, order, ticket)));
    return c.json({items}, 200, noStore);
  });

  app.post('/orders/:orderId/tickets', async c => {
    const order = await authorisedOrder(ports, c, c.req.param('orderId'));
    const intent = readIdempotencyKey(c);
    const request = await readJson(c, ticketRequestSchema);
    await limitTickets(ports, order.id, c.env);
    const ticket = await openTicket(ports, order, intent, request);
    return c.json(await readTicketView(ports, order, ticket), 201, noStore);
  });

  app.get('/tickets/:ticketId', async c => {
    const {order, ticket} = await authorisedTicket(c, c.req.param('ticketId'));
    return c.json(await readTicketView(ports, order, ticket), 200, noStore);
  });

  app.post('/tickets/:ticketId/messages', async c => {
    const {order, ticket} = await authorisedTicket(c, c.req.param('ticketId'));
    const intent = readIdempotencyKey(c);
    const {text} = await readJson(c, messageRequestSchema);
    await limitTickets(ports, order.id, c.env);
    const changed = await writeMessage(ports, ticket.id, intent, text);
    return c.json(await readTicketView(ports, order, changed), 201, noStore);
  });

  app.post(evidencePath, async c => {
    const {order, ticket} = await authorisedTicket(c, c.req.param('ticketId'));
    const intent = readIdempotencyKey(c);
    const {address} = c.env;
    if (address !== undefined) {
      const use = {kind: 'files from', value: networkOf(address), most: mostFilesPerHour, windowMs: longestWindowMs};
      await useScarcely(ports, [use]);
    }
    await attachEvidence(ports, ticket.id, intent, new Uint8Array(await c.req.arrayBuffer()));
    return c.json(await readTicketView(ports, order, ticket), 201, noStore);
  });

  app.get(`${evidencePath}/:evidenceId`, async c => {
    const {ticket} = await authorisedTicket(c, c.req.param('ticketId'));
    const evidence = (await store.evidence(ticket.id)).find(({id}) => id === c.req.param('evidenceId'));
    if (!evidence) throw new ProblemError('evidence_not_found', 'The ticket has no such file.');
    const extension = evidence.mediaType.split('/')[1]!;
    return c.body(await readEvidence(ports, evidence), 200, {
      ...noStore,
      'Content-Type': evidence.mediaType,
      // A stranger's file: saved, never shown in place, and even then it may do nothing.
      'Content-Disposition': `attachment; filename="${evidence.id}.${extension}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    });
  });

  return app;

  /** An absent ticket is answered as a foreign one is. */
  async function authorisedTicket(c: Context, id: string): Promise<{order: OrderRecord; ticket: TicketRecord}> {
    const ticket = isId(id) ? await store.ticket(id) : undefined;
    const order = await authorisedOrder(ports, c, ticket?.orderId ?? '');
    return {order, ticket: ticket!};
  }
}
