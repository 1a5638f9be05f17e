import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  add,
  compare,
  divide,
  exchange,
  isPositive,
  isZero,
  minorDigits,
  money,
  MoneyError,
  multiply,
  percentOf,
  round,
  piecesWorth,
  share,
  split,
  subtract,
  sum,
  zero,
  type Money,
} from '../../src/domain/money.ts';

const units = fc.bigInt({min: -(10n ** 15n), max: 10n ** 15n});
const currency = fc.constantFrom('CNY', 'JPY', 'KWD');

/** An amount written by hand from its 1/10000 units, independent of the code under test. */
function text(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(5, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

const amounts = fc.tuple(units, currency).map(([value, code]) => money(text(value), code));
const pairs = fc
  .tuple(units, units, currency)
  .map(([a, b, code]) => [money(text(a), code), money(text(b), code)] as const);

/** The exact value of a decimal text in 1/10000. */
function unitsOf({amount}: Money): bigint {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(4, '0'));
  return amount.startsWith('-') ? -value : value;
}

describe('money: the canonical form', () => {
  for (const [given, code, canonical] of [
    ['12.5', 'CNY', '12.50'],
    ['12', 'CNY', '12.00'],
    ['0.0150', 'CNY', '0.015'],
    ['0.01500000000', 'CNY', '0.015'],
    ['007.1', 'CNY', '7.10'],
    ['-0.00', 'CNY', '0.00'],
    ['-3.5', 'CNY', '-3.50'],
    ['12', 'JPY', '12'],
    ['12.5', 'JPY', '12.5'],
    ['1', 'KWD', '1.000'],
    ['999999999999999.9999', 'CNY', '999999999999999.9999'],
  ] as const) {
    it(`writes ${given} ${code} as ${canonical}`, () => {
      assert.deepEqual(money(given, code), {currency: code, amount: canonical});
    });
  }

  it('is kept by reading an amount again', () => {
    fc.assert(fc.property(amounts, value => assert.deepEqual(money(value.amount, value.currency), value)));
  });

  it('knows currencies without and with three minor digits', () => {
    assert.deepEqual([minorDigits('CNY'), minorDigits('JPY'), minorDigits('KWD'), minorDigits('XXX')], [2, 0, 3, 2]);
  });
});

describe('money: hostile texts', () => {
  for (const hostile of [
    '',
    ' ',
    '1 ',
    ' 1',
    '1.',
    '.5',
    '+1',
    '--1',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '1,000.00',
    '１２',
    '1.23456',
    '1\n',
    '1.0\u0000',
    '1234567890123456',
    '٣',
    '1_000',
    '1.2.3',
    'null',
  ]) {
    it(`refuses ${JSON.stringify(hostile)} and quotes it`, () => {
      assert.throws(
        () => money(hostile, 'CNY'),
        (error: unknown) => error instanceof MoneyError && error.message.includes(JSON.stringify(hostile)),
      );
    });
  }

  it('refuses or reads every text exactly, and never in another way', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^-?\d{0,18}\.?\d{0,6}$/)), given => {
        try {
          const read = money(given, 'CNY');
          assert.match(read.amount, /^-?\d+\.\d{2,4}$/);
          assert.equal(Number(read.amount), Number(given) === 0 ? 0 : Number(given));
        } catch (error) {
          assert.ok(error instanceof MoneyError);
        }
      }),
    );
  });

  it('refuses to reckon two currencies against each other', () => {
    const [yuan, yen] = [money('1', 'CNY'), money('1', 'JPY')];
    for (const reckon of [add, subtract, compare]) assert.throws(() => reckon(yuan, yen), MoneyError);
    assert.throws(() => sum([yuan, yen], 'CNY'), MoneyError);
  });

  for (const pieces of [1.5, NaN, Infinity, 2 ** 53]) {
    it(`refuses ${pieces} pieces`, () => {
      assert.throws(() => multiply(money('1', 'CNY'), pieces), MoneyError);
      assert.throws(() => divide(money('1', 'CNY'), pieces), MoneyError);
    });
  }

  it('divides among one piece at least', () => {
    for (const pieces of [0, -1]) assert.throws(() => divide(money('1', 'CNY'), pieces), MoneyError);
  });
});

describe('money: arithmetic', () => {
  it('adds without drift: 0.1 ten thousand times is 1000', () => {
    const tenth = money('0.1', 'CNY');
    assert.deepEqual(
      sum(
        Array.from({length: 10_000}, () => tenth),
        'CNY',
      ),
      money('1000', 'CNY'),
    );
    assert.deepEqual(sum([], 'CNY'), zero('CNY'));
  });

  it('adds what integers add, and subtracting takes it back', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        assert.equal(unitsOf(add(a, b)), unitsOf(a) + unitsOf(b));
        assert.deepEqual(subtract(add(a, b), b), a);
        assert.deepEqual(add(a, b), add(b, a));
      }),
    );
  });

  it('compares as integers compare', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const difference = unitsOf(a) - unitsOf(b);
        assert.equal(compare(a, b), difference < 0n ? -1 : difference > 0n ? 1 : 0);
        assert.equal(isZero(subtract(a, a)), true);
        assert.equal(isPositive(a), unitsOf(a) > 0n);
      }),
    );
  });

  it('multiplies exactly', () => {
    fc.assert(
      fc.property(amounts, fc.integer({min: 0, max: 10_000}), (value, pieces) => {
        assert.equal(unitsOf(multiply(value, pieces)), unitsOf(value) * BigInt(pieces));
      }),
    );
  });

  it('divides so that the pieces cover the total, and one unit less would not', () => {
    fc.assert(
      fc.property(amounts, fc.integer({min: 1, max: 10_000}), (value, pieces) => {
        const share = unitsOf(divide(value, pieces));
        assert.ok(share * BigInt(pieces) >= unitsOf(value));
        assert.ok((share - 1n) * BigInt(pieces) < unitsOf(value));
      }),
    );
  });

  it('takes a percentage, rounded up at the fourth decimal', () => {
    assert.equal(percentOf(money('80', 'CNY'), '12.5').amount, '10.00');
    assert.equal(percentOf(money('0.0001', 'CNY'), '1').amount, '0.0001');
    assert.equal(percentOf(money('33.33', 'CNY'), '0').amount, '0.00');
    fc.assert(
      fc.property(units, fc.bigInt({min: 0n, max: 5_000_000n}), (value, percent) => {
        const share = unitsOf(percentOf(money(text(value), 'CNY'), text(percent)));
        const exact = value * percent;
        assert.ok(share * 1_000_000n >= exact && (share - 1n) * 1_000_000n < exact);
      }),
    );
  });
});

describe('money: exchange', () => {
  const euro = {from: 'EUR', to: 'CNY', rate: '7.8512'};

  for (const [value, rounding, expected] of [
    [money('5.79', 'EUR'), 'up', money('45.4585', 'CNY')],
    [money('5.79', 'EUR'), 'down', money('45.4584', 'CNY')],
    [money('45.4585', 'CNY'), 'down', money('5.79', 'EUR')],
    [money('0.0001', 'CNY'), 'up', money('0.0001', 'EUR')],
    [money('-1', 'EUR'), 'up', money('-7.8512', 'CNY')],
  ] as const) {
    it(`makes ${value.amount} ${value.currency} ${expected.amount} ${expected.currency}, rounded ${rounding}`, () => {
      assert.deepEqual(exchange(value, euro, rounding), expected);
    });
  }

  it('is exact: no float would keep these digits', () => {
    const rate = {from: 'VND', to: 'CNY', rate: '0.0002817345'};
    assert.deepEqual(exchange(money('999999999999', 'VND'), rate, 'down'), money('281734499.9997', 'CNY'));
  });

  it('reckons a cost up and back down to no less than it was, and less than a unit of the other currency more', () => {
    const rates = fc.bigInt({min: 1n, max: 10n ** 8n}).map(text);
    fc.assert(
      fc.property(fc.bigInt({min: 0n, max: 10n ** 9n}), rates, (value, rate) => {
        const cost = money(text(value), 'EUR');
        const there = exchange(cost, {...euro, rate}, 'up');
        const back = exchange(there, {...euro, rate}, 'down');
        assert.ok(compare(back, cost) >= 0);
        const cheaper = subtract(there, money('0.0001', 'CNY'));
        assert.ok(compare(exchange(cheaper, {...euro, rate}, 'up'), cost) <= 0);
      }),
    );
  });

  it('refuses a third currency, and a rate that is none', () => {
    assert.throws(() => exchange(money('1', 'USD'), euro, 'up'), MoneyError);
    for (const rate of ['0', '0.000', '-1', '1e3', '', '1,5', '.5', '0.00000000001']) {
      assert.throws(() => exchange(money('1', 'EUR'), {...euro, rate}, 'up'), MoneyError, rate);
    }
  });
});

describe('money: rounding', () => {
  for (const [value, rounding, step, expected] of [
    ['1.001', 'up', undefined, '1.01'],
    ['1.001', 'nearest', undefined, '1.00'],
    ['1.005', 'nearest', undefined, '1.01'],
    ['1.009', 'down', undefined, '1.00'],
    ['-1.001', 'up', undefined, '-1.00'],
    ['-1.001', 'down', undefined, '-1.01'],
    ['1.21', 'up', '0.10', '1.30'],
    ['1.21', 'nearest', '0.50', '1.00'],
    ['1.00', 'up', '1', '1.00'],
    ['1.01', 'up', '1', '2.00'],
  ] as const) {
    it(`D5: ${value} ${rounding} to ${step ?? 'the minor unit'} is ${expected}`, () => {
      assert.equal(round(money(value, 'CNY'), rounding, step).amount, expected);
    });
  }

  it('D5: never leaves more digits than the currency has, and moves by less than a step', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom('up', 'nearest', 'down'), (value, rounding) => {
        const rounded = round(value, rounding);
        const minorUnit = 10n ** BigInt(4 - minorDigits(value.currency));
        const moved = unitsOf(rounded) - unitsOf(value);
        assert.equal(unitsOf(rounded) % minorUnit, 0n);
        if (rounding === 'up') assert.ok(moved >= 0n && moved < minorUnit);
        else if (rounding === 'down') assert.ok(moved <= 0n && moved > -minorUnit);
        else assert.ok((moved < 0n ? -moved : moved) * 2n <= minorUnit);
        assert.deepEqual(round(rounded, rounding), rounded);
      }),
    );
  });

  for (const step of ['0', '-1', '0.005', '0.0001']) {
    it(`refuses a step of ${step}`, () => assert.throws(() => round(money('1', 'CNY'), 'up', step), MoneyError));
  }
});

describe('money: split and shared', () => {
  const coins = fc.bigInt({min: 0n, max: 10n ** 9n}).map(count => money(text(count * 100n), 'CNY'));

  it('split in proportion, to the coin and to the last one', () => {
    const parts = (amount: string, ...weights: string[]) =>
      split(
        money(amount, 'CNY'),
        weights.map(weight => money(weight, 'CNY')),
      ).map(part => part.amount);
    assert.deepEqual(parts('1', '1', '1', '1'), ['0.34', '0.33', '0.33']);
    assert.deepEqual(parts('5', '10', '20'), ['1.67', '3.33']);
    assert.deepEqual(parts('0.01', '0', '5'), ['0.00', '0.01']);
  });

  it('split adds up again, and no part exceeds its weight', () => {
    fc.assert(
      fc.property(fc.array(coins, {minLength: 1, maxLength: 20}), fc.nat({max: 100}), (weights, percent) => {
        const whole = sum(weights, 'CNY');
        fc.pre(isPositive(whole));
        const value = round(percentOf(whole, String(percent), 'down'), 'down');
        const parts = split(value, weights);
        assert.deepEqual(sum(parts, 'CNY'), value);
        parts.forEach((part, index) => assert.ok(compare(part, weights[index]!) <= 0 && unitsOf(part) % 100n === 0n));
      }),
    );
  });

  it('split refuses what cannot be split', () => {
    const one = money('1', 'CNY');
    assert.throws(() => split(one, []), MoneyError);
    assert.throws(() => split(one, [zero('CNY')]), MoneyError);
    assert.throws(() => split(money('0.001', 'CNY'), [one]), MoneyError);
    assert.throws(() => split(one, [money('1', 'USD')]), MoneyError);
  });

  it('share: what is paid back in steps comes to exactly the whole', () => {
    fc.assert(
      fc.property(coins, fc.array(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 9}), (value, steps) => {
        const pieces = steps.reduce((left, right) => left + right, 0);
        let before = 0;
        const paid = steps.map(step => {
          const part = subtract(share(value, before + step, pieces), share(value, before, pieces));
          before += step;
          assert.ok(compare(part, zero('CNY')) >= 0);
          return part;
        });
        assert.deepEqual(sum(paid, 'CNY'), value);
      }),
    );
  });

  it('piecesWorth: as many pieces as a part of the price covers, and not one more', () => {
    const amounts = fc.bigInt({min: 0n, max: 10n ** 12n});
    fc.assert(
      fc.property(amounts, amounts, fc.integer({min: 1, max: 1000}), (paid, whole, pieces) => {
        const worth = BigInt(piecesWorth(money(text(paid), 'CNY'), money(text(whole), 'CNY'), pieces));
        const count = BigInt(pieces);
        assert.ok(worth >= 0n && worth <= count);
        if (paid >= whole) return assert.equal(worth, count);
        assert.ok(worth * whole <= paid * count && (worth + 1n) * whole > paid * count);
      }),
    );
  });
});
