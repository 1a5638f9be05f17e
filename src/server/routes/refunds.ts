import {Hono} from 'hono';
import {refundDecisionRequestSchema, refundQuerySchema, refundRequestSchema} from '../../contract/refund.ts';
import type {ConsoleEnv} from '../console/identify.ts';
import type {RefundRecord} from '../persistence/refund-record.ts';
import type {ServerPorts} from '../ports.ts';
import {askForRefund, orderNotFound} from '../refunds/ask-for-refund.ts';
import {decideRefund, refundNotFound} from '../refunds/decide-refund.ts';
import {isId} from '../security/ids.ts';
import {readRefundView} from '../views/refund-view.ts';
import {readIdempotencyKey, readJson, readQuery} from './input.ts';
import {pageCursor, readPageCursor} from './page-cursor.ts';

const noStore = {'Cache-Control': 'no-store'};
const defaultLimit = 50;

/** Money that goes back to buyers. */
export function refundRoutes(ports: ServerPorts): Hono<ConsoleEnv> {
  const {store} = ports;
  const app = new Hono<ConsoleEnv>();

  app.get('/console/refunds', async c => {
    const {state = 'needs_help', cursor, limit = defaultLimit} = readQuery(c, refundQuerySchema);
    const offset = readPageCursor(cursor);
    const found = await store.refundsIn(state, {offset, limit: limit + 1});
    const items = await readAll(found.slice(0, limit));
    const waiting = (await store.refundsWaiting()).map(each => ({...each, since: new Date(each.since).toISOString()}));
    const nextCursor = found.length > limit ? {nextCursor: pageCursor(offset + limit)} : {};
    return c.json({items, ...nextCursor, waiting}, 200, noStore);
  });

  app.post('/console/refunds/:refundId/decisions', async c => {
    const intent = readIdempotencyKey(c);
    const request = await readJson(c, refundDecisionRequestSchema);
    const id = c.req.param('refundId');
    if (!isId(id)) throw refundNotFound();
    const decided = await decideRefund(ports, id, intent, request, c.var.actor.name);
    return c.json(await readRefundView(ports, decided), 201, noStore);
  });

  app.get('/console/orders/:orderId/refunds', async c => {
    const id = c.req.param('orderId');
    if (!isId(id) || !(await store.order(id))) throw orderNotFound();
    return c.json({items: await readAll(await store.refunds(id))}, 200, noStore);
  });

  app.post('/console/orders/:orderId/refunds', async c => {
    const intent = readIdempotencyKey(c);
    const request = await readJson(c, refundRequestSchema);
    const id = c.req.param('orderId');
    if (!isId(id)) throw orderNotFound();
    const refunds = await askForRefund(ports, id, intent, request, c.var.actor.name);
    return c.json({items: await readAll(refunds)}, 201, noStore);
  });

  return app;

  async function readAll(refunds: readonly RefundRecord[]) {
    return Promise.all(refunds.map(refund => readRefundView(ports, refund)));
  }
}
