import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {Kysely, PostgresDialect} from 'kysely';
import pg from 'pg';
import type {Clock} from '../clock.ts';
import {silentLog} from '../log.ts';
import {openPgliteFolder} from './pglite-folder.ts';
import {createEmbeddedPool, EmbeddedDialect} from './sql/embedded-pool.ts';
import {migrate, pendingMigrations} from './sql/migrate.ts';
import {createSqlStore} from './sql/sql-store.ts';
import type {Tables} from './sql/tables.ts';
import type {Store} from './store.ts';

export interface MaintenanceOptions {
  readonly databaseUrl?: string | undefined;
  /** Used where there is no `databaseUrl`. */
  readonly dataFolder: string;
  readonly clock: Clock;
  /** `bring`: bring the tables up to date. `expect`: refuse where they are not. */
  readonly tables: 'bring' | 'expect';
}

/** The shop's database without its jobs: for what is done to it from the command line, also while servers run. */
export interface Maintenance {
  readonly database: Kysely<Tables>;
  readonly store: Store;
  close(): Promise<void>;
}

/** @throws {Error} when it cannot be reached, the folder is in use, or the tables are not those of this version. */
export async function openForMaintenance({
  databaseUrl,
  dataFolder,
  clock,
  tables,
}: MaintenanceOptions): Promise<Maintenance> {
  // Opening a folder makes a database in it: a mistyped one is not to look like an empty shop.
  if (!databaseUrl && tables === 'expect' && !hasDatabase(dataFolder)) {
    throw new Error(`There is no database in ${dataFolder}. The shop makes it when it starts.`);
  }
  const {database, close} = databaseUrl ? openServer(databaseUrl) : await openFolder(dataFolder);
  try {
    if (tables === 'bring') await migrate(database);
    const pending = await pendingMigrations(database);
    if (pending.length > 0) {
      throw new Error(
        `The database has not the tables of this version (${pending.join(', ')} missing). Start the shop once with it first.`,
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  const noJobs = () => Promise.reject(new Error('Maintenance starts no jobs.'));
  const queue = {insert: noJobs, forgotten: noJobs, wake() {}};
  return {database, store: createSqlStore(database, {clock, queue}), close};
}

/** Whether an embedded database lies in this folder. */
export function hasDatabase(folder: string): boolean {
  return existsSync(join(folder, 'pglite'));
}

async function openFolder(folder: string) {
  const {pglite, close} = await openPgliteFolder(folder);
  const database = new Kysely<Tables>({dialect: new EmbeddedDialect(createEmbeddedPool(pglite, silentLog))});
  return {
    database,
    async close() {
      await database.destroy();
      await close();
    },
  };
}

function openServer(connectionString: string) {
  const pool = new pg.Pool({
    connectionString,
    max: 2,
    connectionTimeoutMillis: 10_000,
    lock_timeout: 30_000,
    application_name: 'keystall maintenance',
  });
  // A lost connection shows in the statement that wanted it.
  pool.on('error', () => {});
  const database = new Kysely<Tables>({dialect: new PostgresDialect({pool})});
  return {database, close: () => database.destroy()};
}
