import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {add, money, subtract, sum} from '../../src/domain/money.ts';
import {readBalanceChange, readOrderList, settledBy, type ListedOrder} from '../../src/domain/reconciliation.ts';

const yuan = (amount: string) => money(amount, 'CNY');
const cents = (min: number) =>
  fc
    .integer({min, max: 1_000_000})
    .map(value => yuan(`${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`));

describe('how an outcome became known', () => {
  it('is certain where the platform says it, implied by a guarded repeat, and judged by a person', () => {
    const means = ['answer', 'follow', 'query', 'replay', 'repeat', 'person'] as const;
    assert.deepEqual(
      means.map(each => settledBy(each).confidence),
      ['certain', 'certain', 'certain', 'certain', 'implied', 'judged'],
    );
  });
});

describe('what the wallet lost', () => {
  it('says "bought" when exactly the purchase is missing beside what is known, "not bought" when nothing is', () => {
    fc.assert(
      fc.property(cents(0), cents(1), fc.array(cents(1), {maxLength: 5}), (rest, expected, explained) => {
        const spent = sum(explained, 'CNY');
        const before = add(add(rest, expected), spent);
        const known = {before, expected, explained, isBlurred: false};
        assert.equal(readBalanceChange({...known, now: rest}).says, 'bought');
        assert.equal(readBalanceChange({...known, now: subtract(before, spent)}).says, 'not_bought');
      }),
    );
  });

  it('is unclear when it is anything else, or when somebody cannot say what they spent', () => {
    fc.assert(
      fc.property(cents(1), cents(1), (gone, expected) => {
        fc.pre(gone.amount !== expected.amount);
        const change = {before: yuan('20000'), now: subtract(yuan('20000'), gone), expected, explained: []};
        assert.equal(readBalanceChange({...change, isBlurred: false}).says, 'unclear');
        assert.equal(readBalanceChange({...change, now: change.before, isBlurred: true}).says, 'unclear');
      }),
    );
  });

  it('that was filled up meanwhile tells nothing about one purchase', () => {
    const filled = {before: yuan('100'), now: yuan('190'), expected: yuan('10'), explained: [], isBlurred: false};
    assert.equal(readBalanceChange(filled).says, 'unclear');
  });

  it('is told in words, with what other purchases took', () => {
    const {text} = readBalanceChange({
      before: yuan('100'),
      now: yuan('75'),
      expected: yuan('10'),
      explained: [yuan('15')],
      isBlurred: false,
    });
    assert.equal(
      text,
      'Since it was sent, the balance went down by 25.00 CNY, of which 15.00 went into other purchases',
    );
  });
});

describe('the list of orders', () => {
  const order = (orderId: string, reference?: string): ListedOrder => ({
    orderId,
    status: 'done',
    ...(reference !== undefined && {reference}),
  });

  it('has it under our reference, has none of it, or has something that nobody of ours ordered', () => {
    const isOther = (reference: string) => reference.startsWith('ours');
    const says = (...orders: ListedOrder[]) => readOrderList(orders, 'lost', isOther).says;
    assert.equal(says(order('1', 'ours-1'), order('2', 'lost')), 'bought');
    assert.equal(says(order('1', 'ours-1')), 'not_bought');
    assert.equal(says(), 'not_bought');
    assert.equal(says(order('1', 'ours-1'), order('2', 'strange')), 'unclear');
    assert.equal(says(order('1')), 'unclear');
  });

  it('names a few of the orders that nobody knows', () => {
    const {text} = readOrderList(
      Array.from({length: 9}, (_, index) => order(`o${index}`)),
      'lost',
      () => false,
    );
    assert.match(text, /o4 \(done\)$/);
  });
});
