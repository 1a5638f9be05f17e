import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {availability, choose, chosenSku, firstChoices} from '../../src/store/sku-choice.ts';
import {aProduct, aProductWithChoices, aSku} from '../support/fake-shop.ts';

describe('choosing a SKU', () => {
  const product = aProductWithChoices();

  it('begins at the first that is not sold out', () => {
    const soldOut = aSku({id: 'gone', choices: {时长: '日卡'}, stock: 'sold_out'});
    assert.deepEqual(firstChoices({...product, skus: [soldOut, ...product.skus]}), product.skus[0]!.choices);
  });

  it('begins at the first when all are sold out', () => {
    const skus = product.skus.map(sku => ({...sku, stock: 'sold_out' as const}));
    assert.deepEqual(firstChoices({...product, skus}), skus[0]!.choices);
  });

  it('finds the only SKU of a good without choices', () => {
    const single = aProduct();
    assert.equal(chosenSku(single, firstChoices(single))?.id, 'sku-steam-50');
  });

  it('always ends at a SKU with the value that was picked', () => {
    for (const from of product.skus) {
      for (const {name, values} of product.options) {
        for (const value of values) {
          const choices = choose(product, from.choices, name, value);
          assert.equal(chosenSku(product, choices)?.choices[name], value);
        }
      }
    }
  });

  it('changes nothing else where the value can be had', () => {
    assert.deepEqual(choose(product, {时长: '季卡', 端: '电视端'}, '时长', '年卡'), {时长: '年卡', 端: '电视端'});
  });

  it('prefers what can be bought where others must give way', () => {
    assert.equal(chosenSku(product, choose(product, {时长: '月卡', 端: '手机端'}, '端', '电视端'))?.id, 'quarter-tv');
  });

  it('tells the three apart', () => {
    const at = (时长: string, 端: string) => availability(product, {时长, 端: '手机端'}, '端', 端);
    assert.equal(at('季卡', '电视端'), 'available');
    assert.equal(at('年卡', '电视端'), 'sold_out');
    assert.equal(at('月卡', '电视端'), 'impossible');
  });
});
