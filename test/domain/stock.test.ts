import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {covers, stockLevel, type Stock} from '../../src/domain/stock.ts';

const counted = (count: number): Stock => ({kind: 'counted', count, at: 0});
const unlimited: Stock = {kind: 'unlimited', at: 0};
const unknown: Stock = {kind: 'unknown'};

describe('stock', () => {
  it('promises pieces it has, and none that nobody knows of', () => {
    assert.deepEqual(
      [
        covers(counted(3), 3),
        covers(counted(3), 4),
        covers(unlimited, 10_000),
        covers(unknown, 1),
        covers(counted(-1), 1),
      ],
      [true, false, true, false, false],
    );
  });

  for (const [stock, level] of [
    [unknown, 'unknown'],
    [unlimited, 'in_stock'],
    [counted(6), 'in_stock'],
    [counted(5), 'low'],
    [counted(1), 'low'],
    [counted(0), 'sold_out'],
    [counted(-2), 'sold_out'],
  ] as const) {
    it(`${JSON.stringify(stock)} is shown as ${level}`, () => assert.equal(stockLevel(stock), level));
  }
});
