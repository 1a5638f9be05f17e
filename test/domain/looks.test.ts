import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {beginLook, endLook, isLookedAtInVain, nextLookAt, type Looks} from '../../src/domain/looks.ts';

const absentAfterMs = 120_000;
const none: Looks = {reconciliations: 0};
const minuteMs = 60_000;

/** One look as a process makes it, up to where it is cut off. */
function look(before: Looks, at: number, end: 'cut off' | 'absent' | 'silent'): Looks {
  const {looks} = beginLook(before, at, absentAfterMs);
  return end === 'cut off' ? looks : endLook(looks, before, end === 'absent', at);
}

describe('looks into a lost answer', () => {
  it('come less and less often, and after the fifth that came to an end a person is called', () => {
    const pauses: (number | undefined)[] = [];
    let [looks, now] = [none, 0];
    for (let next = nextLookAt(looks, now, undefined); ; next = nextLookAt(looks, now, undefined)) {
      pauses.push(next && next - now);
      if (next === undefined) break;
      now = next;
      looks = look(looks, now, 'silent');
    }
    assert.deepEqual(pauses, [1000, 5000, 20_000, 60_000, 300_000, undefined]);
  });

  it('do not call a person because a few of them were cut off, however close to each other', () => {
    let looks = none;
    for (let kill = 0; kill < 20; kill++) looks = look(looks, kill * 1000, 'cut off');
    assert.equal(nextLookAt(look(looks, 20_000, 'silent'), 20_000, undefined), 25_000);
    assert.equal(isLookedAtInVain(looks, 20_000), false);
    assert.equal(isLookedAtInVain(looks, 15 * minuteMs), true);
  });

  it('that may send again are due as soon as the order has been missing for long', () => {
    const looks = [1000, 6000, 26_000].reduce((before, at) => look(before, at, 'absent'), none);
    assert.equal(look(looks, 86_000, 'absent').absentSince, 1000);
    assert.equal(nextLookAt(look(looks, 86_000, 'absent'), 86_000, absentAfterMs), 121_000);
    const many = [27_000, 28_000, 29_000].reduce((before, at) => look(before, at, 'absent'), looks);
    assert.equal(nextLookAt(many, 29_000, absentAfterMs), 121_000, 'also when there were enough in vain');
    assert.equal(nextLookAt(look(many, 121_000, 'silent'), 121_000, absentAfterMs), undefined);
    assert.equal(beginLook(looks, 120_999, absentAfterMs).isLongAbsent, false);
    assert.equal(beginLook(looks, 121_000, absentAfterMs).isLongAbsent, true);
    assert.equal(beginLook(looks, 121_000, undefined).isLongAbsent, false);
  });

  it('that sent nothing leave the absence as it was, and silence proves neither', () => {
    const absent = look(none, 0, 'absent');
    assert.equal(look(absent, 500_000, 'absent').absentSince, 0);
    assert.equal(look(absent, 60_000, 'silent').absentSince, 0);
    assert.equal(look(absent, 60_000, 'cut off').absentSince, 0);
  });

  const step = fc.record({
    pause: fc.integer({min: 0, max: 4 * minuteMs}),
    end: fc.constantFrom('cut off' as const, 'absent' as const, 'silent' as const),
  });

  it('send again only when the order was missing for long and nothing was sent meanwhile, whoever is killed', () => {
    fc.assert(
      fc.property(fc.array(step, {maxLength: 40}), steps => {
        let [looks, now] = [none, 0];
        /** When something may have been sent last, and the first time since that the order was said to be missing. */
        let sentAt = 0;
        let missingSince: number | undefined;
        for (const {pause, end} of steps) {
          now += pause;
          if (beginLook(looks, now, absentAfterMs).isLongAbsent) {
            assert.ok(missingSince !== undefined && missingSince >= sentAt);
            assert.ok(now - missingSince >= absentAfterMs);
            if (end !== 'absent') [sentAt, missingSince] = [now, undefined];
          }
          if (end === 'absent') missingSince ??= now;
          looks = look(looks, now, end);
        }
      }),
    );
  });

  it('come to a person within half an hour, whatever they see and whoever is killed', () => {
    fc.assert(
      fc.property(fc.infiniteStream(step), steps => {
        let [looks, now] = [none, 0];
        for (const {pause, end} of steps) {
          const next = nextLookAt(looks, now, absentAfterMs);
          if (next === undefined) break;
          // A look that was cut off is taken up by the next process, at the latest when its lease is over.
          now = looks.reconciliations > (looks.endedLooks ?? 0) ? now + Math.min(pause, 85_000) : next;
          if (isLookedAtInVain(looks, now)) break;
          looks = look(looks, now, end);
        }
        assert.ok(now < 30 * minuteMs, `${now / minuteMs} minutes`);
      }),
    );
  });
});
