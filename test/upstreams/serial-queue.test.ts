import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {AbortedError} from '../../src/upstreams/deadline.ts';
import {createSerialQueue} from '../../src/upstreams/serial-queue.ts';

const patient = new AbortController().signal;

test('one task at a time, in order, whatever the schedule and whichever fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean(), {maxLength: 6}), async (scheduler, failures) => {
      const inTurn = createSerialQueue();
      const started: number[] = [];
      let running = 0;
      const all = failures.map((fails, index) =>
        inTurn(patient, async () => {
          started.push(index);
          running++;
          assert.equal(running, 1);
          await scheduler.schedule(Promise.resolve(), `task ${index}`);
          running--;
          if (fails) throw new Error('failed');
          return index;
        }),
      );
      const settled = Promise.allSettled(all);
      await scheduler.waitFor(settled);
      assert.deepEqual(
        (await settled).map(({status}) => status === 'rejected'),
        failures,
      );
      assert.deepEqual(started, [...failures.keys()]);
    }),
    {numRuns: 50},
  );
});

test('a task aborted while it waits never starts, and the next one does', async () => {
  const inTurn = createSerialQueue();
  let release!: () => void;
  const first = inTurn(patient, () => new Promise<void>(resolve => (release = resolve)));
  const controller = new AbortController();
  const second = inTurn(controller.signal, () => assert.fail('must not start'));
  const third = inTurn(patient, async () => 'third');
  controller.abort();
  await assert.rejects(second, AbortedError);
  release();
  await first;
  assert.equal(await third, 'third');
});
