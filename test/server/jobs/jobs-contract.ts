import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import type {Job, JobHandler, Jobs} from '../../../src/server/jobs.ts';
import {subjectOf} from '../../../src/server/jobs/queued-job.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {anOrder} from '../persistence/record-builders.ts';

export interface JobsUnderTest {
  readonly store: Store;
  readonly jobs: Jobs;
  close(): Promise<void>;
}

/** What every {@link Jobs} keeps to, together with the store whose transactions feed it. */
export function jobsContract(name: string, open: () => Promise<JobsUnderTest>) {
  describe(`jobs: ${name}`, () => {
    let store: Store;
    let jobs: Jobs;
    let close: () => Promise<void>;
    const handlers = new Map<string, JobHandler>();
    /** Runs that nobody asked for. */
    const unexpected: string[] = [];

    before(async () => {
      ({store, jobs, close} = await open());
      const waiting = aJob();
      const runs = counted(waiting);
      for (let time = 0; time < 5; time++) {
        await store.transaction(tx => tx.enqueue(waiting));
        await jobs.send(waiting);
      }
      await jobs.start(async (job, signal) => {
        const handler = handlers.get(subjectOf(job));
        if (handler) await handler(job, signal);
        else unexpected.push(subjectOf(job));
      });
      await runs.reached(1);
      await passed();
      collapsed = runs.count();
    });
    after(() => close());
    let collapsed = 0;

    function aJob(): Job {
      return {type: 'procure', procurementId: randomUUID()};
    }

    /** Counts the runs of a job. `during` is what its handler does, told which run it is, from 1. */
    function counted(job: Job, during: (run: number, signal: AbortSignal) => Promise<void> = async () => {}) {
      let runs = 0;
      const waiters: {readonly runs: number; readonly resolve: () => void}[] = [];
      handlers.set(subjectOf(job), async (_, signal) => {
        runs++;
        for (const waiter of waiters) if (runs >= waiter.runs) waiter.resolve();
        await during(runs, signal);
      });
      return {
        count: () => runs,
        reached: (wanted: number) =>
          new Promise<void>(resolve => (runs >= wanted ? resolve() : waiters.push({runs: wanted, resolve}))),
      };
    }

    /** All that was due before has been taken by now. */
    async function passed(): Promise<void> {
      const marker = aJob();
      const run = counted(marker);
      await jobs.send(marker);
      await run.reached(1);
    }

    it('runs a job that waits, once, however often it was asked for', () => {
      assert.equal(collapsed, 1);
    });

    it('runs what a transaction enqueued, once', async () => {
      const job = aJob();
      const runs = counted(job);
      await store.transaction(async tx => {
        await tx.enqueue(job);
        await tx.enqueue(job);
      });
      await runs.reached(1);
      await passed();
      assert.equal(runs.count(), 1);
    });

    it('forgets what a transaction enqueued when it is rolled back', async () => {
      const job = aJob();
      const runs = counted(job);
      const running = store.transaction(async tx => {
        await tx.enqueue(job);
        throw new Error('no');
      });
      await assert.rejects(running);
      await passed();
      assert.equal(runs.count(), 0);
    });

    it('hands the job over as it was given', async () => {
      const job: Job = {type: 'sync_catalogue', connectionId: `店 ${randomUUID()}`};
      const {promise, resolve} = Promise.withResolvers<Job>();
      handlers.set(subjectOf(job), async given => resolve(given));
      await jobs.send(job);
      assert.deepEqual(await promise, job);
    });

    it('runs again what is asked for while it runs, and not beside itself', async () => {
      const job = aJob();
      let inside = 0;
      let most = 0;
      const {promise: mayEnd, resolve: letEnd} = Promise.withResolvers<void>();
      const runs = counted(job, async run => {
        most = Math.max(most, ++inside);
        if (run === 1) await mayEnd;
        inside--;
      });
      await jobs.send(job);
      await runs.reached(1);
      await store.transaction(tx => tx.enqueue(job));
      await jobs.send(job);
      await passed();
      assert.equal(runs.count(), 1);
      letEnd();
      await runs.reached(2);
      await passed();
      assert.equal(runs.count(), 2);
      assert.equal(most, 1);
    });

    it('tries again after a failure', async () => {
      const job = aJob();
      const runs = counted(job, async run => {
        if (run === 1) throw new Error('not yet');
      });
      await jobs.send(job);
      await runs.reached(2);
    });

    it('tells about whom no job waits, runs or is tried again', async () => {
      const [later, running, failing, done, never] = [aJob(), aJob(), aJob(), aJob(), aJob()];
      const forgotten = (asked: readonly Job[]) => store.transaction(tx => tx.forgottenJobs(asked));
      const {promise: mayEnd, resolve: letEnd} = Promise.withResolvers<void>();
      let fails = true;
      const runs = [
        counted(running, () => mayEnd),
        counted(failing, async () => {
          if (fails) throw new Error('not yet');
        }),
        counted(done),
      ];
      await store.transaction(async tx => {
        await tx.enqueue(later, {startAt: Date.now() + 3_600_000});
        for (const job of [running, failing, done]) await tx.enqueue(job);
      });
      await Promise.all(runs.map(run => run.reached(1)));
      assert.deepEqual(await forgotten([later, running, failing, never]), [never]);
      assert.deepEqual(await forgotten([]), []);
      fails = false;
      letEnd();
      const ended = [running, failing, done];
      while ((await forgotten(ended)).length < ended.length) await passed();
    });

    it('waits until a job may start, and keeps that time beside a look at once', async () => {
      const job = aJob();
      // Later than what happens before it takes on the busiest of machines.
      const startAt = Date.now() + 2_000;
      const starts: number[] = [];
      const runs = counted(job, async () => void starts.push(Date.now()));
      // What is made in the same transaction cannot have a job yet: the first is put there without a look.
      const order = anOrder();
      const own: Job = {type: 'expire_order', orderId: order.id};
      const ownRuns = counted(own);
      await store.transaction(async tx => {
        await tx.insertOrder(order);
        for (const asked of [job, own]) {
          await tx.enqueue(asked, {startAt: startAt + 60_000});
          await tx.enqueue(asked, {startAt});
          await tx.enqueue(asked, {startAt: startAt + 90_000});
        }
      });
      await passed();
      assert.equal(runs.count() + ownRuns.count(), 0);
      await jobs.send(job);
      await runs.reached(1);
      await Promise.all([runs.reached(2), ownRuns.reached(1)]);
      assert.ok(starts[1]! >= startAt - 5, `${startAt - starts[1]!} ms early`);
      assert.ok(starts[1]! < startAt + 50_000, `${starts[1]! - startAt} ms late`);
    });

    it('runs several subjects side by side', async () => {
      const together = 4;
      let inside = 0;
      const {promise: all, resolve} = Promise.withResolvers<void>();
      const subjects = Array.from({length: together}, aJob);
      for (const job of subjects) {
        counted(job, async () => {
          if (++inside === together) resolve();
          await all;
        });
      }
      await store.transaction(async tx => {
        for (const job of subjects) await tx.enqueue(job);
      });
      await all;
    });

    it('works off a pile without pausing in between', async () => {
      const pile = Array.from({length: 60}, aJob);
      const runs = pile.map(job => counted(job));
      const begun = performance.now();
      await store.transaction(async tx => {
        for (const job of pile) await tx.enqueue(job);
      });
      await Promise.all(runs.map(run => run.reached(1)));
      // One pause each would be half a minute and more, however slow the machine is.
      assert.ok(performance.now() - begun < 25_000, `took ${performance.now() - begun} ms`);
    });

    // The last one: afterwards nothing runs any more.
    it('stops after what runs has ended, and takes nothing more', async () => {
      const job = aJob();
      const {promise: mayEnd, resolve: letEnd} = Promise.withResolvers<void>();
      let ended = false;
      const runs = counted(job, async (_, signal) => {
        await mayEnd;
        ended = !signal.aborted;
      });
      await jobs.send(job);
      await runs.reached(1);
      const stopped = jobs.stop();
      letEnd();
      await stopped;
      assert.equal(ended, true);
      assert.deepEqual(unexpected, []);
    });
  });
}
