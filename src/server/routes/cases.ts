import {Hono} from 'hono';
import {caseDecisionRequestSchema, caseQuerySchema} from '../../contract/case.ts';
import type {Caller} from '../caller.ts';
import type {ServerPorts} from '../ports.ts';
import type {ProcurementRecord} from '../persistence/records.ts';
import {ProblemError} from '../problem-error.ts';
import {caseNotFound, decideCase} from '../procurement/decide-case.ts';
import {isId} from '../security/ids.ts';
import {readCaseView} from '../views/case-view.ts';
import type {ConsoleAccess} from './console-access.ts';
import {readIdempotencyKey, readJson, readQuery} from './input.ts';

const noStore = {'Cache-Control': 'no-store'};
const defaultLimit = 50;

/** Purchases that wait for a person. All of it needs the console's token. */
export function caseRoutes(ports: ServerPorts, authorise: ConsoleAccess): Hono<{Bindings: Caller}> {
  const {store} = ports;
  const app = new Hono<{Bindings: Caller}>();

  app.get('/console/cases', async c => {
    await authorise(c);
    const {cursor, limit = defaultLimit} = readQuery(c, caseQuerySchema);
    const offset = cursor === undefined ? 0 : readCursor(cursor);
    const found = await store.procurementsForPeople({offset, limit: limit + 1});
    const items = await Promise.all(found.slice(0, limit).map(each => readCaseView(store, each)));
    return c.json({items, ...(found.length > limit && {nextCursor: `o${offset + limit}`})}, 200, noStore);
  });

  app.get('/console/cases/:caseId', async c => {
    await authorise(c);
    return c.json(await readCaseView(store, await existingCase(c.req.param('caseId'))), 200, noStore);
  });

  app.post('/console/cases/:caseId/decisions', async c => {
    await authorise(c);
    const intent = readIdempotencyKey(c);
    const request = await readJson(c, caseDecisionRequestSchema);
    const id = c.req.param('caseId');
    if (!isId(id)) throw caseNotFound();
    const decided = await decideCase(ports, id, intent, request);
    return c.json(await readCaseView(store, decided), 201, noStore);
  });

  return app;

  async function existingCase(id: string): Promise<ProcurementRecord> {
    const found = isId(id) ? await store.procurement(id) : undefined;
    if (!found || (!found.attention && !found.decisions)) throw caseNotFound();
    return found;
  }
}

function readCursor(cursor: string): number {
  const match = /^o(\d{1,9})$/.exec(cursor);
  if (match) return Number(match[1]);
  throw new ProblemError('validation_failed', 'The cursor was not given out by this shop.', {
    errors: [{path: 'cursor', message: 'not one of ours'}],
  });
}
