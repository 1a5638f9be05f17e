import {Hono} from 'hono';
import {caseDecisionRequestSchema, caseQuerySchema} from '../../contract/case.ts';
import type {ConsoleEnv} from '../console/identify.ts';
import type {ServerPorts} from '../ports.ts';
import type {ProcurementRecord} from '../persistence/records.ts';
import {caseNotFound, decideCase} from '../procurement/decide-case.ts';
import {isId} from '../security/ids.ts';
import {readCaseView} from '../views/case-view.ts';
import {readIdempotencyKey, readJson, readQuery} from './input.ts';
import {pageCursor, readPageCursor} from './page-cursor.ts';

const noStore = {'Cache-Control': 'no-store'};
const defaultLimit = 50;

/** Purchases that wait for a person.  */
export function caseRoutes(ports: ServerPorts): Hono<ConsoleEnv> {
  const {store} = ports;
  const app = new Hono<ConsoleEnv>();

  app.get('/console/cases', async c => {
    const {cursor, limit = defaultLimit} = readQuery(c, caseQuerySchema);
    const offset = readPageCursor(cursor);
    const found = await store.procurementsForPeople({offset, limit: limit + 1});
    const items = await Promise.all(found.slice(0, limit).map(each => readCaseView(store, each)));
    return c.json({items, ...(found.length > limit && {nextCursor: pageCursor(offset + limit)})}, 200, noStore);
  });

  app.get('/console/cases/:caseId', async c => {
    return c.json(await readCaseView(store, await existingCase(c.req.param('caseId'))), 200, noStore);
  });

  app.post('/console/cases/:caseId/decisions', async c => {
    const intent = readIdempotencyKey(c);
    const request = await readJson(c, caseDecisionRequestSchema);
    const id = c.req.param('caseId');
    if (!isId(id)) throw caseNotFound();
    const decided = await decideCase(ports, id, intent, request, c.var.actor.name);
    return c.json(await readCaseView(store, decided), 201, noStore);
  });

  return app;

  async function existingCase(id: string): Promise<ProcurementRecord> {
    const found = isId(id) ? await store.procurement(id) : undefined;
    if (!found || (!found.attention && !found.decisions)) throw caseNotFound();
    return found;
  }
}
