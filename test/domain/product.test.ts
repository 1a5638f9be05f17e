import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../src/domain/money.ts';
import {fieldError, maximumFieldLength, tierFor, type FormField} from '../../src/domain/product.ts';
import {isBuyable, type QuoteLine} from '../../src/domain/quote.ts';

const price = (from: number, amount: string) => ({from, price: money(amount, 'CNY')});

describe('the price for a quantity', () => {
  const ladder = [price(2, '10'), price(10, '9'), price(100, '8')];

  for (const [quantity, from] of [
    [2, 2],
    [9, 2],
    [10, 10],
    [99, 10],
    [100, 100],
    [10_000, 100],
    [1, 2],
  ] as const) {
    it(`of ${quantity} is that from ${from} pieces`, () => assert.equal(tierFor(ladder, quantity)?.from, from));
  }

  it('without a ladder is none', () => assert.equal(tierFor([], 1), undefined));
});

const field = (overrides: Partial<FormField> = {}): FormField => ({
  name: 'account',
  label: '游戏账号',
  type: 'text',
  required: true,
  ...overrides,
});
const never = () => assert.fail('no pattern may be tested');
const matches = (pattern: string, value: string) => new RegExp(pattern).test(value);

describe('a value of a form field', () => {
  for (const [what, given, value, expected] of [
    ['nothing in a required field', field(), '', 'required'],
    ['nothing in a field that may be empty', field({required: false, pattern: '^.+$'}), '', undefined],
    ['a value that fits', field({pattern: '^[a-z]+$'}), 'abc', undefined],
    ['a value that does not fit', field({pattern: '^[a-z]+$'}), 'ABC', 'mismatch'],
    ['the longest value', field(), 'x'.repeat(maximumFieldLength), undefined],
    ['one of the options', field({options: [{label: '一区', value: 'a'}]}), 'a', undefined],
    ['none of the options', field({options: [{label: '一区', value: 'a'}]}), '一区', 'mismatch'],
  ] as const) {
    it(`${what}: ${expected ?? 'fine'}`, () => assert.equal(fieldError(given, value, matches), expected));
  }

  it('that is too long meets no pattern', () => {
    assert.equal(fieldError(field({pattern: '(a+)+$'}), 'a'.repeat(maximumFieldLength + 1), never), 'mismatch');
  });

  it('without a pattern meets none', () => assert.equal(fieldError(field(), 'abc', never), undefined));
});

describe('a quote', () => {
  const line: QuoteLine = {
    skuId: 's',
    productId: 'p',
    title: 't',
    choices: {},
    quantity: 1,
    unitPrice: money('1', 'CNY'),
    total: money('1', 'CNY'),
  };

  it('can be bought when it has lines and none has a problem', () => {
    const total = money('2', 'CNY');
    assert.equal(isBuyable({lines: [line, line], total}), true);
    assert.equal(isBuyable({lines: [line, {...line, problem: 'sold_out'}], total}), false);
    assert.equal(isBuyable({lines: [], total}), false);
  });
});
