import assert from 'node:assert/strict';
import {test} from 'node:test';
import {newReference} from '../../../src/server/procurement/reference.ts';
import {isReference, maximumReferenceLength} from '../../../src/upstreams/acg-faka/reference.ts';

test('what the platform would not keep is no reference', () => {
  for (const text of ['', '0', '12345678901234567890', 'a-b', 'a b', '订单', 'a '])
    assert.equal(isReference(text), false, text);
  for (const text of ['202611230000000001', 'A', '00', 'x'.repeat(19)]) assert.equal(isReference(text), true, text);
});

test('what the shop server makes is kept', () => {
  for (let made = 0; made < 1000; made++) assert.ok(isReference(newReference(maximumReferenceLength)));
});
