import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {nextSync, pauseAfter, spreadOf, type SyncPace} from '../../../src/server/catalogue/sync-plan.ts';
import type {CatalogueSyncRecord, SyncRun} from '../../../src/server/persistence/records.ts';

const minute = 60_000;
const hour = 60 * minute;
const pace: SyncPace = {fullEveryMs: hour, changesEveryMs: 5 * minute};
const counts = {pages: 0, goods: 0, nested: 0, written: 0, paused: 0, left: 0};
const summary = (startedAt: number) => ({startedAt, endedAt: startedAt + 1, counts, left: []});
const aRecord = (overrides: Partial<CatalogueSyncRecord> = {}): CatalogueSyncRecord => ({
  connectionId: 'main',
  failures: 0,
  ...overrides,
});
const aRun = (overrides: Partial<SyncRun> = {}): SyncRun => ({
  id: 'run',
  worker: 'worker',
  reading: 'full',
  startedAt: 0,
  leaseUntil: 0,
  turns: {},
  counts,
  left: [],
  ...overrides,
});

describe('the next step of a sync', () => {
  it('is to read everything when nothing was ever read', () => {
    assert.deepEqual(nextSync(aRecord(), pace, 5, 0), {kind: 'begin', reading: 'full'});
  });

  it('is to leave a reading alone that somebody may be at, even if a person asks', () => {
    const record = aRecord({run: aRun({leaseUntil: 100}), isWanted: true});
    assert.deepEqual(nextSync(record, pace, 99, 0), {kind: 'rest', until: 100});
  });

  it('is to go on with one that was cut off, and to begin anew when that is too long ago or a person asks', () => {
    const run = aRun();
    assert.deepEqual(nextSync(aRecord({run, lastFull: summary(-hour)}), pace, hour - 1, 0), {kind: 'go_on', run});
    const anew = {kind: 'begin', reading: 'full'};
    assert.deepEqual(nextSync(aRecord({run, lastFull: summary(0)}), pace, hour, 1), anew);
    assert.deepEqual(nextSync(aRecord({run, isWanted: true}), pace, 1, 0), anew);
  });

  it('is what changed since the last reading began, a little more than that', () => {
    const record = aRecord({lastFull: summary(hour), lastChanges: summary(hour + 6 * minute)});
    assert.deepEqual(nextSync(record, pace, hour + 11 * minute, 0), {
      kind: 'begin',
      reading: 'changes',
      since: hour + 4 * minute,
    });
  });

  const records = fc.record(
    {
      connectionId: fc.constant('main'),
      failures: fc.nat(20),
      lastFull: fc.option(fc.nat(10 * hour).map(summary), {nil: undefined}),
      lastChanges: fc.option(fc.nat(10 * hour).map(summary), {nil: undefined}),
      notBefore: fc.option(fc.nat(12 * hour), {nil: undefined}),
      run: fc.option(
        fc
          .record({startedAt: fc.nat(10 * hour), lease: fc.nat(hour), reading: fc.constantFrom('full', 'changes')})
          .map(({startedAt, lease, reading}) => aRun({startedAt, leaseUntil: startedAt + lease, reading})),
        {nil: undefined},
      ),
    },
    {requiredKeys: ['connectionId', 'failures']},
  ) as fc.Arbitrary<CatalogueSyncRecord>;

  it('C2: is never before the platform wants it, never beside another one, never two full ones within an interval', () => {
    fc.assert(
      fc.property(records, fc.nat(20 * hour), fc.double({min: 0, max: 1, noNaN: true}), (record, now, spread) => {
        const step = nextSync(record, pace, now, spread);
        if (step.kind === 'rest') return assert.ok(step.until > now);
        assert.ok(now >= (record.notBefore ?? 0));
        assert.ok(now >= (record.run?.leaseUntil ?? 0));
        if (step.kind === 'begin' && step.reading === 'full' && record.lastFull && !record.run) {
          assert.ok(now - record.lastFull.startedAt >= pace.fullEveryMs);
        }
        if (step.kind === 'begin' && step.reading === 'changes') assert.ok(step.since < now);
      }),
    );
  });

  it('comes at last: whoever looks at the moment that is named finds something to do', () => {
    fc.assert(
      fc.property(records, fc.nat(20 * hour), fc.double({min: 0, max: 1, noNaN: true}), (record, now, spread) => {
        let at = now;
        for (let looks = 0; looks < 4; looks++) {
          const step = nextSync(record, pace, at, spread);
          if (step.kind !== 'rest') return;
          at = step.until;
        }
        assert.fail('it rests for ever');
      }),
    );
  });
});

describe('the pause after a failure', () => {
  it('grows with failures, is as long as the platform wishes, and has an end', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 1e6}),
        fc.option(fc.nat(1e12), {nil: undefined}),
        fc.double({min: 0, max: 1, noNaN: true}),
        (failures, wish, spread) => {
          const pause = pauseAfter(failures, wish, spread);
          assert.ok(pause >= Math.min(wish ?? 0, 24 * hour));
          assert.ok(pause >= 30_000 && pause <= 24 * hour * 1.1 + 1);
          assert.ok(pauseAfter(failures + 1, wish, spread) >= pause);
        },
      ),
    );
  });
});

it('spread is the same for the same name, and even over many', () => {
  assert.equal(spreadOf('https://shop.example main 1'), spreadOf('https://shop.example main 1'));
  const tenths = Array.from({length: 10}, () => 0);
  for (let shop = 0; shop < 2000; shop++) tenths[Math.floor(spreadOf(`https://shop-${shop}.example main`) * 10)]!++;
  assert.ok(
    tenths.every(count => count > 120 && count < 280),
    tenths.join(' '),
  );
});
