import {Hono} from 'hono';
import type {Store} from '../persistence/store.ts';
import {StoreUnavailableError} from '../persistence/store-unavailable-error.ts';
import {isSameSecret} from '../security/same-secret.ts';
import type {Metrics} from './metrics.ts';

export interface OperatorRoutesOptions {
  readonly store: Store;
  readonly metrics: Metrics;
  /** Bearer token of `/metrics`; without one there is no such address. */
  readonly metricsToken?: string | undefined;
  /** Whether the process takes new work. */
  readonly isOpen: () => boolean;
}

/** How long the database may take to answer before this process is not to be asked anything. */
const patienceMs = 2_000;
const silent = 'the database does not answer';
const busy = 'no connection to the database is free';
/** A connection is waited for longer than this address waits: it gives up before anybody knows which of the two it is. */
const silentOrBusy = `no answer within ${patienceMs / 1000} seconds: ${silent}, or ${busy}`;

/**
 * For whoever runs the process: `/healthz` (it lives; restart it otherwise), `/readyz` (it can serve now; send it nothing
 * otherwise) and `/metrics`.
 */
export function operatorRoutes({store, metrics, metricsToken, isOpen}: OperatorRoutesOptions): Hono {
  const app = new Hono();
  // By address, and not for all: whatever else the process serves has rules of its own.
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    app.use(path, async (c, next) => {
      await next();
      c.res.headers.set('Cache-Control', 'no-store');
    });
  }
  app.get('/healthz', c => c.text('alive'));
  app.get('/readyz', async c => {
    if (!isOpen()) return c.text('stopping', 503);
    const hindrance = await hindranceOf(store);
    return hindrance === undefined ? c.text('ready') : c.text(hindrance, 503);
  });
  if (metricsToken !== undefined) {
    app.get('/metrics', async c => {
      const given = /^Bearer (.+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
      if (await isSameSecret(given, metricsToken)) return metrics.read();
      return c.text('Send "Authorization: Bearer <token>" with the token that the configuration names.', 401, {
        'WWW-Authenticate': 'Bearer',
      });
    });
  }
  return app;
}

/** Why the database is of no use now; nothing where it is. */
async function hindranceOf(store: Store): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>(resolve => {
    timer = setTimeout(() => resolve(silentOrBusy), patienceMs);
  });
  try {
    // Within a transaction it is not what the store may remember.
    const read = store.transaction(tx => tx.catalogueVersion().then(() => undefined));
    return await Promise.race([late, read]);
  } catch (error) {
    const isBusy = error instanceof StoreUnavailableError && error.reason === 'busy';
    return isBusy ? busy : silent;
  } finally {
    clearTimeout(timer);
  }
}
