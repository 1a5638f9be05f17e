import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {isSpelled, spellingPattern, typedSpelling} from '../../../src/server/persistence/spelling.ts';

const honor = 'WangZheRongYao648Yuan';

describe('a spelling', () => {
  for (const typed of ['wangzherongyao', 'wzry', 'wangzry', 'wzhery', 'rongyao', 'ry648', '648', '48yuan', 'w']) {
    it(`${honor} is found by ${typed}`, () => assert.ok(isSpelled(honor, typed)));
  }

  for (const typed of ['ang', 'wgzr', 'wzrc', 'wangzheyao', 'wzry9', 'yuanw']) {
    it(`${honor} is not found by ${typed}`, () => assert.ok(!isSpelled(honor, typed)));
  }

  it('begins where a title begins', () => {
    assert.ok(isSpelled('DianQuan WangZhe', 'wz', {atStart: true}));
    assert.ok(!isSpelled('DianQuan WangZhe', 'qw', {atStart: true}));
    assert.ok(!isSpelled('DianQuan WangZhe', 'quan', {atStart: true}));
  });

  it('does not go on from one title to the next', () => assert.ok(!isSpelled('DianQuan WangZhe', 'qw')));

  it('means the same to both stores', () => {
    const syllable = fc.string({unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 3});
    const spelling = fc
      .array(fc.oneof(syllable, fc.constant(' ')), {maxLength: 6})
      .map(parts => parts.map(part => part[0]!.toUpperCase() + part.slice(1)).join(''));
    const typed = fc
      .string({unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 8})
      .filter(text => typedSpelling(text) !== undefined);
    fc.assert(
      fc.property(spelling, typed, fc.boolean(), (text, word, atStart) => {
        assert.equal(isSpelled(text, word, {atStart}), new RegExp(spellingPattern(word, {atStart})).test(text));
      }),
      {numRuns: 2_000},
    );
  });

  it('is looked for in a moment, whatever a platform and a buyer come up with', () => {
    // As a regular expression of JavaScript this would take longer than the world is old.
    assert.ok(!isSpelled('Aa'.repeat(500), `${'a'.repeat(99)}b`));
  });
});

describe('a typed word', () => {
  it('may be a spelling if it holds letters and digits only, one letter at least', () => {
    assert.equal(typedSpelling("xi'an"), 'xian');
    assert.equal(typedSpelling('wz2'), 'wz2');
    for (const word of ['648', '王者', 'wz.y', '', "'"]) assert.equal(typedSpelling(word), undefined);
  });
});
