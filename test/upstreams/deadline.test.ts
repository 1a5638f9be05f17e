import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AbortedError, DeadlineError, withDeadline} from '../../src/upstreams/deadline.ts';

const never = () => new Promise<never>(() => {});

test('a task in time gives its result', async () => {
  assert.equal(await withDeadline(new AbortController().signal, 1000, async () => 'done'), 'done');
});

test('time up ends the wait and aborts the task, even one that ignores it', async t => {
  t.mock.timers.enable({apis: ['setTimeout']});
  let inner: AbortSignal | undefined;
  const waiting = withDeadline(new AbortController().signal, 1000, signal => {
    inner = signal;
    return never();
  });
  t.mock.timers.tick(999);
  assert.equal(inner?.aborted, false);
  t.mock.timers.tick(1);
  await assert.rejects(waiting, DeadlineError);
  assert.equal(inner?.aborted, true);
});

test('the caller’s abort ends the wait; an aborted caller starts nothing', async () => {
  const controller = new AbortController();
  const waiting = withDeadline(controller.signal, 1000, never);
  controller.abort();
  await assert.rejects(waiting, AbortedError);
  await assert.rejects(
    withDeadline(controller.signal, 1000, () => assert.fail('must not start')),
    AbortedError,
  );
});
