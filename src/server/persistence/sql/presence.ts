import {errorText} from '../../jobs/retry.ts';
import type {Log} from '../../log.ts';
import {newWorker, type Presence} from '../../presence.ts';
import {createSerialClient, type SerialClient} from './serial-client.ts';

/** {@link Presence} on a PostgreSQL server. */
export interface SqlPresence extends Presence {
  /** Calls `work` if no other process works on this database, and keeps others from starting to meanwhile. */
  ifAlone(work: () => Promise<void>): Promise<void>;
  /** Calls `look` soon after a process has died, once at the beginning, and now and then all the same. */
  onDeaths(look: () => Promise<void>): void;
  end(): Promise<void>;
}

/** All processes together hold this lock: 'keyst' in ASCII. Who can have it alone is alone. */
const commonLock = 0x6b65797374;
/** The first half of the number of each process's own lock: 'keys' in ASCII. */
const ownLocks = 0x6b657973;

const lookPauseMs = 500;
/** Between a process's disappearance and the look at what it had claimed: after a cut connection it may come back. */
const graceMs = 1000;
/** Whoever comes and dies between two looks was seen by nobody. */
const lookAnywayMs = 30_000;
const comeBackPauseMs = 200;
const answerPatienceMs = 10_000;

/**
 * Each process holds an advisory lock of its own, on a connection that does nothing else. PostgreSQL drops it when the
 * process dies, and not before: a process that is slow keeps it. When only the connection is cut, the process takes the lock
 * again as soon as it can, under the same name.
 * @throws {Error} when the server cannot be reached
 */
export async function joinPresence(connectionString: string, log: Log): Promise<SqlPresence> {
  const worker = newWorker();
  let hasStarted = false;
  let isOver = false;
  let look: (() => Promise<void>) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The connection that holds the lock, while it does. */
  let session: SerialClient | undefined = await open();
  let present: ReadonlySet<string> = new Set();
  let lookAt = 0;

  return {
    worker,
    watch() {
      const watched = session;
      return (
        watched && {
          async isUnbroken() {
            // An answer on this very connection: the server has held the lock for us until now.
            await watched.hear().catch(error => drop(watched, error));
            return session === watched;
          },
        }
      );
    },
    async ifDead(other, work) {
      const asked = session;
      const key = other === undefined ? undefined : keyOf(other);
      if (!asked || key === undefined || other === worker) return;
      if (!(await tryLock(asked, key))) return;
      try {
        await work();
      } finally {
        await asked.query('select pg_advisory_unlock($1, $2)', [ownLocks, key]).catch(error => drop(asked, error));
      }
    },
    async ifAlone(work) {
      hasStarted = true;
      const client = session;
      // It joins the others when it comes back, and was not seen to be alone.
      if (!client) return;
      const [row] = await client.query<{alone: boolean}>('select pg_try_advisory_lock($1) as alone', [commonLock]);
      const isAlone = row?.alone === true;
      if (isAlone) await work();
      await joinOthers(client);
      if (isAlone) await client.query('select pg_advisory_unlock($1)', [commonLock]);
    },
    onDeaths(listener) {
      look = listener;
      void watchOthers();
    },
    async end() {
      isOver = true;
      clearTimeout(timer);
      const last = session;
      session = undefined;
      await last?.end();
    },
  };

  async function open(): Promise<SerialClient> {
    const client = createSerialClient(
      {
        connectionString,
        keepAlive: true,
        connectionTimeoutMillis: answerPatienceMs,
        query_timeout: answerPatienceMs,
        application_name: 'keystall presence',
      },
      error => drop(client, error),
    );
    try {
      await client.connect();
      // So that a machine that lost its power or its network does not count as alive for hours.
      await client.query('set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3');
      while (!(await tryLock(client, keyOf(worker)!))) await pause(comeBackPauseMs);
      if (hasStarted) await joinOthers(client);
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
  }

  function drop(client: SerialClient, error: unknown): void {
    if (client !== session || isOver) return;
    session = undefined;
    log.warn('presence_connection_lost', {error: errorText(error)});
    void client.end().catch(() => undefined);
    void comeBack();
  }

  async function comeBack(): Promise<void> {
    while (!isOver && !session) {
      try {
        const client = await open();
        if (isOver) return await client.end();
        session = client;
        present = new Set();
      } catch {
        await pause(comeBackPauseMs);
      }
    }
  }

  async function watchOthers(): Promise<void> {
    const asked = session;
    try {
      if (asked) await lookAround(asked);
    } catch (error) {
      log.warn('look_for_the_dead_failed', {error: errorText(error)});
    }
    if (!isOver) timer = setTimeout(() => void watchOthers(), lookPauseMs);
  }

  async function lookAround(asked: SerialClient): Promise<void> {
    const before = present;
    try {
      present = await namesIn(asked);
    } catch (error) {
      return drop(asked, error);
    }
    const now = performance.now();
    const isFirst = before.size === 0;
    const isOneMissing = [...before].some(name => !present.has(name));
    if (isFirst || isOneMissing) lookAt = now + graceMs;
    if (now < lookAt) return;
    // Should it fail, it is tried again.
    lookAt = now + graceMs;
    await look?.();
    lookAt = now + lookAnywayMs;
  }
}

async function tryLock(client: SerialClient, key: number): Promise<boolean> {
  const [row] = await client.query<{locked: boolean}>('select pg_try_advisory_lock($1, $2) as locked', [ownLocks, key]);
  return row?.locked === true;
}

async function joinOthers(client: SerialClient): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1)', [commonLock]);
}

/** The processes that PostgreSQL sees. Source: PostgreSQL, 53.13 pg_locks */
async function namesIn(client: SerialClient): Promise<ReadonlySet<string>> {
  const rows = await client.query<{name: number}>(
    `select objid as name from pg_locks
     where locktype = 'advisory' and classid = $1 and objsubid = 2 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [ownLocks],
  );
  return new Set(rows.map(({name}) => name.toString(16).padStart(8, '0')));
}

/** PostgreSQL's locks are numbered with a sign. */
function keyOf(worker: string): number | undefined {
  return /^[0-9a-f]{8}$/.test(worker) ? Number.parseInt(worker, 16) | 0 : undefined;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
