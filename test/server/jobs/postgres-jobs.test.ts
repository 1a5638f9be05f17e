import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {systemClock} from '../../../src/server/clock.ts';
import type {Job} from '../../../src/server/jobs.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {startPostgres, type TestPostgres} from '../../support/postgres.ts';
import {jobsContract} from './jobs-contract.ts';

let postgres: TestPostgres;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres.stop());

const openDatabase = async () => openStore({databaseUrl: await postgres.createDatabase(), clock: systemClock});

jobsContract('PostgreSQL', openDatabase);

describe('jobs and transactions in flight', () => {
  it('hold back a waiting job that a transaction asks for, until it has committed', async () => {
    const {store, jobs, close} = await openDatabase();
    const job: Job = {type: 'procure', procurementId: 'p'};
    const marker: Job = {type: 'sweep'};
    const runs: string[] = [];
    const {promise: markerRan, resolve: markerDone} = Promise.withResolvers<void>();
    const {promise: jobRan, resolve: jobDone} = Promise.withResolvers<void>();
    const {promise: asked, resolve: hasAsked} = Promise.withResolvers<void>();
    const {promise: mayCommit, resolve: letCommit} = Promise.withResolvers<void>();
    await jobs.send(job);
    const running = store.transaction(async tx => {
      await tx.enqueue(job);
      await tx.claimIntent({intent: 'i', requestHash: 'h', orderId: 'o', claimedAt: 1});
      hasAsked();
      await mayCommit;
    });
    await asked;
    await jobs.start(async taken => {
      if (taken.type === 'sweep') return markerDone();
      runs.push((await store.intent('i')) ? 'sees the claim' : 'too early');
      jobDone();
    });
    // The marker shows that jobs are taken while the transaction is open.
    await jobs.send(marker);
    await markerRan;
    assert.deepEqual(runs, []);
    letCommit();
    await running;
    await jobRan;
    assert.deepEqual(runs, ['sees the claim']);
    await close();
  });

  it('two processes share the work', async () => {
    const databaseUrl = await postgres.createDatabase();
    const opened = await Promise.all([1, 2].map(() => openStore({databaseUrl, clock: systemClock})));
    const ids = Array.from({length: 40}, (_, index) => `${index}`);
    const runs: string[] = [];
    const {promise: all, resolve} = Promise.withResolvers<void>();
    for (const {jobs} of opened) {
      await jobs.start(async job => {
        if (job.type === 'procure') runs.push(job.procurementId);
        if (runs.length === ids.length) resolve();
      });
    }
    await opened[0]!.store.transaction(async tx => {
      for (const procurementId of ids) await tx.enqueue({type: 'procure', procurementId});
    });
    await all;
    await Promise.all(opened.map(({close}) => close()));
    assert.deepEqual(runs.sort(), ids.sort());
  });
});
