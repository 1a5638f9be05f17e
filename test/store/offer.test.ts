import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {compare, money, multiply} from '../../src/domain/money.ts';
import {offerFor, stockNews} from '../../src/store/offer.ts';
import {firstChoices} from '../../src/store/sku-choice.ts';
import {aCard, aProduct, aProductWithChoices, aSku} from '../support/fake-shop.ts';

const yuan = (amount: string) => money(amount, 'CNY');
const ladder = [
  {from: 1, price: yuan('10.00')},
  {from: 5, price: yuan('9.50')},
  {from: 20, price: yuan('9.00')},
];
const withLadder = (overrides = {}) => aProduct({skus: [aSku({id: 'sku', prices: ladder})], ...overrides});
const stepsOf = (quantity?: number, overrides = {}) =>
  offerFor(withLadder(overrides), {}, quantity).steps.map(({from, to, applies}) => [from, to, applies]);

describe('an offer', () => {
  it('is of the least that may be bought until the buyer says otherwise', () => {
    const {quantity, minimum, maximum} = offerFor(withLadder({minimum: 3, maximum: 8}), {});
    assert.deepEqual([quantity, minimum, maximum], [3, 3, 8]);
  });

  it('of a chosen card is one piece at its own price, and another line', () => {
    const product = withLadder({cards: true, minimum: 1});
    const card = aCard(8888);
    const {quantity, maximum, unitPrice, total, steps, line} = offerFor(product, {}, 7, card);
    assert.deepEqual([quantity, maximum, unitPrice, total, steps], [1, 1, card.price, card.price, []]);
    assert.deepEqual(
      [line!.skuId, line!.choices, line!.price, line!.quantity, line!.productId],
      [card.skuId, card.choices, card.price, 1, product.id],
    );
    const soldOut = aProduct({skus: [aSku({stock: 'sold_out'})]});
    assert.equal(offerFor(soldOut, {}, 1, card).line, undefined);
  });

  it('keeps the quantity within its limits', () => {
    const at = (wanted: number) => offerFor(withLadder({minimum: 3, maximum: 8}), {}, wanted).quantity;
    assert.deepEqual([at(1), at(5), at(9_999)], [3, 5, 8]);
  });

  it('is no more than one order may hold, whatever the product says', () => {
    assert.equal(offerFor(withLadder({maximum: 1e9}), {}).maximum, 10_000);
  });

  it('marks the step that applies', () => {
    assert.deepEqual(stepsOf(4), [
      [1, 4, true],
      [5, 19, false],
      [20, undefined, false],
    ]);
    assert.deepEqual(stepsOf(20).at(-1), [20, undefined, true]);
  });

  it('leaves out steps that nobody can reach', () => {
    assert.deepEqual(stepsOf(undefined, {minimum: 6}), [
      [6, 19, true],
      [20, undefined, false],
    ]);
  });

  it('prices exactly, at any size', () => {
    const price = yuan('999999999.99');
    const {total} = offerFor(aProduct({skus: [aSku({prices: [{from: 1, price}]})]}), {}, 10_000);
    assert.equal(total?.amount, '9999999999900.00');
  });

  it('has nothing for the cart where the variant is sold out or does not exist', () => {
    const product = aProductWithChoices();
    assert.equal(offerFor(product, {时长: '年卡', 端: '电视端'}).line, undefined);
    const impossible = offerFor(product, {时长: '月卡', 端: '电视端'});
    assert.deepEqual([impossible.sku, impossible.line, impossible.stock], [undefined, undefined, 'sold_out']);
  });

  it('leaves it to the server where nobody knows the stock', () => {
    const product = aProduct({skus: [aSku({id: 'sku', stock: 'unknown'})]});
    assert.equal(offerFor(product, firstChoices(product)).line?.skuId, 'sku');
  });

  it('has one step that applies, its price the one of the line, and never a dearer piece for more of them', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 60}), fc.integer({min: 1, max: 60}), (minimum, wanted) => {
        const {steps, unitPrice, total, quantity, line} = offerFor(withLadder({minimum}), {}, wanted);
        const applying = steps.filter(({applies}) => applies);
        assert.equal(applying.length, 1);
        assert.deepEqual([applying[0]!.price, line?.price], [unitPrice, unitPrice]);
        assert.deepEqual(total, multiply(unitPrice!, quantity));
        const {from, to = Infinity} = applying[0]!;
        assert.ok(from <= quantity && quantity <= to);
        const more = offerFor(withLadder({minimum}), {}, wanted + 1);
        assert.ok(compare(more.unitPrice!, unitPrice!) <= 0);
      }),
    );
  });
});

describe('news of a stock', () => {
  for (const [before, after, news] of [
    ['sold_out', 'in_stock', 'restocked'],
    ['sold_out', 'low', 'restocked'],
    ['sold_out', 'unknown', undefined],
    ['low', 'sold_out', 'sold_out'],
    ['unknown', 'sold_out', 'sold_out'],
    ['in_stock', 'low', undefined],
    ['sold_out', 'sold_out', undefined],
  ] as const) {
    it(`${before} → ${after} is ${news}`, () => assert.equal(stockNews(before, after), news));
  }
});
