import pg from 'pg';
import type {Log} from '../log.ts';
import {errorText} from './retry.ts';

/** Any number that nothing else in the database uses: 'keyst' in ASCII. */
const lockKey = 0x6b65797374;

/** Finds out whether other processes work on the same queue. */
export interface Rivals {
  /** Calls `work` if there is none, and keeps others from starting meanwhile. From then on others see this process. */
  run(work: () => Promise<void>): Promise<void>;
  end(): Promise<void>;
}

/**
 * Every process that works on the queue holds one advisory lock together with the others, on a connection of its own;
 * the server drops it when the process dies. Who can have the lock alone is alone.
 * A connection that is lost later is not replaced: then a starting process may run a job again that runs here, which
 * jobs allow.
 */
export function withoutRivals(connectionString: string, log: Log): Rivals {
  const client = new pg.Client({connectionString, keepAlive: true, application_name: 'keystall presence'});
  client.on('error', error => log.warn('presence_connection_lost', {error: errorText(error)}));
  let connected = false;
  return {
    async run(work) {
      connected = true;
      await client.connect();
      const {rows} = await client.query<{alone: boolean}>('select pg_try_advisory_lock($1) as alone', [lockKey]);
      const alone = rows[0]?.alone === true;
      if (alone) await work();
      await client.query('select pg_advisory_lock_shared($1)', [lockKey]);
      if (alone) await client.query('select pg_advisory_unlock($1)', [lockKey]);
    },
    async end() {
      if (connected) await client.end();
    },
  };
}
