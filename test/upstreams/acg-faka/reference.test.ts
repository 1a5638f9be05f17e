import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {isReference, newReference} from '../../../src/upstreams/acg-faka/reference.ts';

test('a new reference has 19 characters of one letter case and begins with a letter', () => {
  fc.assert(
    fc.property(fc.uint8Array({minLength: 19, maxLength: 19}), bytes => {
      const reference = newReference(() => bytes);
      return /^[A-Z][0-9A-Z]{18}$/.test(reference) && isReference(reference);
    }),
  );
});

test('references differ, also without regard to letter case', () => {
  const references = new Set(Array.from({length: 10_000}, () => newReference().toLowerCase()));
  assert.equal(references.size, 10_000);
});

test('every random bit counts', () => {
  const zero = newReference(length => new Uint8Array(length));
  for (let index = 0; index < 19; index++) {
    const bytes = new Uint8Array(19);
    bytes[index] = 1;
    assert.notEqual(
      newReference(() => bytes),
      zero,
      `byte ${index}`,
    );
  }
  assert.throws(() => newReference(() => new Uint8Array(3)), RangeError);
});

test('what the platform would not keep is no reference', () => {
  for (const text of ['', '0', '12345678901234567890', 'a-b', 'a b', '订单', 'a '])
    assert.equal(isReference(text), false, text);
  for (const text of ['202611230000000001', 'A', '00', 'x'.repeat(19)]) assert.equal(isReference(text), true, text);
});
