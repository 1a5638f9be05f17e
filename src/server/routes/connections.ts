import {Hono} from 'hono';
import type {Caller} from '../caller.ts';
import {askForSync} from '../catalogue/sync-run.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {readConnectionView} from '../views/connection-view.ts';
import type {ConsoleAccess} from './console-access.ts';

const noStore = {'Cache-Control': 'no-store'};

/** How connections stand, and reading one anew. All of it needs the console's token. */
export function connectionRoutes(ports: ServerPorts, authorise: ConsoleAccess): Hono<{Bindings: Caller}> {
  const app = new Hono<{Bindings: Caller}>();

  app.get('/console/connections', async c => {
    await authorise(c);
    const items = await Promise.all(ports.config.connections.map(({id}) => readConnectionView(ports, id)));
    return c.json({items}, 200, noStore);
  });

  app.post('/console/connections/:connection/syncs', async c => {
    await authorise(c);
    const connection = ports.config.connections.find(({id}) => id === c.req.param('connection'));
    if (!connection) throw new ProblemError('not_found', 'The shop has no such connection.');
    await ports.store.transaction(async tx => {
      await askForSync(tx, connection.id);
      await tx.enqueue({type: 'sync_catalogue', connectionId: connection.id});
    });
    return c.json(await readConnectionView(ports, connection.id), 202, noStore);
  });

  return app;
}
