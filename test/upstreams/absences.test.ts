import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createAbsences} from '../../src/upstreams/absences.ts';

test('an absence lasts from the first time that it was said, and begins anew once the reference was settled', () => {
  let now = 0;
  const absences = createAbsences(() => now, 1000);
  const saidAt = (at: number) => {
    now = at;
    return absences.isLasting('a');
  };
  assert.deepEqual([0, 500, 999, 1000, 5000].map(saidAt), [false, false, false, true, true]);
  assert.equal(absences.isLasting('b'), false, 'every reference has its own');
  absences.forget('a');
  assert.deepEqual([5001, 6000, 6001].map(saidAt), [false, false, true]);
});
