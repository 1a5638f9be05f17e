import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {systemClock} from '../../../src/server/clock.ts';
import type {Job} from '../../../src/server/jobs.ts';
import {createMemoryJobs} from '../../../src/server/jobs/memory-jobs.ts';
import {createMemoryStore} from '../../../src/server/persistence/memory-store.ts';
import {jobsContract} from './jobs-contract.ts';

jobsContract('memory', async () => {
  const jobs = createMemoryJobs({clock: systemClock, pause: () => 10});
  const store = createMemoryStore({clock: systemClock, queue: jobs});
  return {store, jobs, close: () => jobs.stop()};
});

describe('jobs in memory, on a clock moved by hand', () => {
  const job: Job = {type: 'check_payment', paymentId: 'p'};

  function clockAt(start: number) {
    let now = start;
    return {now: () => now, moveTo: (time: number) => void (now = time)};
  }

  it('start when the clock says so', async () => {
    const clock = clockAt(1_000);
    const jobs = createMemoryJobs({clock});
    const runs: number[] = [];
    await jobs.start(async () => void runs.push(clock.now()));
    await jobs.send(job, {startAt: 5_000});
    await jobs.idle();
    assert.deepEqual(runs, []);
    assert.deepEqual(jobs.waiting(), [{job, startAt: 5_000}]);
    clock.moveTo(5_000);
    jobs.wake();
    await jobs.idle();
    assert.deepEqual(runs, [5_000]);
    assert.deepEqual(jobs.waiting(), []);
    await jobs.stop();
  });

  it('are tried again with growing pauses', async () => {
    const clock = clockAt(0);
    const jobs = createMemoryJobs({clock});
    await jobs.start(async () => {
      throw new Error('no');
    });
    await jobs.send(job);
    const pauses: number[] = [];
    for (let failures = 1; failures <= 12; failures++) {
      await jobs.idle();
      const [next] = jobs.waiting();
      pauses.push(next!.startAt! - clock.now());
      clock.moveTo(next!.startAt!);
      jobs.wake();
    }
    await jobs.stop();
    for (const [index, pause] of pauses.entries()) {
      const whole = 2 ** (index + 1) * 1_000;
      assert.ok(pause <= Math.min(whole, 300_000) && pause >= Math.min(whole / 2, 300_000), `pause ${index}: ${pause}`);
    }
  });
});
