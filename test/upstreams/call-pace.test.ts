import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {createPace, pause} from '../../src/upstreams/call-pace.ts';

const patient = new AbortController().signal;

/** A clock on which waiting takes no time of ours. */
function fakeClock() {
  let time = 0;
  return {
    now: () => time,
    pause: async (milliseconds: number) => void (time += milliseconds),
    pass: (milliseconds: number) => void (time += milliseconds),
  };
}

const answered = async () => undefined;

test('however calls come, no span of time has more of them than are allowed, and none waits longer than it must', () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({min: 1, max: 4}),
      fc.array(fc.record({gap: fc.nat(3000), onItsWay: fc.nat(500)}), {maxLength: 30}),
      async (calls, plan) => {
        const clock = fakeClock();
        const pace = createPace({calls, perMs: 1000}, clock);
        const arrivals: number[] = [];
        const answers: number[] = [];
        for (const {gap, onItsWay} of plan) {
          clock.pass(gap);
          const asked = clock.now();
          const before = answers.at(-calls);
          await pace(patient, async () => {
            assert.equal(clock.now(), before === undefined ? asked : Math.max(asked, before + 1020));
            clock.pass(onItsWay);
            arrivals.push(clock.now());
          });
          answers.push(clock.now());
        }
        for (const [index, time] of arrivals.entries()) {
          const within = arrivals.slice(index).filter(other => other - time < 1000);
          assert.ok(within.length <= calls);
        }
      },
    ),
  ));

test('calls that come together go one after the other, also when one fails', async () => {
  const clock = fakeClock();
  const pace = createPace({calls: 1, perMs: 1000}, clock);
  const times: number[] = [];
  const call = async () => void times.push(clock.now());
  const failing = pace(patient, async () => {
    throw new Error('down');
  });
  await Promise.all([assert.rejects(failing, /down/), pace(patient, call), pace(patient, call)]);
  assert.deepEqual(times, [1020, 2040]);
});

test('a clock that was put back holds nobody up for longer than the time', async () => {
  const clock = fakeClock();
  const pace = createPace({calls: 1, perMs: 1000}, clock);
  await pace(patient, answered);
  clock.pass(-1_000_000);
  const before = clock.now();
  await pace(patient, answered);
  assert.equal(clock.now() - before, 1020);
});

test('whoever stops waiting is not made to wait', async () => {
  const impatient = new AbortController();
  const waiting = pause(60_000, impatient.signal);
  impatient.abort();
  await assert.rejects(waiting, {name: 'AbortedError'});
  await assert.rejects(pause(0, impatient.signal), {name: 'AbortedError'});
  await pause(0, patient);
});
