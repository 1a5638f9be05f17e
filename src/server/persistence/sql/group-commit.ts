import type pg from 'pg';

/** Writes what was committed without being flushed, if there is any. Source: PostgreSQL, WAL functions, Asynchronous Commit */
const flush = `select pg_logical_emit_message(false, 'keystall', '', true)
  where pg_current_wal_insert_lsn() > pg_current_wal_flush_lsn()`;

/**
 * Keeps on the disk by one flush what several transactions of a pool with one connection have committed, as a server does
 * for its many. A transaction behind which others wait commits without a flush, and one takes its turn behind them. Nobody
 * is told of anything until what was committed before it is kept: not the one that committed, nor whoever read it since.
 */
export class GroupCommit {
  readonly #pool: pg.Pool;
  /** The transaction whose turn it is leaves its flush to another turn. */
  #isDeferred = false;
  /** Something is committed that no flush has written. */
  #isUnkept = false;
  #flush: Promise<void> | undefined;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** What the transaction whose turn it is begins with. */
  begin(): string {
    this.#isDeferred = this.#pool.waitingCount > 0;
    return this.#isDeferred ? 'begin; set local synchronous_commit = off' : 'begin';
  }

  /**
   * Gives the connection to the next one. Resolves when everything that was committed until now is kept.
   * @throws {Error} when it cannot be kept: what the caller committed counts as lost, until the database says otherwise.
   */
  async endTurn(release: () => void | Promise<void>): Promise<void> {
    this.#isUnkept ||= this.#isDeferred;
    this.#isDeferred = false;
    if (this.#isUnkept) this.#flush ??= this.#flushInTurn();
    await Promise.all([this.#flush, release()]);
  }

  async #flushInTurn(): Promise<void> {
    // What is committed once it has its turn is for the next one.
    const client = await this.#pool.connect().finally(() => (this.#flush = undefined));
    try {
      await client.query(flush);
      this.#isUnkept = false;
    } finally {
      client.release();
    }
  }
}
