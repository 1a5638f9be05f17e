import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {atMostFourDecimals, plainDecimal} from '../../src/upstreams/decimal-text.ts';

test('numbers in any spelling become plain decimals', () => {
  const cases: readonly [string, string | undefined][] = [
    ['9', '9'],
    ['9.50', '9.50'],
    [' 10 ', '10'],
    ['007.5', '7.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+5', '5'],
    ['-0.5', '-0.5'],
    ['1.5e-3', '0.0015'],
    ['1.0e+2', '100'],
    ['12e1', '120'],
    ['', undefined],
    ['.', undefined],
    ['1,000', undefined],
    ['12abc', undefined],
    ['NaN', undefined],
    ['0x10', undefined],
  ];
  for (const [text, decimal] of cases) assert.equal(plainDecimal(text), decimal, JSON.stringify(text));
});

test('every finite number keeps its value', () => {
  fc.assert(
    fc.property(fc.double({noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20}), number => {
      const decimal = plainDecimal(String(number));
      if (decimal === undefined) return /e-\d{3}$/.test(String(number));
      return Number(decimal) === number && /^-?\d+(\.\d+)?$/.test(decimal);
    }),
  );
});

test('an amount with float noise is rounded to four decimals', () => {
  assert.equal(atMostFourDecimals('9889.759999999998'), '9889.7600');
  assert.equal(atMostFourDecimals('0.00005'), '0.0001');
  assert.equal(atMostFourDecimals('-1.99995'), '-2.0000');
  assert.equal(atMostFourDecimals('12.5'), '12.5');
});
