import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
  addTruncated,
  isLess,
  multiplyTruncated,
  percentFactor,
  truncate,
} from '../../../src/sandbox/acg-faka/truncated-decimal.ts';

const fen = fc.integer({min: -1_000_000_000, max: 1_000_000_000});
const text = (value: number): string =>
  `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`;

test('sums and whole multiples of cents are exact', () => {
  fc.assert(
    fc.property(fen, fen, fc.integer({min: -1000, max: 1000}), (a, b, pieces) => {
      assert.equal(addTruncated(text(a), text(b)), text(a + b));
      assert.equal(multiplyTruncated(text(a), String(pieces)), text(a * pieces));
      assert.equal(isLess(text(a), text(b)), a < b);
    }),
  );
});

test('what is too fine is cut off, never rounded', () => {
  assert.equal(truncate('1.999'), '1.99');
  assert.equal(truncate('-1.999'), '-1.99');
  assert.equal(multiplyTruncated('0.19', '0.5'), '0.09');
  assert.equal(percentFactor('95.5'), '0.95');
  assert.equal(percentFactor('100'), '1.00');
  assert.equal(multiplyTruncated('9', '0'), '0.00');
});

test('a text that is no number kills the shop', () => {
  assert.throws(() => addTruncated('abc', '1'), {name: 'Crash'});
});
