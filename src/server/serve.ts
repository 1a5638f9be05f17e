import {existsSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {can} from '../upstreams/optional-calls.ts';
import {createServer} from './app.ts';
import {systemClock} from './clock.ts';
import {releaseSyncs} from './catalogue/sync-run.ts';
import {checkConfig} from './config/config.ts';
import {createPaymentProvider, createUpstream} from './connections.ts';
import {createDeliveryChannels} from './delivery/create-channels.ts';
import {createHttpApp} from './http-app.ts';
import type {JobHandler} from './jobs.ts';
import type {Log} from './log.ts';
import {listenForHttp} from './operations/http-listener.ts';
import {masterKeysOf} from './operations/master-keys.ts';
import {createMetrics} from './operations/metrics.ts';
import {openTelemetryTracing} from './operations/open-telemetry.ts';
import {operatorRoutes} from './operations/operator-routes.ts';
import {workContext} from './operations/work-context.ts';
import {openStore, type OpenedStore, type OpenStoreOptions} from './persistence/open.ts';
import {noticesAddress} from './notices-address.ts';
import type {ServerPorts} from './ports.ts';
import {takeOverFromDead} from './procurement/take-over.ts';
import {startSchedule} from './schedule.ts';
import {createKeyRing} from './security/key-ring.ts';
import {sealToKey} from './security/seal-to-key.ts';
import {tracedPorts} from './tracing/traced-ports.ts';

export interface RunningServer {
  readonly port: number;
  /**
   * Says that it is not ready, ends the event streams, lets requests and jobs at work finish, and closes the store.
   * In a hurry it cuts the connections instead of waiting for them.
   */
  stop(options?: {readonly hurry?: boolean}): Promise<void>;
}

/**
 * Runs the shop server in this Node process.
 * @param input what `keystall.config.ts` exports
 * @param open opens the store; a test may put one of its own in the way
 * @throws {ConfigError} with every mistake of the configuration at once
 * @throws {KeyRingError} when the master keys are missing or malformed
 */
export async function serve(
  input: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  plainLog: Log,
  open: (options: OpenStoreOptions) => Promise<OpenedStore> = openStore,
): Promise<RunningServer> {
  const {config, secrets} = checkConfig(input, environment);
  const payments = await Promise.all(
    config.payments.map(payment => createPaymentProvider(payment, secrets, systemClock, fetch)),
  );
  const metrics = createMetrics();
  const log = metrics.counting(plainLog);
  const keys = await createKeyRing(masterKeysOf(environment));
  const databaseUrl = environment['DATABASE_URL'];
  const opened = await open({
    ...(databaseUrl ? {databaseUrl} : {dataFolder: config.dataFolder}),
    clock: systemClock,
    log,
    pool: {connections: config.database.connections, patienceMs: config.database.patienceSeconds * 1000},
  });
  metrics.watch(opened.store);
  const home = {config, store: opened.store, keys};
  const untraced: ServerPorts = {
    config,
    store: opened.store,
    presence: opened.presence,
    upstreams: new Map(
      config.connections.map(connection => [
        connection.id,
        createUpstream(connection, {
          secrets,
          clock: systemClock,
          fetch,
          callbackUrl: noticesAddress(config, connection.id),
          home,
        }),
      ]),
    ),
    payments,
    delivery: await createDeliveryChannels(config, secrets, systemClock),
    keys,
    sealToKey,
    clock: systemClock,
    log,
  };
  const tracing = await openTelemetryTracing();
  const ports = tracing ? tracedPorts(untraced, tracing) : untraced;
  const leaving = new AbortController();
  const server = createServer(ports, {onAnswered: metrics.onAnswered, leaving: leaving.signal, tracing});
  const runJob: JobHandler = (job, signal) =>
    workContext.run({job: job.type}, () => metrics.measured(server.runJob)(job, signal));
  await opened.onDeaths(() => takeOverFromDead(ports));
  // The embedded database belongs to one process: whatever was in flight belongs to one that is gone.
  if (!databaseUrl) await releaseSyncs(ports);
  for (const [connectionId, upstream] of ports.upstreams) {
    const address = noticesAddress(config, connectionId);
    // Some protocols send it along with each purchase; with others it is typed in at the platform.
    if (can(upstream, 'webhook') && address) log.info('platform reports orders here', {connectionId, address});
  }
  await opened.jobs.start(runJob);
  const stopSchedule = await startSchedule(ports, opened.jobs);
  let isOpen = true;
  const operator = operatorRoutes({
    store: opened.store,
    metrics,
    metricsToken: config.metricsToken && secrets(config.metricsToken),
    isOpen: () => isOpen,
  });
  const app = createHttpApp(config, server.fetch, {scripts: cdnFolder(), operator});
  const http = await listenForHttp({app, port: config.port, environment});
  return {
    port: http.port,
    async stop({hurry = false} = {}) {
      const {noticeSeconds, graceSeconds} = config.shutdown;
      isOpen = false;
      stopSchedule();
      if (!hurry) await pause(noticeSeconds * 1000);
      leaving.abort();
      await http.stop(hurry ? 0 : graceSeconds * 1000);
      await opened.jobs.stop();
      await opened.close();
      await tracing?.flush();
    },
  };
}

/** The built storefront scripts: beside this file's own build, or in `dist` when run from source. */
function cdnFolder(): string {
  const candidates = [new URL('../../cdn/', import.meta.url), new URL('../../dist/cdn/', import.meta.url)];
  return fileURLToPath(candidates.find(folder => existsSync(folder)) ?? candidates[1]!);
}
