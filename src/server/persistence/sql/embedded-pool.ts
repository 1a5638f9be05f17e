import type {PGlite} from '@electric-sql/pglite';
import pg from 'pg';
import type {Log} from '../../log.ts';
import {PgliteStream} from '../pglite-stream.ts';
import {prepareConnections} from './prepare-connections.ts';

/** The one connection to a PGlite, for which everybody waits in turn. */
export function createEmbeddedPool(pglite: PGlite, log: Log): pg.Pool {
  const pool = new pg.Pool({
    stream: () => new PgliteStream(pglite),
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    pipeline: true,
  });
  prepareConnections(pool, log);
  return pool;
}
