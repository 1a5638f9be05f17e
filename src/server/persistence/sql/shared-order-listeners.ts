import pg from 'pg';
import type {Log} from '../../log.ts';
import {errorText} from '../../jobs/retry.ts';
import {createOrderListeners, type OrderListeners} from '../order-listeners.ts';

/** Listeners who hear also of what the other processes on the same PostgreSQL change. */
export interface SharedOrderListeners extends OrderListeners {
  end(): Promise<void>;
}

const channel = 'keystall_order_changed';
/** Said instead of ids when they would not fit: a payload has less than 8,000 bytes. */
const anyOrder = '*';
const mostIdsAtOnce = 150;

const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** A connection that was cut without a word is noticed by asking. */
const askEveryMs = 10_000;
const patienceMs = 5_000;

/**
 * Tells the other processes by NOTIFY and hears them by LISTEN, on one connection of its own.
 *
 * The news leaves after the commit, many orders in one statement: a NOTIFY within the transactions would make all commits
 * of the database wait for each other. Nothing may rest on it alone, since a process can die in between. Whenever the
 * connection comes (back), everybody looks again, because what was said meanwhile was not heard.
 */
export function shareOrderListeners(connectionString: string, log: Log): SharedOrderListeners {
  const here = createOrderListeners();
  const self = crypto.randomUUID();
  const abandoned = new WeakSet<pg.Client>();
  const untold = new Set<string>();
  let client: pg.Client | undefined;
  let telling: Promise<void> | undefined;
  let hasEnded = false;
  let pauseMs = firstPauseMs;
  let again: ReturnType<typeof setTimeout> | undefined;
  let connecting = connect();

  const asking = setInterval(() => {
    client?.query('select 1').catch(error => lost(error));
  }, askEveryMs);
  asking.unref();

  return {
    add: here.add,
    announce(orderIds) {
      const ids = [...orderIds];
      here.announce(ids);
      keepUntold(ids);
      tell();
    },
    announceAll: here.announceAll,
    async end() {
      hasEnded = true;
      clearInterval(asking);
      clearTimeout(again);
      await connecting;
      // The last words: others may wait for just these.
      await telling;
      await client?.end().catch(() => undefined);
    },
  };

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString,
      keepAlive: true,
      connectionTimeoutMillis: patienceMs,
      query_timeout: patienceMs,
      application_name: 'keystall listener',
    });
    next.on('error', error => lost(error, next));
    next.on('end', () => lost(undefined, next));
    next.on('notification', ({payload = ''}) => {
      const [speaker, ...ids] = payload.split(' ');
      // What this process said itself was announced at once.
      if (speaker === self) return;
      if (ids[0] === anyOrder) here.announceAll();
      else here.announce(ids);
    });
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch (error) {
      lost(error, next);
      return;
    }
    client = next;
    pauseMs = firstPauseMs;
    here.announceAll();
    tell();
  }

  /** Lets go of a connection, once, and tries again after a pause that grows. */
  function lost(error?: unknown, which = client): void {
    if (which === undefined || abandoned.has(which)) return;
    abandoned.add(which);
    if (client === which) client = undefined;
    which.end().catch(() => undefined);
    if (hasEnded) return;
    log.warn('order_listener_lost', {error: error === undefined ? 'the connection ended' : errorText(error)});
    again = setTimeout(() => (connecting = connect()), pauseMs);
    again.unref();
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }

  function tell(): void {
    telling ??= tellAll().finally(() => (telling = undefined));
  }

  /** One more than can be said is enough to know that it is too many to name. */
  function keepUntold(ids: readonly string[]): void {
    for (const id of ids) if (untold.size <= mostIdsAtOnce) untold.add(id);
  }

  async function tellAll(): Promise<void> {
    while (client && untold.size > 0) {
      const ids = [...untold];
      untold.clear();
      const what = ids.length > mostIdsAtOnce ? anyOrder : ids.join(' ');
      const by = client;
      try {
        await by.query('select pg_notify($1, $2)', [channel, `${self} ${what}`]);
      } catch (error) {
        keepUntold(ids);
        lost(error, by);
      }
    }
  }
}
