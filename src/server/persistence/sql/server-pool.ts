import pg from 'pg';
import type {Log} from '../../log.ts';
import {StoreUnavailableError} from '../store-unavailable-error.ts';
import {prepareConnections} from './prepare-connections.ts';

export interface ServerPoolOptions {
  /** Most connections at once. Default 10. */
  readonly connections?: number;
  /** How long a request waits for a connection, in milliseconds. Default 5,000. */
  readonly patienceMs?: number;
  /** How long a statement may take until the database counts as away, in milliseconds. Default 40,000. */
  readonly answerMs?: number;
}

/** A row that another process holds is waited for so long, in milliseconds. */
const lockPatienceMs = 30_000;

/** Connections to a PostgreSQL server that are waited for, and asked, within bounds. */
export function createServerPool(
  connectionString: string,
  log: Log,
  {connections = 10, patienceMs = 5_000, answerMs = lockPatienceMs + 10_000}: ServerPoolOptions = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: patienceMs,
    query_timeout: answerMs,
    // A process that hangs must not hold the others' rows for ever.
    idle_in_transaction_session_timeout: 60_000,
    lock_timeout: lockPatienceMs,
    application_name: 'keystall',
    // What is asked leaves at once, and a connection on which an answer is overdue is cut: it is of no use to the next.
    pipeline: true,
  });
  prepareConnections(pool, log);
  return pool;
}

/*
 * What pg and pg-pool say when there is no database to speak with: they have no code for it.
 * Source: pg/lib/client.js, pg-pool/index.js
 */
const noAnswer = 'Query read timeout';
const poolIsBusy = 'timeout exceeded when trying to connect';
const lostWords: ReadonlySet<string> = new Set([
  noAnswer,
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
]);

/** Node's names for a network that leads nowhere, with those of a name that nobody knows. */
const lostAtNetwork =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|ENOENT)$/;

/**
 * PostgreSQL's connection_exception, too_many_connections, admin_shutdown, crash_shutdown, cannot_connect_now,
 * idle_session_timeout and io_error. Source: PostgreSQL, Appendix A
 */
const lostAtServer = /^(08...|53300|57P0[1235]|58030)$/;

/** The error in our words, where it says that there is no database to speak with. */
export function storeUnavailable(error: unknown): StoreUnavailableError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if (error.message === poolIsBusy || code === '53300') return new StoreUnavailableError('busy', {cause: error});
  const isAway = lostWords.has(error.message) || lostAtNetwork.test(code) || lostAtServer.test(code);
  return isAway ? new StoreUnavailableError('away', {cause: error}) : undefined;
}
