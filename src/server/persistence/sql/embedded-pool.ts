import type {PGlite} from '@electric-sql/pglite';
import {PostgresDialect, PostgresDriver, type DatabaseConnection} from 'kysely';
import pg from 'pg';
import type {Log} from '../../log.ts';
import {PgliteStream} from '../pglite-stream.ts';
import {GroupCommit} from './group-commit.ts';
import {prepareConnections} from './prepare-connections.ts';

/**
 * The one connection to a PGlite, for which everybody waits in turn. Whoever takes it by `connect` and acts upon what it
 * answers ends with {@link GroupCommit.endTurn}.
 */
export interface EmbeddedPool {
  readonly pool: pg.Pool;
  readonly groups: GroupCommit;
}

export function createEmbeddedPool(pglite: PGlite, log: Log): EmbeddedPool {
  const pool = new pg.Pool({
    stream: () => new PgliteStream(pglite),
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    pipeline: true,
  });
  const groups = new GroupCommit(pool);
  prepareConnections(pool, log, () => groups.begin());
  return {pool, groups};
}

/** Kysely's dialect for an embedded pool: what it asks is answered when what was committed before is kept. */
export class EmbeddedDialect extends PostgresDialect {
  readonly #embedded: EmbeddedPool;

  constructor(embedded: EmbeddedPool) {
    super({pool: embedded.pool});
    this.#embedded = embedded;
  }

  override createDriver(): EmbeddedDriver {
    return new EmbeddedDriver(this.#embedded);
  }
}

class EmbeddedDriver extends PostgresDriver {
  readonly #groups: GroupCommit;

  constructor({pool, groups}: EmbeddedPool) {
    super({pool});
    this.#groups = groups;
  }

  override releaseConnection(connection: DatabaseConnection): Promise<void> {
    type Taken = Parameters<PostgresDriver['releaseConnection']>[0];
    return this.#groups.endTurn(() => super.releaseConnection(connection as Taken));
  }
}
