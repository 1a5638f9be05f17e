import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {drawnWindow, rowTop, type ListGeometry} from '../../src/store/drawn-window.ts';

const geometry = (overrides: Partial<ListGeometry> = {}): ListGeometry => ({
  count: 100_000,
  columns: 5,
  rowHeight: 300,
  measured: new Map(),
  ...overrides,
});

describe('the drawn part of a long list', () => {
  it('begins at the top, with a screen ahead', () => {
    assert.deepEqual(drawnWindow(geometry(), {top: 0, height: 900}), {
      first: 0,
      end: 30,
      before: 0,
      after: 19_994 * 300,
    });
  });

  it('is what is in sight and a screen around it, wherever that is', () => {
    const drawn = drawnWindow(geometry(), {top: 3_000_000, height: 900});
    assert.deepEqual(drawn, {first: 9_997 * 5, end: 10_006 * 5, before: 9_997 * 300, after: 9_994 * 300});
  });

  it('goes by measured heights where there are any', () => {
    const measured = new Map([
      [0, 1_000],
      [1, 500],
    ]);
    const drawn = drawnWindow(geometry({measured, count: 50}), {top: 2_000, height: 300});
    assert.deepEqual([drawn.first, drawn.before], [10, 1_500]);
    assert.equal(rowTop(geometry({measured}), 3), 1_800);
  });

  it('shows the last row even beyond the end, and the first before the beginning', () => {
    assert.deepEqual(drawnWindow(geometry({count: 12}), {top: 90_000, height: 600}), {
      first: 10,
      end: 12,
      before: 600,
      after: 0,
    });
    assert.equal(drawnWindow(geometry(), {top: -90_000, height: 600}).end, 5);
  });

  it('never loses a pixel or an item, and covers what is in sight', () => {
    const lists = fc.record({
      count: fc.integer({min: 1, max: 2_000}),
      columns: fc.integer({min: 1, max: 9}),
      rowHeight: fc.integer({min: 40, max: 400}),
      measured: fc.dictionary(fc.nat({max: 300}).map(String), fc.integer({min: 40, max: 600})),
    });
    fc.assert(
      fc.property(
        lists,
        fc.integer({min: -2_000, max: 200_000}),
        fc.integer({min: 1, max: 2_000}),
        (list, top, height) => {
          const measured = new Map(Object.entries(list.measured).map(([row, size]) => [Number(row), size]));
          const shape = geometry({...list, measured});
          const rows = Math.ceil(shape.count / shape.columns);
          const whole = rowTop(shape, rows);
          const {first, end, before, after} = drawnWindow(shape, {top, height});
          assert.ok(0 <= first && first < end && end <= shape.count);
          assert.equal(first % shape.columns, 0);
          assert.equal(before, rowTop(shape, first / shape.columns));
          assert.equal(whole - after, rowTop(shape, Math.ceil(end / shape.columns)));
          assert.ok(before <= Math.max(top, 0) || first / shape.columns === rows - 1);
          assert.ok(after === 0 || whole - after >= Math.min(whole, top + height));
        },
      ),
    );
  });
});
