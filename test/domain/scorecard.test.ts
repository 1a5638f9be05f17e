import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {scorecardOf, trialResults, type TrialResult} from '../../src/domain/scorecard.ts';

const times = (count: number, result: TrialResult) => Array.from({length: count}, () => result);
const some = fc.array(fc.constantFrom(...trialResults), {maxLength: 50});
const trust = fc.integer({min: 0, max: 100});

describe('a platform’s scorecard', () => {
  it('is on trial until there are enough purchases, then proven or failed, and never for good', () => {
    const standing = (...results: TrialResult[]) => scorecardOf(results, 50, 10).standing;
    assert.equal(standing(), 'on_trial');
    assert.equal(standing(...times(9, 'right')), 'on_trial');
    assert.equal(standing(...times(10, 'right')), 'proven');
    assert.equal(standing(...times(8, 'right'), ...times(2, 'wrong')), 'proven');
    assert.equal(standing(...times(7, 'right'), ...times(3, 'wrong')), 'failed');
    assert.equal(standing(...times(10, 'slow')), 'failed');
    assert.equal(standing(...times(30, 'right'), ...times(3, 'wrong')), 'proven');
  });

  it('begins with the merchant’s word, and believes what it sees the more of it there is', () => {
    const score = (count: number, result: TrialResult, word: number) =>
      scorecardOf(times(count, result), word, 10).score;
    assert.equal(score(0, 'right', 80), 80);
    assert.deepEqual([score(10, 'right', 50), score(40, 'right', 50)], [75, 90]);
    assert.deepEqual([score(10, 'wrong', 100), score(40, 'wrong', 100)], [50, 20]);
  });

  it('is honest about how little it has seen', () => {
    const atLeast = (count: number) => scorecardOf(times(count, 'right'), 100, 10).atLeast;
    assert.deepEqual([0, 1, 3, 10, 50].map(atLeast), [0, 37, 64, 85, 96]);
  });

  it('counts every purchase once, and stays within its bounds', () => {
    fc.assert(
      fc.property(some, trust, (results, word) => {
        const card = scorecardOf(results, word, 10);
        const counted = trialResults.flatMap(result => times(card.results[result], result));
        assert.deepEqual(counted.toSorted(), results.toSorted());
        for (const figure of [card.score, card.atLeast]) {
          assert.ok(Number.isInteger(figure) && figure >= 0 && figure <= 100);
        }
      }),
    );
  });

  it('gains by every purchase that went right, never by one that went wrong, and never by distrust', () => {
    fc.assert(
      fc.property(some, trust, trust, (results, one, other) => {
        const now = scorecardOf(results, one, 10);
        const better = scorecardOf([...results, 'right'], one, 10);
        const worse = scorecardOf([...results, 'wrong'], one, 10);
        assert.ok(better.score >= now.score && better.atLeast >= now.atLeast);
        assert.ok(worse.score <= now.score && worse.atLeast <= now.atLeast);
        if (one >= other) assert.ok(now.score >= scorecardOf(results, other, 10).score);
        const last = results.at(-1);
        if (last) assert.ok(scorecardOf([...results.slice(0, -1), 'right'], one, 10).atLeast >= now.atLeast);
      }),
    );
  });
});
