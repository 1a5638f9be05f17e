import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import pg from 'pg';
import {systemClock} from '../../src/server/clock.ts';
import {openStore} from '../../src/server/persistence/open.ts';
import {openPgliteFolder} from '../../src/server/persistence/pglite-folder.ts';
import type {TestPostgres} from '../../test/support/postgres.ts';

export const databaseKinds = ['pglite', 'postgres'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** Sends one statement. */
export type Send = (text: string, values?: unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** A database with the shop's tables, spoken to without anything in between. */
export interface BareDatabase {
  transaction(work: (send: Send) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** As the shop opens it: the same settings, and as many connections. */
export async function openBareDatabase(
  kind: DatabaseKind,
  folder: string,
  postgres: TestPostgres,
): Promise<BareDatabase> {
  if (kind === 'postgres') {
    const databaseUrl = await postgres.createDatabase();
    await (await openStore({databaseUrl, clock: systemClock})).close();
    return bareServer(databaseUrl);
  }
  const dataFolder = join(folder, 'bare');
  await (await openStore({dataFolder, clock: systemClock})).close();
  const {pglite, close} = await openPgliteFolder(dataFolder);
  return {
    transaction: work =>
      pglite.transaction(tx =>
        work(async (text, values) => (await tx.query<Record<string, unknown>>(text, values)).rows),
      ),
    async close() {
      await close();
      await rm(dataFolder, {recursive: true});
    },
  };
}

function bareServer(connectionString: string): BareDatabase {
  const pool = new pg.Pool({connectionString, max: 10});
  // After a failure the server is stopped while they lie idle, and what failed is what is to be read.
  pool.on('error', () => undefined);
  return {
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await work(async (text, values) => (await client.query<Record<string, unknown>>(text, values)).rows);
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

/** All kinds, or those that the variable `STORES` names. */
export function chosenDatabases(): readonly DatabaseKind[] {
  const asked = process.env['STORES']?.split(',');
  return databaseKinds.filter(kind => asked?.includes(kind) ?? true);
}
