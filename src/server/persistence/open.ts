import {Kysely, PostgresDialect} from 'kysely';
import type {Clock} from '../clock.ts';
import {createBossJobs} from '../jobs/boss-jobs.ts';
import {overPool} from '../jobs/boss-over-pool.ts';
import type {Jobs} from '../jobs.ts';
import {silentLog, type Log} from '../log.ts';
import {alone, type Presence} from '../presence.ts';
import {openPgliteFolder} from './pglite-folder.ts';
import {keepTidy} from './pglite-upkeep.ts';
import {ofSoleWriter} from './sole-writer.ts';
import {createEmbeddedPool, EmbeddedDialect} from './sql/embedded-pool.ts';
import {migrate} from './sql/migrate.ts';
import {joinPresence, type SqlPresence} from './sql/presence.ts';
import {createServerPool, type ServerPoolOptions} from './sql/server-pool.ts';
import {shareOrderListeners} from './sql/shared-order-listeners.ts';
import {createSqlStore} from './sql/sql-store.ts';
import type {Tables} from './sql/tables.ts';
import type {Store} from './store.ts';

export interface OpenStoreOptions {
  /** A PostgreSQL server, as `postgres://…`. Without it the database is a PGlite in `dataFolder`. */
  readonly databaseUrl?: string;
  /** Default `.keystall`. */
  readonly dataFolder?: string;
  readonly clock: Clock;
  readonly log?: Log;
  /** Of the connections to a server; the embedded database has one. */
  readonly pool?: ServerPoolOptions;
}

export interface OpenedStore {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly presence: Presence;
  /** Calls `look` whenever a process that shared this store may have died, and once at the beginning. */
  onDeaths(look: () => Promise<void>): Promise<void>;
  /** Stops the jobs, waits for those that run, and closes the database. */
  close(): Promise<void>;
}

/**
 * Opens the shop's database, brings its tables up to date, and connects the jobs to it.
 * @throws {Error} when the server cannot be reached, the folder is in use, or the tables cannot be brought up to date.
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
  const {databaseUrl, dataFolder = '.keystall'} = options;
  return databaseUrl ? openServer(databaseUrl, options) : openFolder(dataFolder, options);
}

async function openFolder(folder: string, {clock, log = silentLog}: OpenStoreOptions): Promise<OpenedStore> {
  const {pglite, close} = await openPgliteFolder(folder);
  try {
    const embedded = createEmbeddedPool(pglite, log);
    const database = new Kysely<Tables>({dialect: new EmbeddedDialect(embedded)});
    await migrate(database);
    const jobs = await createBossJobs({
      database: {db: overPool(embedded), backend: 'pglite'},
      clock,
      log,
      // The folder is ours alone: whoever ran these jobs is gone.
      claimDeadJobs: release => release(),
    });
    const store = ofSoleWriter(createSqlStore(database, {clock, queue: jobs}));
    const endUpkeep = keepTidy(embedded.pool, log);
    return {
      store,
      jobs,
      presence: alone(),
      onDeaths: look => look(),
      async close() {
        await endUpkeep();
        await jobs.stop();
        await store.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServer(
  connectionString: string,
  {clock, log = silentLog, pool: poolOptions}: OpenStoreOptions,
): Promise<OpenedStore> {
  await migrateServer(connectionString, log);
  const pool = createServerPool(connectionString, log, poolOptions);
  const database = new Kysely<Tables>({dialect: new PostgresDialect({pool})});
  let presence: SqlPresence | undefined;
  try {
    const joined = (presence = await joinPresence(connectionString, log));
    const jobs = await createBossJobs({
      database: {connectionString, max: 3, application_name: 'keystall jobs'},
      clock,
      log,
      claimDeadJobs: joined.ifAlone,
    });
    const listeners = shareOrderListeners(connectionString, log);
    const store = createSqlStore(database, {clock, queue: jobs, listeners});
    return {
      store,
      jobs,
      presence: joined,
      onDeaths: async look => joined.onDeaths(look),
      async close() {
        await jobs.stop();
        await listeners.end();
        await joined.end();
        await store.close();
      },
    };
  } catch (error) {
    await presence?.end();
    await database.destroy();
    throw error;
  }
}

/** On a connection of its own: what it does to large tables may take longer than any answer to a buyer. */
async function migrateServer(connectionString: string, log: Log): Promise<void> {
  const pool = createServerPool(connectionString, log, {connections: 1, patienceMs: 10_000, answerMs: 0});
  const database = new Kysely<Tables>({dialect: new PostgresDialect({pool})});
  try {
    await migrate(database);
  } finally {
    await database.destroy();
  }
}
