import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {inParallel} from '../../src/upstreams/in-parallel.ts';

test('results come in the order of the items, and never more run at once than said, whatever the schedule', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.nat(), {maxLength: 12}),
      fc.integer({min: 1, max: 4}),
      async (schedule, items, atOnce) => {
        let running = 0;
        let most = 0;
        const done = inParallel(items, atOnce, async item => {
          running += 1;
          most = Math.max(most, running);
          await schedule.schedule(Promise.resolve());
          running -= 1;
          return item * 2;
        });
        await schedule.waitFor(done);
        assert.deepEqual(
          await done,
          items.map(item => item * 2),
        );
        assert.ok(most <= atOnce);
      },
    ),
  );
});

test('after a failure nothing new begins, and the failure is told', async () => {
  const begun: number[] = [];
  const failing = inParallel([1, 2, 3, 4, 5], 2, async item => {
    begun.push(item);
    await Promise.resolve();
    if (item === 1) throw new Error('first');
  });
  await assert.rejects(failing, /first/);
  assert.deepEqual(begun.slice(0, 2), [1, 2]);
  assert.ok(begun.length < 5);
});
