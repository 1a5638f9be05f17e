import {Hono} from 'hono';
import {maximumEvidenceBytes} from '../domain/evidence.ts';
import {limitAddress} from './address-limit.ts';
import {allowOrigins} from './allow-origins.ts';
import {limitBodies} from './body-limits.ts';
import type {Caller} from './caller.ts';
import {createCoverCache} from './catalogue/covers.ts';
import {createFreshness} from './catalogue/freshness.ts';
import {createLiveOffers} from './catalogue/live-offers.ts';
import {createConnectionGuards} from './connection-guards.ts';
import {createStockNotes} from './catalogue/remember-stock.ts';
import {createShelves} from './catalogue/shelves.ts';
import {createWatchList} from './catalogue/watch-stock.ts';
import {fitsPath} from './path-pattern.ts';
import type {ServerPorts} from './ports.ts';
import {errorText} from './jobs/retry.ts';
import {StoreUnavailableError} from './persistence/store-unavailable-error.ts';
import {ProblemError, problemResponse} from './problem-error.ts';
import {routeOf} from './route-of.ts';
import {databaseUnavailable, shopUnavailable} from './shop-unavailable.ts';
import {caseRoutes} from './routes/cases.ts';
import {confirmationRoutes} from './routes/confirmations.ts';
import {reconciliationRoutes} from './routes/reconciliations.ts';
import {refundRoutes} from './routes/refunds.ts';
import {catalogueRoutes} from './routes/catalogue.ts';
import {connectionRoutes} from './routes/connections.ts';
import {consoleAccess} from './routes/console-access.ts';
import {consoleSessionRoutes} from './routes/console-sessions.ts';
import {maximumBodyBytes} from './routes/input.ts';
import {deliveryRoutes} from './routes/deliveries.ts';
import {maximumNoticeBytes, noticeRoutes, noticesPath} from './routes/notices.ts';
import {orderRoutes} from './routes/orders.ts';
import {paymentRoutes} from './routes/payments.ts';
import {evidencePath, ticketRoutes} from './routes/tickets.ts';
import {createJobRunner} from './run-job.ts';
import {tracedJobs} from './tracing/traced-jobs.ts';
import {tracedRequests} from './tracing/traced-requests.ts';
import type {Tracing} from './tracing/tracing.ts';
import type {JobHandler} from './jobs.ts';

export interface Server {
  /**
   * Answers a request. Never throws: what goes wrong inside is a problem document outside.
   * @param caller who sent it, for limits that count by caller; without, nothing is counted by caller
   */
  fetch(request: Request, caller?: Caller): Promise<Response>;
  /** Does one job; hand it to {@link Jobs.start}. */
  runJob: JobHandler;
}

/** One request, when its answer was ready. */
export interface Answered {
  readonly method: string;
  /** The pattern that fitted: `/v1/orders/:orderId`; `*` where none did. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface ServerOptions {
  /** Told of every answer, for statistics. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
  /** Aborts when this process is about to end: event streams are closed with the word to come back. */
  readonly leaving?: AbortSignal;
  /** Told of every request and every job, while it is at work. Calls are told of by ports that are traced. */
  readonly tracing?: Tracing | undefined;
}

/** The shop server: a function from requests to responses, and from jobs to deeds, over the given ports. */
export function createServer(ports: ServerPorts, {onAnswered, leaving, tracing}: ServerOptions = {}): Server {
  if (ports.config.shop.reveal === 'isolated' && !ports.sealToKey) {
    throw new Error(
      "A shop reveals keys in a frame of its own, for which it needs the port sealToKey; shop: {reveal: 'in-page'} does without.",
    );
  }
  const guards = createConnectionGuards(ports);
  const live = createLiveOffers(ports, guards);
  const origins = new Set([...ports.config.origins, ports.config.address]);
  const app = new Hono<{Bindings: Caller}>();

  if (tracing) app.use(tracedRequests(tracing));
  if (onAnswered) {
    app.use(async (c, next) => {
      const from = performance.now();
      await next();
      const route = routeOf(c) ?? '*';
      onAnswered({method: c.req.method, route, status: c.res.status, seconds: (performance.now() - from) / 1000});
    });
  }
  app.use('/v1/*', async (c, next) => {
    await next();
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
    c.res.headers.set('Referrer-Policy', 'no-referrer');
  });
  app.use('/v1/*', allowOrigins(origins));
  app.use('/v1/*', limitAddress);
  app.use('/v1/*', async (c, next) => {
    const origin = c.req.header('Origin');
    if (c.req.method === 'POST' && origin !== undefined && !origins.has(origin)) {
      throw new ProblemError(
        'origin_not_allowed',
        `Pages of ${origin} may not buy here. Add the origin to the shop's configuration.`,
      );
    }
    await next();
  });
  const largerBodies = {[`/v1${evidencePath}`]: maximumEvidenceBytes, [`/v1${noticesPath}`]: maximumNoticeBytes};
  app.use('/v1/*', limitBodies(maximumBodyBytes, largerBodies));

  app.use('/v1/console/*', consoleAccess(ports));
  const watched = createWatchList(ports);
  const shelves = createShelves(ports, live, watched);
  app.route('/v1', catalogueRoutes(ports, live, shelves, createCoverCache(ports), createFreshness(ports)));
  app.route('/v1', orderRoutes(ports, {live, notes: createStockNotes(ports), watched}, leaving));
  app.route('/v1', paymentRoutes(ports));
  app.route('/v1', ticketRoutes(ports));
  app.route('/v1', noticeRoutes(ports));
  app.route('/v1', caseRoutes(ports));
  app.route('/v1', confirmationRoutes(ports));
  app.route('/v1', refundRoutes(ports));
  app.route('/v1', reconciliationRoutes(ports));
  app.route('/v1', connectionRoutes(ports));
  app.route('/v1', deliveryRoutes(ports));
  app.route('/v1', consoleSessionRoutes(ports));

  app.notFound(c => notFound(c.req.method, c.req.path));
  app.onError((error, c) => {
    if (error instanceof ProblemError) return problemResponse(error);
    const {method, routePath: path} = c.req;
    if (error instanceof StoreUnavailableError) {
      const {reason, message, cause} = error;
      ports.log.warn(databaseUnavailable, {method, path, reason, error: cause ? errorText(cause) : message});
      return problemResponse(shopUnavailable(error));
    }
    ports.log.error('request failed', {method, path, error: error.stack ?? String(error)});
    return problemResponse(new ProblemError('internal_error', 'Nothing you sent was wrong. Try again in a moment.'));
  });

  const runJob = createJobRunner(ports, live, guards);
  return {
    fetch: async (request, caller = {}) => app.fetch(request, caller),
    runJob: tracing ? tracedJobs(tracing, runJob) : runJob,
  };

  function notFound(method: string, path: string): Response {
    const routes = app.routes.filter(route => route.method !== 'ALL' && fitsPath(route.path, path));
    const methods = new Set(routes.flatMap(route => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method])));
    if (methods.size === 0 || methods.has(method)) {
      return problemResponse(new ProblemError('not_found', 'There is nothing at this address.'));
    }
    const allowed = [...methods].join(', ');
    const response = problemResponse(
      new ProblemError('method_not_allowed', `${method} is not possible here; ${allowed} is.`),
    );
    response.headers.set('Allow', allowed);
    return response;
  }
}
