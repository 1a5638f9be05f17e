import {Duplex} from 'node:stream';
import {setImmediate as turn} from 'node:timers/promises';
import type {PGlite} from '@electric-sql/pglite';

/** What a connection says last. Source: PostgreSQL, Message Formats, Terminate */
const terminate = 'X'.charCodeAt(0);

type Done = (error?: Error | null) => void;

/**
 * A disk that refused, or memory that ran out, below PostgreSQL, which could not put anything in order after it. What the
 * database would keep from then on cannot be relied on: it answers nothing more, and a new process recovers it from its log.
 */
class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
  /** PostgreSQL's io_error. Source: PostgreSQL, Appendix A */
  readonly code = '58030';

  constructor(cause: unknown) {
    super('The embedded database failed, and answers again when the shop is started anew.', {cause});
  }
}

const failures = new WeakMap<PGlite, EmbeddedDatabaseError>();

/**
 * What `pg` takes for the socket to a PostgreSQL server: the one session of a PGlite. Whatever leaves together is answered in
 * one go, and the event loop turns with every answer. PGlite answers by promises alone: as long as transactions waited for
 * it, Node would come to neither sockets nor timers, and a platform that has answered would count as silent.
 */
export class PgliteStream extends Duplex {
  readonly #pglite: PGlite;

  constructor(pglite: PGlite) {
    super();
    this.#pglite = pglite;
  }

  /** Begins as with a session of its own: with nothing open and nothing prepared, whatever the connection before has left. */
  connect(): this {
    const failure = failures.get(this.#pglite);
    if (failure) return this.destroy(failure);
    this.#pglite.exec('rollback; deallocate all').then(
      () => this.emit('connect'),
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers come when something is asked.
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: Done): void {
    void this.#ask([bytes], done);
  }

  override _writev(chunks: readonly {readonly chunk: Buffer}[], done: Done): void {
    void this.#ask(
      chunks.map(({chunk}) => chunk),
      done,
    );
  }

  override _final(done: Done): void {
    this.push(null);
    done();
  }

  async #ask(messages: readonly Buffer[], done: Done): Promise<void> {
    try {
      // The database outlives its connections.
      const asked = messages.filter(message => message[0] !== terminate);
      if (asked.length > 0) {
        const answer = await this.#pglite.execProtocolRaw(Buffer.concat(asked));
        await turn();
        this.push(answer);
      }
      done();
    } catch (cause) {
      // What PostgreSQL itself refuses is an answer like any other.
      const failure = failures.get(this.#pglite) ?? new EmbeddedDatabaseError(cause);
      failures.set(this.#pglite, failure);
      done(failure);
    }
  }
}
