import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {systemClock} from '../../../src/server/clock.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {startPostgres, type TestPostgres} from '../../support/postgres.ts';
import {keptOrders, numbers, runAll, writeAndKill} from './killed-writer.ts';

describe('a shop process on a PostgreSQL server, killed while it writes', () => {
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres.stop());

  it('leaves everything it acknowledged, and jobs that run again at once when it was alone', async () => {
    const databaseUrl = await postgres.createDatabase();
    const said = await writeAndKill(databaseUrl, 0, 40);
    const opened = await openStore({databaseUrl, clock: systemClock});
    const kept = await keptOrders(opened);
    for (const index of numbers(said, 'kept')) assert.ok(kept.has(index), `order ${index} is gone`);
    const waited = await runAll(opened, kept);
    await opened.close();
    assert.ok(waited < 5_000, `the last job ran after ${waited} ms`);
  });

  it('leaves jobs to another process that runs all the while', async () => {
    const databaseUrl = await postgres.createDatabase();
    const other = await openStore({databaseUrl, clock: systemClock});
    const seen = new Set<number>();
    const {promise: kept, resolve: isKept} = Promise.withResolvers<ReadonlySet<number>>();
    const {promise: all, resolve: sawAll} = Promise.withResolvers<void>();
    const checkAll = async () => seen.size === (await kept).size && sawAll();
    await other.jobs.start(async job => {
      if (job.type === 'procure') seen.add(Number(job.procurementId.replace('procurement-', '')));
      void checkAll();
    });
    const said = await writeAndKill(databaseUrl, 0, 40);
    assert.ok(numbers(said, 'running').length > 0, 'the killed process had no job in hand');
    isKept(await keptOrders(other));
    await all;
    await other.close();
  });
});
