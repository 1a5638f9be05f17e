import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkDelivery} from '../../src/domain/fulfilment.ts';
import {cardLines} from '../../src/upstreams/card-lines.ts';

test('cards with a number, a password or both are read back as what they were, and empty ones are missing', () => {
  const text = cardLines([
    {number: 'NO1', password: 'PW1'},
    {number: '', password: 'yT7B1t50'},
    {number: ' 8600 ', password: ''},
    {number: ' ', password: ''},
  ]);
  assert.deepEqual(checkDelivery(text!, 4), {
    kind: 'short',
    missing: 1,
    cards: [
      {kind: 'number_and_password', number: 'NO1', password: 'PW1'},
      {kind: 'code', code: 'yT7B1t50'},
      {kind: 'code', code: '8600'},
    ],
  });
  assert.equal(cardLines([{number: '', password: ' '}]), undefined);
  assert.equal(cardLines([]), undefined);
});
