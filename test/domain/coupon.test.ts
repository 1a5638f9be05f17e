import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {applyCoupon, couponCode, type Coupon, type CouponLine} from '../../src/domain/coupon.ts';
import {atLeastNothing, compare, isZero, money, multiply, subtract, sum, zero} from '../../src/domain/money.ts';

const yuan = (amount: string) => money(amount, 'CNY');
const line = (amount: string, isMeant = true): CouponLine => ({total: yuan(amount), isMeant});
const coupon = (overrides: Partial<Coupon> = {}): Coupon => ({code: 'CODE', discount: {percent: '10'}, ...overrides});

function saved(rule: Coupon, lines: readonly CouponLine[], {now = 0, uses = 0} = {}) {
  const outcome = applyCoupon(rule, lines, {now, uses, currency: 'CNY'});
  return outcome.kind === 'applied'
    ? [outcome.saves.amount, outcome.discounts.map(({amount}) => amount)]
    : [outcome.problem, outcome.minimum?.amount];
}

describe('a coupon', () => {
  it('takes a percentage off, rounded once to the cent and split over the lines', () => {
    assert.deepEqual(saved(coupon(), [line('9.99'), line('9.99')]), ['2.00', ['1.00', '1.00']]);
    assert.deepEqual(saved(coupon({discount: {percent: '33.33'}}), [line('0.01'), line('0.02')]), [
      '0.01',
      ['0.00', '0.01'],
    ]);
    assert.deepEqual(saved(coupon(), [line('0.04')]), ['0.00', ['0.00']]);
    assert.deepEqual(saved(coupon(), [line('0.05')]), ['0.01', ['0.01']]);
  });

  it('takes a fixed amount off, never more than its goods cost', () => {
    const five = coupon({discount: {fixed: '5'}});
    assert.deepEqual(saved(five, [line('10.00'), line('20.00')]), ['5.00', ['1.67', '3.33']]);
    assert.deepEqual(saved(five, [line('2.00'), line('1.00')]), ['3.00', ['2.00', '1.00']]);
  });

  it('is for its own goods only, also in what they must come to', () => {
    const rule = coupon({minimum: '10'});
    assert.deepEqual(saved(rule, [line('10.00'), line('90.00', false)]), ['1.00', ['1.00', '0.00']]);
    assert.deepEqual(saved(rule, [line('9.99'), line('90.00', false)]), ['minimum_not_reached', '10.00']);
    assert.deepEqual(saved(rule, [line('90.00', false)]), ['not_for_these_goods', undefined]);
    assert.deepEqual(saved(rule, []), ['not_for_these_goods', undefined]);
  });

  it('takes off no more than the platforms permit: what a line cannot give, the others give, and none falls too low', () => {
    const floored = (amount: string, least: string): CouponLine => ({...line(amount), least: yuan(least)});
    const five = coupon({discount: {fixed: '5'}});
    assert.deepEqual(saved(five, [floored('10.00', '9.00'), line('10.00')]), ['5.00', ['1.00', '4.00']]);
    assert.deepEqual(saved(five, [floored('10.00', '9.00'), floored('10.00', '8.5001')]), ['2.49', ['1.00', '1.49']]);
    assert.deepEqual(saved(five, [floored('10.00', '10.00')]), ['below_platform_price', undefined]);
    assert.deepEqual(saved(five, [floored('10.00', '11.00'), line('1.00')]), ['1.00', ['0.00', '1.00']]);
  });

  it('holds from its first moment until its last, and as often as it may be used', () => {
    const rule = coupon({from: 10, until: 20, uses: 2});
    const at = (now: number, uses = 0) => saved(rule, [line('10.00')], {now, uses})[0];
    assert.deepEqual([at(9), at(10), at(19), at(20)], ['unknown', '1.00', '1.00', 'expired']);
    assert.deepEqual([at(15, 1), at(15, 2), at(15, 3)], ['1.00', 'used_up', 'used_up']);
  });

  it('is found however it is typed', () => {
    assert.equal(couponCode('  ｓｐｒｉｎｇ－10 '), 'SPRING-10');
  });

  const currencies = fc.constantFrom('CNY', 'JPY', 'KWD');
  const cases = currencies.chain(currency => {
    const price = fc.integer({min: 1, max: 10_000_000}).map(minor => {
      const digits = {CNY: 2, JPY: 0, KWD: 3}[currency];
      const text = String(minor).padStart(digits + 1, '0');
      return money(digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`, currency);
    });
    const lines = fc.array(
      fc.record({
        total: fc.tuple(price, fc.integer({min: 1, max: 50})).map(([one, n]) => multiply(one, n)),
        isMeant: fc.boolean(),
        least: fc.option(price, {nil: undefined}),
      }),
      {maxLength: 12},
    );
    const discount = fc.oneof(
      fc.integer({min: 1, max: 1_000_000}).map(units => ({percent: (units / 10_000).toFixed(4)})),
      price.map(({amount}) => ({fixed: amount})),
    );
    return fc.record({currency: fc.constant(currency), lines, discount});
  });

  it('adds up to the smallest coin, takes no line below what it must bring, and leaves other goods alone', () => {
    fc.assert(
      fc.property(cases, ({currency, lines, discount}) => {
        const apply = (these: readonly CouponLine[]) =>
          applyCoupon(coupon({discount}), these, {now: 0, uses: 0, currency});
        const outcome = apply(lines);
        const free = apply(lines.map(({total, isMeant}) => ({total, isMeant})));
        const meant = lines.filter(({isMeant}) => isMeant);
        const room = sum(
          meant.map(({total, least}) => (least ? atLeastNothing(subtract(total, least)) : total)),
          currency,
        );
        if (outcome.kind === 'refused') {
          if (free.kind === 'refused') assert.deepEqual([outcome, meant], [free, []]);
          else assert.deepEqual([outcome.problem, room], ['below_platform_price', zero(currency)]);
          return;
        }
        assert.ok(free.kind === 'applied' && !free.isLimited);
        assert.deepEqual(outcome.saves, compare(free.saves, room) < 0 ? free.saves : room);
        assert.equal(outcome.isLimited, compare(outcome.saves, free.saves) < 0);
        assert.deepEqual(sum(outcome.discounts, currency), outcome.saves);
        assert.equal(outcome.discounts.length, lines.length);
        lines.forEach(({total, isMeant, least = zero(currency)}, index) => {
          const taken = outcome.discounts[index]!;
          assert.ok(compare(taken, zero(currency)) >= 0);
          assert.ok(compare(subtract(total, taken), zero(currency)) >= 0);
          if (!isZero(taken)) assert.ok(isMeant && compare(subtract(total, taken), least) >= 0);
        });
      }),
    );
  });

  it('takes the whole price off at a hundred per cent, and never more than the percentage by half a coin', () => {
    fc.assert(
      fc.property(cases, fc.integer({min: 1, max: 100}), ({currency, lines: floored}, percent) => {
        const lines = floored.map(({total, isMeant}) => ({total, isMeant}));
        const meant = sum(
          lines.filter(({isMeant}) => isMeant).map(({total}) => total),
          currency,
        );
        const outcome = applyCoupon(coupon({discount: {percent: String(percent)}}), lines, {now: 0, uses: 0, currency});
        if (outcome.kind === 'refused') return;
        if (percent === 100) assert.deepEqual(outcome.saves, meant);
        const minor = {CNY: 100n, JPY: 1n, KWD: 1000n}[currency];
        const coins = ({amount}: {amount: string}) => {
          const [whole = '', fraction = ''] = amount.split('.');
          return BigInt(whole) * minor + BigInt(fraction || '0');
        };
        const off = coins(outcome.saves) * 200n - coins(meant) * BigInt(percent) * 2n;
        assert.ok(off <= 100n && off >= -100n, `${outcome.saves.amount} of ${meant.amount}`);
      }),
    );
  });
});
