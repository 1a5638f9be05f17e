import type pg from 'pg';
import type {Log} from '../../log.ts';
import {sendTogether} from './sent-together.ts';
import {createStatementNames, nameStatements} from './statement-names.ts';

/**
 * Has what a pool's connections are asked planned once and sent together. They have to be in pipeline mode.
 * @param begin what a transaction begins with; `begin` if nothing is given
 */
export function prepareConnections(pool: pg.Pool, log: Log, begin?: () => string): void {
  const names = createStatementNames();
  pool.on('error', error => log.error('database_connection_lost', {error: error.message}));
  pool.on('connect', client => {
    // Between two statements of a transaction nobody else hears it, and what nobody hears ends the process. The next
    // statement fails by it, and with it the transaction.
    client.on('error', () => undefined);
    nameStatements(client, names, log);
    sendTogether(client, begin);
  });
}
