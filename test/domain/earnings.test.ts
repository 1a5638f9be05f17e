import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {paymentFeeOf, splitEarnings, type LineAccount, type OrderAccount} from '../../src/domain/earnings.ts';
import {add, compare, money, subtract, sum, zero, type Money} from '../../src/domain/money.ts';

const yuan = (amount: string) => money(amount, 'CNY');
const whole = (amounts: readonly Money[]) => sum(amounts, 'CNY');

const aLine = (overrides: Partial<LineAccount> = {}): LineAccount => ({
  lineId: 'l1',
  price: yuan('24'),
  coupon: yuan('0'),
  failed: yuan('0'),
  charges: [{charged: yuan('19'), terms: {}}],
  ...overrides,
});

const anAccount = (overrides: Partial<OrderAccount> = {}): OrderAccount => ({
  orderId: 'ord_1',
  currency: 'CNY',
  lines: [aLine()],
  givenBack: yuan('0'),
  paymentFee: yuan('0'),
  ...overrides,
});

describe('the split of earnings', () => {
  it('tells who got what of a line', () => {
    const terms = {serviceFee: '1', commission: '2', tierDiscount: '5'};
    const [line] = splitEarnings(
      anAccount({
        lines: [aLine({coupon: yuan('2'), charges: [{charged: yuan('19'), terms}]})],
        paymentFee: paymentFeeOf(yuan('22'), {percent: '0.6', fixed: yuan('0.10')}),
      }),
    );
    assert.deepEqual(line, {
      orderId: 'ord_1',
      lineId: 'l1',
      price: yuan('24'),
      coupon: yuan('2'),
      givenBack: yuan('0'),
      kept: yuan('22'),
      listCost: yuan('20'),
      tierDiscount: yuan('1'),
      cost: yuan('19'),
      serviceFee: yuan('0.19'),
      commission: yuan('0.38'),
      paymentFee: yuan('0.24'),
      margin: yuan('2.95'),
    });
  });

  it('shows a loss as a loss: paid for, and nothing came', () => {
    const [line] = splitEarnings(anAccount({lines: [aLine({failed: yuan('24')})], givenBack: yuan('24')}));
    assert.deepEqual([line!.kept, line!.margin], [yuan('0'), yuan('-19')]);
  });

  it('lets all lines bear what was paid back beyond the pieces that did not come', () => {
    const lines = [aLine({failed: yuan('24')}), aLine({lineId: 'l2', price: yuan('12')}), aLine({lineId: 'l3'})];
    const split = splitEarnings(anAccount({lines, givenBack: yuan('27')}));
    assert.deepEqual(
      split.map(({givenBack}) => givenBack),
      [yuan('24'), yuan('1'), yuan('2')],
    );
  });
});

const cents = (most: number) => fc.integer({min: 0, max: most}).map(units => yuan((units / 100).toFixed(2)));
const exact = fc.integer({min: 0, max: 5_000_000}).map(units => yuan((units / 10_000).toFixed(4)));
const percent = fc.integer({min: 0, max: 9900}).map(units => (units / 100).toFixed(2));
const least = (left: Money, right: Money) => (compare(left, right) < 0 ? left : right);

const accounts: fc.Arbitrary<OrderAccount> = fc
  .record({
    lines: fc.array(
      fc.record({
        price: cents(100_000),
        coupon: cents(5000),
        failed: cents(100_000),
        charges: fc.array(
          fc.record({
            charged: exact,
            terms: fc.record({serviceFee: percent, commission: percent, tierDiscount: percent}, {requiredKeys: []}),
          }),
          {maxLength: 4},
        ),
      }),
      {minLength: 1, maxLength: 6},
    ),
    beyond: fc.oneof(cents(50_000), exact),
    paymentFee: fc.oneof(cents(9000), exact),
  })
  .map(({lines, beyond, paymentFee}) => {
    const possible = lines.map(({price, coupon, failed, charges}, index): LineAccount => {
      const saved = least(coupon, price);
      return {lineId: `l${index}`, price, coupon: saved, failed: least(failed, subtract(price, saved)), charges};
    });
    const failed = whole(possible.map(line => line.failed));
    const left = subtract(whole(possible.map(({price, coupon}) => subtract(price, coupon))), failed);
    return anAccount({lines: possible, givenBack: add(failed, least(beyond, left)), paymentFee});
  });

describe('the split of earnings, whatever happened', () => {
  it('adds up in every line', () => {
    fc.assert(
      fc.property(accounts, account => {
        for (const line of splitEarnings(account)) {
          const {price, coupon, givenBack, kept, listCost, tierDiscount, cost, serviceFee, paymentFee} = line;
          assert.deepEqual(subtract(subtract(price, coupon), givenBack), kept);
          assert.deepEqual(subtract(listCost, tierDiscount), cost);
          const spent = whole([cost, serviceFee, paymentFee, line.margin]);
          assert.deepEqual(add(kept, line.commission), spent);
          for (const amount of [givenBack, kept, tierDiscount, serviceFee, line.commission, paymentFee]) {
            assert.ok(compare(amount, zero('CNY')) >= 0, JSON.stringify(line));
          }
        }
      }),
      {numRuns: 500},
    );
  });

  it('loses and makes up nothing of the order', () => {
    fc.assert(
      fc.property(accounts, account => {
        const lines = splitEarnings(account);
        const charged = account.lines.flatMap(({charges}) => charges.map(charge => charge.charged));
        assert.deepEqual(whole(lines.map(({givenBack}) => givenBack)), account.givenBack);
        assert.deepEqual(whole(lines.map(({paymentFee}) => paymentFee)), account.paymentFee);
        assert.deepEqual(whole(lines.map(({cost}) => cost)), whole(charged));
        assert.deepEqual(
          whole(lines.map(({price, coupon}) => subtract(price, coupon))),
          whole([...lines.map(({kept}) => kept), account.givenBack]),
        );
      }),
      {numRuns: 500},
    );
  });
});
