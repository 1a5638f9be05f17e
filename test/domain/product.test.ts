import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../src/domain/money.ts';
import {tierFor} from '../../src/domain/product.ts';
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
