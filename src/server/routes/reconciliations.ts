import {Hono} from 'hono';
import {reconciliationQuerySchema, reconciliationRequestSchema} from '../../contract/reconciliation.ts';
import type {ConsoleEnv} from '../console/identify.ts';
import {compareNow} from '../payments/compare-now.ts';
import type {ServerPorts} from '../ports.ts';
import {reconciliationView} from '../views/reconciliation-view.ts';
import {readIdempotencyKey, readJson, readQuery} from './input.ts';
import {pageCursor, readPageCursor} from './page-cursor.ts';

const noStore = {'Cache-Control': 'no-store'};
const defaultLimit = 20;

/** What payment providers have, compared with what the shop has. */
export function reconciliationRoutes(ports: ServerPorts): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();

  app.get('/console/reconciliations', async c => {
    const {provider, cursor, limit = defaultLimit} = readQuery(c, reconciliationQuerySchema);
    const offset = readPageCursor(cursor);
    const found = await ports.store.reconciliations({
      ...(provider !== undefined && {provider}),
      offset,
      limit: limit + 1,
    });
    const items = found.slice(0, limit).map(reconciliationView);
    return c.json({items, ...(found.length > limit && {nextCursor: pageCursor(offset + limit)})}, 200, noStore);
  });

  app.post('/console/reconciliations', async c => {
    const intent = readIdempotencyKey(c);
    const request = await readJson(c, reconciliationRequestSchema);
    const record = await compareNow(ports, intent, request, c.var.actor.name);
    return c.json(reconciliationView(record), 201, noStore);
  });

  return app;
}
