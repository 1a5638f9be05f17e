import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {setImmediate as immediate} from 'node:timers/promises';
import pg from 'pg';
import {systemClock} from '../../../src/server/clock.ts';
import {openStore, type OpenedStore} from '../../../src/server/persistence/open.ts';
import {startPostgres, type TestPostgres} from '../../support/postgres.ts';
import {anOrder} from './record-builders.ts';

describe('a database connection that is cut', () => {
  let postgres: TestPostgres;
  let database: pg.Client;
  let opened: OpenedStore;

  before(async () => {
    postgres = await startPostgres();
    const databaseUrl = await postgres.createDatabase();
    opened = await openStore({databaseUrl, clock: systemClock});
    database = new pg.Client({connectionString: databaseUrl});
    await database.connect();
  });

  after(async () => {
    await database.end();
    await opened.close();
    await postgres.stop();
  });

  it('between two statements of a transaction ends the transaction, and not the process', async () => {
    const {store} = opened;
    // Of what ends a process the test runner makes a note only.
    const uncaught: Error[] = [];
    const onUncaught = (error: Error) => uncaught.push(error);
    process.on('uncaughtExceptionMonitor', onUncaught);
    const [lost, kept] = [anOrder(), anOrder()];
    const work = store.transaction(async tx => {
      await tx.insertOrder(lost);
      assert.equal((await tx.order(lost.id))?.id, lost.id);
      const {rows} = await database.query(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
         where application_name = 'keystall' and state = 'idle in transaction'`,
      );
      assert.equal(rows.length, 1);
      // The news is there: it is read in the next round of the event loop, while no statement waits that would hear it.
      for (let rounds = 0; rounds < 3; rounds++) await immediate();
      await tx.insertOrder(kept);
    });
    await assert.rejects(work, {name: 'StoreUnavailableError', reason: 'away'});
    process.off('uncaughtExceptionMonitor', onUncaught);
    assert.deepEqual(uncaught, []);
    await store.transaction(tx => tx.insertOrder(kept));
    assert.equal((await store.order(kept.id))?.id, kept.id);
    assert.equal(await store.order(lost.id), undefined);
  });
});
