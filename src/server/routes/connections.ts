import {Hono} from 'hono';
import {askForSync} from '../catalogue/sync-run.ts';
import type {ConsoleEnv} from '../console/identify.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {readConnectionView} from '../views/connection-view.ts';

const noStore = {'Cache-Control': 'no-store'};

/** How connections stand, and reading one anew.  */
export function connectionRoutes(ports: ServerPorts): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();

  app.get('/console/connections', async c => {
    const items = await Promise.all(ports.config.connections.map(({id}) => readConnectionView(ports, id)));
    return c.json({items}, 200, noStore);
  });

  app.post('/console/connections/:connection/syncs', async c => {
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
